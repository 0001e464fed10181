import HTML
import Persistence
import Proresult
import Sync

/// *Til integrasjon*: everything that is chosen about Visma.net, section by section in the order in which it is done.
/// Administrators change; a bookkeeper reads.
enum VismaSettingsPage {
    static let routes: [Route] = [
        .get(DeskLink.settings, .bookkeeping) { visit in .page(try await page(visit)) },
        .post(DeskLink.settings + "/{del}", .administrators, needsProof: true, save),
    ]

    /// A section whose form was refused, and why.
    struct Refused {
        var section: SettingSection
        var problems: [String: Text]
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        guard let section = SettingSection(rawValue: try visit.parameter("del")) else { throw Refusal.notFound }
        let (form, person) = (visit.form, try visit.actor.username)
        do {
            let warnings = try await visit.write { transaction in
                let values = section.settings.filter { form.has($0.name) }.map { ($0, form[$0.name]) }
                let warnings = try transaction.saveSettings(
                    values, facts: ERPFacts.stored(in: transaction), by: person)
                if let job = section.job, let mode = JobMode(rawValue: form[SettingSection.mode]) {
                    try transaction.setMode(mode, of: job, by: person)
                }
                return warnings
            }
            return .see("\(DeskLink.settings)#\(section.rawValue)", notice(section, warnings))
        } catch let refused as SettingsRefused {
            return .again(try await page(visit, Refused(section: section, problems: refused.problems)))
        }
    }

    private static func notice(_ section: SettingSection, _ warnings: [Text]) -> Text {
        warnings.reduce(
            Text("\(section.title.norwegian): lagret.", "\(section.title.english): saved.")
        ) { Text("\($0.norwegian) OBS! \($1.norwegian)", "\($0.english) Mind: \($1.english)") }
    }

    private static func page(_ visit: Visit, _ refused: Refused? = nil) async throws -> Markup {
        let today = try visit.today
        let settings = try await visit.read { try VismaSettings(today: today, in: $0) }
        func part(_ sections: [SettingSection]) -> [Markup] {
            sections.map { SettingForm(section: $0, settings: settings, refused: refused).markup(visit) }
        }
        return Frame.page(visit, Text("Visma.net", "Visma.net"), in: .setUp) {
            """
            <p class="soft">\(visit.text(Text("Oppsett → Innstillinger → Integrasjoner → Visma.net", "Settings → Integrations → Visma.net")))</p>
            \(refused == nil ? .nothing : SignInPages.trouble(visit, .nothingWasSaved))
            \(ConnectionCard.markup(visit, settings))
            <h2>\(visit.text(Text("Importer", "Imports")))</h2>
            <p class="notice waiting"><strong>\(visit.text(Text("Viktig!", "Important!")))</strong> \(visit.text(.importOverwrites))</p>
            \(HelpLink.markup(visit, .imports))
            <div class="cards">\(part(SettingSection.imports))</div>
            <h2>\(visit.text(Text("Eksporter", "Exports")))</h2>
            \(HelpLink.markup(visit, .transfer))
            <div class="columns">\(part(SettingSection.exports))</div>
            \(HelpLink.markup(visit, .periods))
            <h2>\(visit.text(Text("Kontoer", "Accounts")))</h2>
            \(readAgain(visit, settings))
            <div class="columns">\(part(SettingSection.accounts))</div>
            \(workers(visit, settings.people))
            \(settings.runs.isEmpty ? noRuns(visit) : LastRuns.markup(visit, settings.runs))
            """
        }
    }

    private static func readAgain(_ visit: Visit, _ settings: VismaSettings) -> Markup {
        let told =
            settings.readAt.map {
                let time = visit.language.time($0)
                return Text(
                    "Listene under er lest fra Visma \(time).", "The lists below were read from Visma \(time).")
            } ?? .vismaNotRead
        let button = FormParts.button(
            visit, Text("Les på nytt fra Visma", "Read again from Visma"), action: "/fakta",
            fields: [("til", DeskLink.settings)])
        let isConnected = settings.connection?.state == .connected
        return
            "<div class=\"actions-row\"><span class=\"soft\">\(visit.text(told))</span> \(isConnected ? button : .nothing)</div>"
    }

    private static func workers(_ visit: Visit, _ people: CompanyOverview) -> Markup {
        let missing = people.workers - people.linkedWorkers
        let told =
            people.workers == 0
            ? Text("Ingen arbeidere er lagt inn ennå.", "There are no workers yet.")
            : missing == 0
                ? Text(
                    "Alle \(people.workers) arbeidere er kobla til en ansatt i Visma.",
                    "All \(people.workers) workers are linked to an employee in Visma.")
                : Text(
                    "\(missing) av \(people.workers) arbeidere er ikke kobla. Timene deres kan ikke overføres.",
                    "\(missing) of \(people.workers) workers are not linked. Their hours cannot be transferred.")
        let address = missing == 0 ? "/arbeidere" : "/arbeidere?koblet=nei"
        let label = missing == 0 ? MenuItem.workers.title : Text("Koble arbeiderne", "Link the workers")
        return Card.markup(
            "\(visit.text(Text("Kobling av ansatte", "Linking of employees")))",
            """
            <p>\(visit.text(told))</p>
            <p><a class="button" href="\(address)">\(visit.text(label))</a></p>
            """)
    }

    private static func noRuns(_ visit: Visit) -> Markup {
        Card.markup(
            "\(visit.text(MenuItem.runLog.title))",
            "<p>\(visit.text(Text("Ingen jobb har kjørt ennå.", "No job has run yet.")))</p>")
    }
}
