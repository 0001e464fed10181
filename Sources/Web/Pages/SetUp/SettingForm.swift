import HTML
import Proresult
import Sync

/// One section with its own button; for a bookkeeper the same as facts.
struct SettingForm {
    var section: SettingSection
    var settings: VismaSettings
    var refused: VismaSettingsPage.Refused?

    func markup(_ visit: Visit) -> Markup {
        let body = visit.isAdministrator ? form(visit) : facts(visit)
        return
            "<div id=\"\(section.rawValue)\">\(Card.markup("\(visit.text(section.title))", level: 3, "\(fixedGroup(visit))\(body)"))</div>"
    }

    private var fields: [SettingField] { section.settings.compactMap { settings.fields[$0.name] } }
    private var mode: JobMode? { section.job.flatMap { settings.modes[$0] } }

    private func form(_ visit: Visit) -> Markup {
        let isRefused = refused?.section == section
        let typed = isRefused ? visit.form : nil
        let shown = fields.map { field in
            field.field(visit, typed: typed, problem: refused?.problems[field.setting.name]).markup(visit)
        }
        return """
            <form method="post" action="\(DeskLink.settings)/\(section.rawValue)">\(FormParts.token(visit))
            \(modeField(visit, typed).map { $0.markup(visit) } ?? .nothing)
            \(shown)
            <button class="primary">\(visit.text(.save))</button></form>
            """
    }

    private func modeField(_ visit: Visit, _ typed: Fields?) -> Field? {
        guard let mode else { return nil }
        return Field(
            SettingSection.mode, Text("Synkronisering", "Synchronisation"),
            value: typed.map { $0[SettingSection.mode] } ?? mode.rawValue,
            hint: section.job?.isExport == true ? .exportModeHint : .importModeHint,
            choices: JobMode.allCases.map { ($0.rawValue, visit.text($0.text)) }, id: section.modeID)
    }

    private func facts(_ visit: Visit) -> Markup {
        let first = mode.map { [(Text("Synkronisering", "Synchronisation"), "\(visit.text($0.text))" as Markup)] } ?? []
        return Facts.markup(visit, first + fields.map { ($0.setting.title, $0.told(visit)) })
    }

    /// Shown where it would be looked for, since nobody can choose it.
    private func fixedGroup(_ visit: Visit) -> Markup {
        guard section == .hoursAccounts else { return .nothing }
        let group: Markup = "<strong>\(KnownSetting.hoursAccountGroup)</strong>"
        return
            "<p>\(visit.text(Text("Kontogruppe for timer:", "Account group for hours:"))) \(group) \(visit.text(Text("(fast)", "(fixed)")))</p>"
    }
}
