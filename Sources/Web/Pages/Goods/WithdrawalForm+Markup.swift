import HTML
import Persistence
import Proresult

extension WithdrawalForm {
    /// The fields and the button; `hidden` is what was chosen before.
    func markup(_ visit: Visit, action: String, hidden: [(String, String)] = [], isNew: Bool) -> Markup {
        let chosen = hidden.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as Markup }
        let draft = Drafts.mark(visit, "\(action) \(item?.id.text ?? "")")
        return """
            <form method="post" action="\(action)" class="card"\(draft)>\(FormParts.token(visit))\(chosen)
            \(isNew ? FormOnce.markup(visit, typed) : .nothing)
            \(whose(visit))
            <div class="side-by-side">\(quantity(visit))\(date(visit))</div>
            \(item == nil ? goods(visit) : .nothing)
            \(more(visit))
            <button class="primary">\(visit.text(.save))</button></form>
            """
    }

    private func whose(_ visit: Visit) -> Markup {
        guard !isNew else { return .nothing }
        let worker = Field(
            "arbeider", Text("Arbeider", "Worker"), value: typed["arbeider"],
            choices: workers.map { ($0.id.text, "\($0.name) (\($0.employeeNumber))") })
        let project = Field(
            "prosjekt", Text("Prosjekt", "Project"), value: typed["prosjekt"],
            choices: projects.map { ($0.project.id.text, "\($0.project.number) \($0.project.name)") })
        return
            "\(workers.isEmpty ? .nothing : worker.markup(visit))\(projects.isEmpty ? .nothing : project.markup(visit))"
    }

    private var isNew: Bool { changing == nil }

    private func quantity(_ visit: Visit) -> Markup {
        let unit = changing?.unit ?? item?.unit ?? ""
        let label = unit.isEmpty ? Text.quantity : Text("Antall (\(unit))", "Quantity (\(unit))")
        return field(
            visit, "antall", label, isRequired: true, attributes: [("inputmode", "decimal"), ("autocomplete", "off")])
    }

    private func date(_ visit: Visit) -> Markup { field(visit, "dato", .workDate, kind: "date", isRequired: true) }

    /// Text, unit and price: of free text first of all, of an item only for who wants another.
    private func goods(_ visit: Visit) -> Markup {
        let decimal = [("inputmode", "decimal"), ("autocomplete", "off")]
        let cost = field(visit, "innpris", .costPrice, attributes: decimal)
        return """
            \(field(visit, "tekst", .goodsText, isRequired: item == nil))
            <div class="side-by-side">\(field(visit, "enhet", .unit))
            \(field(visit, "pris", .salesPrice, attributes: decimal))</div>
            \(terms.seesCostPrice ? cost : .nothing)
            """
    }

    private func more(_ visit: Visit) -> Markup {
        let decimal = [("inputmode", "decimal"), ("autocomplete", "off")]
        let ownGoods = item != nil && terms.mayChangeTerms ? goods(visit) : .nothing
        let ownCost =
            item != nil && !terms.mayChangeTerms && terms.seesCostPrice
            ? field(visit, "innpris", .costPrice, attributes: decimal) : .nothing
        let discount =
            terms.isOffice ? field(visit, "rabatt", .discount, attributes: decimal) : .nothing
        let names = ["tekst", "enhet", "pris", "innpris", "rabatt", "ekstratekst", "merknad"]
        let isOpen =
            names.contains { problems[$0] != nil }
            || ["ekstra", "ekstratekst", "merknad", "rabatt"].contains { !typed[$0].isEmpty }
        let mayBeExtra = terms.allowsExtraCost || changing?.isExtraCost == true
        let extra: Markup = """
            \(Field("ekstra", .extraCost, value: typed["ekstra"], kind: "checkbox").markup(visit))
            \(field(visit, "ekstratekst", .extraText, hint: .extraHint))
            """
        return """
            <details\(isOpen ? " open" as Markup : .nothing)><summary>\(visit.text(.more(goods: !ownGoods.html.isEmpty, extra: mayBeExtra)))</summary>
            \(ownGoods)\(ownCost)\(discount)\(mayBeExtra ? extra : .nothing)
            \(field(visit, "merknad", Text("Merknad", "Note")))</details>
            """
    }

    private func field(
        _ visit: Visit, _ name: String, _ label: Text, kind: String = "text", hint: Text? = nil,
        isRequired: Bool = false, attributes: [(String, String)] = []
    ) -> Markup {
        Field(
            name, label, value: typed[name], kind: kind, hint: hint, problem: problems[name].map(visit.text),
            isRequired: isRequired, attributes: attributes
        ).markup(visit)
    }
}
