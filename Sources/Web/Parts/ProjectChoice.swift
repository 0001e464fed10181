import HTML
import Persistence
import Proresult

/// The project, before a form is filled in: the worker's last used first, or found by number or name. Choosing only asks
/// for the page again, so it works without a script.
struct ProjectChoice: Sendable {
    /// Where the page stands.
    var path: String
    var projects: [ChoosableProject]
    /// Nil when there is none to choose.
    var project: Project?
    private var search: String
    /// What else was chosen already and goes along.
    private var kept: [(name: String, value: String)]

    static let field = "prosjekt"
    static let searchField = "prosjektsok"

    /// `usual`: the project when none is chosen, which may be closed by now. An id that no project of the company has
    /// is not found.
    init(
        path: String, worker: WorkerID, fields: Fields, usual: ProjectID? = nil, keeping names: [String] = [],
        today: CalendarDate, in transaction: CompanyTransaction
    ) throws {
        self.path = path
        search = fields[Self.searchField]
        kept = names.filter { !fields[$0].isEmpty }.map { ($0, fields[$0]) }
        projects = try ChoosableProject.all(
            for: worker, search: search, keeping: search.isEmpty ? usual : nil, today: today, limit: 20,
            in: transaction)
        let chosen = fields[Self.field].isEmpty ? usual : ProjectID(fields[Self.field])
        project = try chosen.map { try Project.get($0, in: transaction) } ?? projects.first?.project
        // Who searches wants one of those that are found.
        if !search.isEmpty, let first = projects.first?.project { project = first }
    }

    /// No project at all, rather than none that fits.
    var isEmpty: Bool { project == nil && search.isEmpty }

    func markup(_ visit: Visit, before: Field? = nil) -> Markup {
        var shown = projects.map(\.project)
        if let project, !shown.contains(where: { $0.id == project.id }) { shown.insert(project, at: 0) }
        let choice = Field(
            Self.field, Text("Prosjekt", "Project"), value: project?.id.text ?? "",
            choices: shown.map { ($0.id.text, "\($0.number) \($0.name)") })
        return """
            <form method="get" action="\(path)" class="actions-row choose" data-choose>\(hidden)
            \(before?.markup(visit) ?? .nothing)\(choice.markup(visit))
            <button>\(visit.text(Text("Velg prosjekt", "Choose project")))</button></form>
            \(searchForm(visit))
            """
    }

    private var hidden: Markup {
        "\(kept.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as Markup })"
    }

    private func searchForm(_ visit: Visit) -> Markup {
        let isOpen = !search.isEmpty
        let nothing: Markup =
            isOpen && projects.isEmpty
            ? "<p class=\"problem\">\(visit.text(.noProjectFits))</p>" : .nothing
        return """
            <details class="project-search"\(isOpen ? " open" as Markup : .nothing)>\
            <summary>\(visit.text(Text("Finn et annet prosjekt", "Find another project")))</summary>
            <form method="get" action="\(path)" class="search">\(hidden)
            <div class="field"><label for="prosjektsok">\(visit.text(Text("Nummer eller navn", "Number or name")))</label>
            <input id="prosjektsok" name="prosjektsok" type="search" value="\(search)">\(nothing)</div>
            <button>\(visit.text(Text("Søk", "Search")))</button></form></details>
            """
    }
}

extension Text {
    static let noProjectFits = Text("Ingen åpne prosjekt passer til søket.", "No open project fits the search.")
}
