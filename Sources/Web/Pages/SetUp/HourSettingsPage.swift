import HTML
import Proresult
import Sync

/// *Oppsett → Innstillinger → Timer*: the rules of registering and approving hours.
enum HourSettingsPage {
    static let address = "/oppsett/timer"
    static let routes: [Route] = [
        .get(address, .bookkeeping) { visit in .page(try await page(visit)) },
        .post(address, .administrators, needsProof: true) { visit in
            do {
                let values = settings.filter { visit.form.has($0.name) }.map { ($0, visit.form[$0.name]) }
                try await OwnSettings.save(values, visit)
                return .see(address, .saved)
            } catch let refused as SettingsRefused {
                return .again(try await page(visit, refused))
            }
        },
    ]

    private static let settings = [CompanySetting.Rules.approvalStepsKey, CompanySetting.Rules.maxDaysBackKey]
        .compactMap(KnownSetting.named)

    private static func page(_ visit: Visit, _ refused: SettingsRefused? = nil) async throws -> Markup {
        let fields = try await visit.read { transaction in
            let values = try CompanySetting.all(in: transaction)
            return try settings.map { setting in
                let value = values[setting.name] ?? ""
                return SettingField(
                    setting: setting, value: value,
                    choices: try SettingChoices.of(setting, facts: nil, in: transaction),
                    check: try SettingCheck.check(setting, value, facts: nil, in: transaction))
            }
        }
        return OwnSettings.page(visit, MenuItem.hours.title, address, refused) {
            guard visit.isAdministrator else {
                return [Facts.markup(visit, fields.map { ($0.setting.title, $0.told(visit)) })]
            }
            let typed = refused.map { _ in visit.form }
            return fields.map {
                $0.field(visit, typed: typed, problem: refused?.problems[$0.setting.name]).markup(visit)
            }
        }
    }
}

/// What the pages of our own settings share.
enum OwnSettings {
    static func save(_ values: [(KnownSetting, String)], _ visit: Visit) async throws {
        let person = try visit.actor.username
        _ = try await visit.write { try $0.saveSettings(values, facts: nil, by: person) }
    }

    /// A form for an administrator, and the same as facts for a bookkeeper.
    static func page(
        _ visit: Visit, _ title: Text, _ address: String, _ refused: SettingsRefused?, _ parts: () -> [Markup]
    ) -> Markup {
        Frame.page(visit, title, in: .setUp) {
            let path = Text("Oppsett → Innstillinger → \(title.norwegian)", "Settings → \(title.english)")
            let inside: Markup =
                visit.isAdministrator
                ? """
                <form method="post" action="\(address)">\(FormParts.token(visit))
                \(parts())
                <button class="primary">\(visit.text(.save))</button></form>
                """ : "\(parts())"
            return """
                <p class="soft">\(visit.text(path))</p>
                \(refused == nil ? .nothing : SignInPages.trouble(visit, .nothingWasSaved))
                <section class="card">\(inside)</section>
                """
        }
    }
}
