import HTML
import Persistence
import Proresult

/// The steps before a withdrawal is written: for whom, on which project, what. Each choice is a link or a form that only
/// asks for the page again, so it works without a script and nothing typed can be lost.
struct GoodsChoice: Sendable {
    /// Where the page stands.
    var path: String
    var worker: Worker
    /// For the office, which chooses the worker.
    var workers: [Worker]
    var projects: [ChoosableProject]
    var project: Project?
    var items: [ChoosableItem]
    var item: Item?
    var isFreeText: Bool
    var terms: GoodsTerms
    var fields: Fields

    static let most = 20

    /// An id in the fields that no record of the company has is not found.
    init(
        path: String, worker: WorkerID, terms: GoodsTerms, fields: Fields, today: CalendarDate,
        in transaction: CompanyTransaction
    ) throws {
        (self.path, self.terms, self.fields) = (path, terms, fields)
        workers = terms.isOffice ? try Worker.all(in: transaction).filter(\.isActive) : []
        self.worker = try Worker.get(worker, in: transaction)
        projects = try ChoosableProject.all(
            for: worker, search: fields["prosjektsok"], today: today, limit: Self.most, in: transaction)
        let chosen = fields["prosjekt"]
        project = try chosen.isEmpty ? projects.first?.project : Project.get(ProjectID(chosen), in: transaction)
        // Who searches wants one of those that are found.
        if !fields["prosjektsok"].isEmpty, let first = projects.first?.project { project = first }
        item = try fields["vare"].isEmpty ? nil : Item.get(ItemID(fields["vare"]), in: transaction)
        isFreeText = item == nil && terms.allowsFreeText && fields["fritekst"] == "ja"
        items =
            item != nil || isFreeText
            ? []
            : try ChoosableItem.all(
                for: worker, search: fields["sok"], today: today, limit: Self.most, in: transaction)
    }

    /// What the form sends along.
    var hidden: [(String, String)] {
        var hidden = [("prosjekt", project?.id.text ?? "")]
        if terms.isOffice { hidden.append(("arbeider", worker.id.text)) }
        hidden.append(item.map { ("vare", $0.id.text) } ?? ("fritekst", "ja"))
        return hidden
    }

    func markup(_ visit: Visit) -> Markup {
        guard project != nil || !fields["prosjektsok"].isEmpty else {
            return "<div class=\"empty\"><p>\(visit.text(.noProjectsYet))</p></div>"
        }
        return """
            \(projectForm(visit))
            \(projectSearch(visit))
            \(item == nil && !isFreeText ? picks(visit) : chosen(visit))
            """
    }

    /// The address of the page with one choice more.
    private func address(_ name: String, _ value: String?) -> String {
        var kept = Fields([("prosjekt", project?.id.text ?? "")])
        if terms.isOffice { kept = kept.with("arbeider", worker.id.text) }
        return path + kept.with(name, value).query
    }

    private func projectForm(_ visit: Visit) -> Markup {
        var shown = projects.map(\.project)
        if let project, !shown.contains(where: { $0.id == project.id }) { shown.insert(project, at: 0) }
        let projects = Field(
            "prosjekt", Text("Prosjekt", "Project"), value: project?.id.text ?? "",
            choices: shown.map { ($0.id.text, "\($0.number) \($0.name)") })
        let workers = Field(
            "arbeider", Text("Arbeider", "Worker"), value: worker.id.text,
            choices: workers.map { ($0.id.text, "\($0.name) (\($0.employeeNumber))") })
        let kept = ["vare", "fritekst", "sok"].filter { !fields[$0].isEmpty }.map {
            "<input type=\"hidden\" name=\"\($0)\" value=\"\(fields[$0])\">" as Markup
        }
        return """
            <form method="get" action="\(path)" class="actions-row choose" data-choose>\(kept)
            \(terms.isOffice ? workers.markup(visit) : .nothing)\(projects.markup(visit))
            <button>\(visit.text(Text("Velg", "Choose")))</button></form>
            """
    }

    private func projectSearch(_ visit: Visit) -> Markup {
        let isOpen = !fields["prosjektsok"].isEmpty
        let nothing: Markup =
            isOpen && projects.isEmpty
            ? "<p class=\"problem\">\(visit.text(Text("Ingen åpne prosjekt passer til søket.", "No open project fits the search.")))</p>"
            : .nothing
        let kept = ["vare", "fritekst", "arbeider"].filter { !fields[$0].isEmpty }.map {
            "<input type=\"hidden\" name=\"\($0)\" value=\"\(fields[$0])\">" as Markup
        }
        return """
            <details class="project-search"\(isOpen ? " open" as Markup : .nothing)>\
            <summary>\(visit.text(Text("Finn et annet prosjekt", "Find another project")))</summary>
            <form method="get" action="\(path)" class="search" role="search" \
            aria-label="\(visit.text(Text("Prosjekt", "Projects")))">\(kept)
            <div class="field"><label for="prosjektsok">\(visit.text(Text("Nummer eller navn", "Number or name")))</label>
            <input id="prosjektsok" name="prosjektsok" type="search" value="\(fields["prosjektsok"])">\(nothing)</div>
            <button>\(visit.text(Text("Søk", "Search")))</button></form></details>
            """
    }
}

extension GoodsChoice {
    /// The items to press, those that the worker took lately first, under a field to search in all of them.
    private func picks(_ visit: Visit) -> Markup {
        let hidden = [("prosjekt", project?.id.text ?? "")] + (terms.isOffice ? [("arbeider", worker.id.text)] : [])
        let kept = hidden.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as Markup }
        let free: Markup =
            terms.allowsFreeText
            ? "<p><a class=\"button\" href=\"\(address("fritekst", "ja"))\">\(visit.text(.freeTextItem))</a></p>"
            : .nothing
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><p>\(visit.text(fields["sok"].isEmpty ? .noItemsYet : .noItemFits))</p></div>"
            : "<ul class=\"picks\">\(items.map { pick(visit, $0) })</ul>"
        return """
            <h2>\(visit.text(Text("Velg vare", "Choose an item")))</h2>
            <form method="get" action="\(path)" class="search" role="search" \
            aria-label="\(visit.text(Text("Varer", "Items")))">\(kept)
            <div class="field"><label for="sok">\(visit.text(Text("Søk i varer", "Search the items")))</label>
            <input id="sok" name="sok" type="search" value="\(fields["sok"])"></div>
            <button>\(visit.text(Text("Søk", "Search")))</button></form>
            \(list)\(free)
            """
    }

    private func pick(_ visit: Visit, _ choice: ChoosableItem) -> Markup {
        let item = choice.item
        let lately: Markup =
            choice.lastUsed == nil ? .nothing : " · \(visit.text(Text("brukt før", "used before")))"
        return """
            <li><a href="\(address("vare", item.id.text))"><strong>\(item.name)</strong>\
            <span class="soft">\(item.number) · \(price(visit, item))\(lately)</span></a></li>
            """
    }

    private func chosen(_ visit: Visit) -> Markup {
        let told: Markup =
            item.map { "<strong>\($0.name)</strong> <span class=\"soft\">\($0.number) · \(price(visit, $0))</span>" }
            ?? "<strong>\(visit.text(.freeTextItem))</strong>"
        let other = visit.text(Text("Velg en annen vare", "Choose another item"))
        return """
            <p class="chosen">\(Icon.takenOut) \(told) <a href="\(address("sok", fields["sok"].isEmpty ? nil : fields["sok"]))">\(other)</a></p>
            """
    }

    private func price(_ visit: Visit, _ item: Item) -> String {
        let price = visit.language.money(item.salesPrice)
        return item.unit.isEmpty ? price : visit.text(Text("\(price) per \(item.unit)", "\(price) per \(item.unit)"))
    }
}

extension Text {
    static let noItemsYet = Text(
        "Ingen varer i registeret ennå. De kommer fra Visma når administratoren har hentet dem.",
        "No items in the register yet. They come from Visma when the administrator has fetched them.")
    static let noItemFits = Text("Ingen varer passer til søket.", "No item fits the search.")
}
