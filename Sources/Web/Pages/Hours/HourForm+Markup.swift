import HTML
import Persistence
import Proresult

extension HourForm {
    /// The choice of the project, and the form under it.
    func markup(_ visit: Visit, action: String, isNew: Bool, button: Text = .save) -> Markup {
        "\(choice.markup(visit))\(form(visit, action: action, isNew: isNew, button: button))"
    }

    private func form(_ visit: Visit, action: String, isNew: Bool, button: Text) -> Markup {
        guard let project = choice.project else { return .nothing }
        let proposed: Markup =
            isNew ? "<input type=\"hidden\" name=\"forslag\" value=\"\(typed["forslag"])\">" : .nothing
        return """
            <form method="post" action="\(action)" class="card"\(Drafts.mark(visit, action))>\(FormParts.token(visit))
            <input type="hidden" name="prosjekt" value="\(project.id.text)">\(proposed)
            \(isNew ? FormOnce.markup(visit, typed) : .nothing)
            \(workType(visit, project))
            <div class="side-by-side">
            \(field(visit, "dato", .workDate, kind: "date", isRequired: true))
            \(field(visit, "timer", .hoursTotal, hint: .hoursHint, attributes: Self.decimal))
            </div>
            \(times(visit))\(overtime(visit))
            \(isOffice ? field(visit, "fakturerbart", .billable, hint: .billableHint, attributes: Self.decimal) : .nothing)
            \(field(visit, "kommentar", Text("Kommentar", "Comment"), rows: 2))
            \(isOffice ? field(visit, "merknad", Text("Intern merknad", "Internal note")) : .nothing)
            <button class="primary">\(visit.text(button))</button></form>
            """
    }

    private static let decimal = [("inputmode", "decimal"), ("autocomplete", "off")]

    private func workType(_ visit: Visit, _ project: Project) -> Markup {
        guard !workTypes.isEmpty else { return "<p class=\"notice waiting\">\(visit.text(.noWorkTypes))</p>" }
        let hint: Text? =
            project.kind == .absence ? .absenceStaysHere : project.erpID == nil ? .projectNotFromVisma : nil
        return Field(
            "arbeidsart", Text("Arbeidsart", "Work type"), value: typed["arbeidsart"], hint: hint,
            problem: problems["arbeidsart"].map(visit.text),
            choices: workTypes.map { type in
                (type.id.text, [type.vismaTaskID, type.name].compactMap(\.self).joined(separator: " "))
            }
        ).markup(visit)
    }

    /// Folded away until somebody uses it: most write a number.
    private func times(_ visit: Visit) -> Markup {
        fold(visit, Text("Fra og til, pause", "From and to, break"), opens: ["fra", "til", "pause"]) {
            """
            <p class="hint">\(visit.text(.timesInstead))</p><div class="side-by-side">
            \(field(visit, "fra", .fromTime, kind: "time"))\(field(visit, "til", .toTime, kind: "time"))
            \(field(visit, "pause", .breakMinutes, attributes: [("inputmode", "numeric")]))</div>
            """
        }
    }

    private func overtime(_ visit: Visit) -> Markup {
        fold(visit, Text("Overtid", "Overtime"), opens: ["overtid50", "overtid100"]) {
            """
            <p class="hint">\(visit.text(.overtimeHint))</p><div class="side-by-side">
            \(field(visit, "overtid50", .overtime50, attributes: Self.decimal))
            \(field(visit, "overtid100", .overtime100, attributes: Self.decimal))</div>
            """
        }
    }

    private func fold(_ visit: Visit, _ title: Text, opens names: [String], _ body: () -> Markup) -> Markup {
        let isOpen = names.contains { !typed[$0].isEmpty || problems[$0] != nil }
        return
            "<details\(isOpen ? " open" as Markup : .nothing)><summary>\(visit.text(title))</summary>\(body())</details>"
    }

    private func field(
        _ visit: Visit, _ name: String, _ label: Text, kind: String = "text", hint: Text? = nil,
        isRequired: Bool = false, attributes: [(String, String)] = [], rows: Int? = nil
    ) -> Markup {
        Field(
            name, label, value: typed[name], kind: kind, hint: hint, problem: problems[name].map(visit.text),
            isRequired: isRequired, attributes: attributes, rows: rows
        ).markup(visit)
    }
}
