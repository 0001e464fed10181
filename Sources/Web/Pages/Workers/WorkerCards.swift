import HTML
import Persistence
import Proresult
import Sync

/// The fields of a worker's form.
enum WorkerFields {
    static func all(_ visit: Visit, _ values: Fields, isNew: Bool) -> [Field] {
        [
            Field("navn", Text("Navn", "Name"), value: values["navn"], isRequired: true),
            Field("brukernavn", Text("Brukernavn", "User name"), value: values["brukernavn"], isRequired: true),
            Field(
                "ansattnummer", Text("Ansattnummer", "Employee number"), value: values["ansattnummer"],
                hint: isNew
                    ? Text("Tomt felt gir neste ledige nummer.", "Left empty, the next free number is given.") : nil),
        ]
            + (isNew
                ? [Field("visma", .vismaEmployeeNumber, value: values["visma"])]
                : [
                    Field("epost", Text("E-post", "E-mail"), value: values["epost"], kind: "email"),
                    Field("telefon", Text("Telefon", "Telephone"), value: values["telefon"], kind: "tel"),
                ])
    }
}

/// The parts of a worker's page.
enum WorkerCards {
    static func person(_ visit: Visit, _ worker: Worker) -> Markup {
        let heading: Markup = "\(visit.text(Text("Ansatt-detaljer", "Details")))"
        guard visit.isAdministrator else {
            return Card.markup(
                heading,
                Facts.markup(
                    visit,
                    [
                        (Text("Brukernavn", "User name"), "\(worker.username)"),
                        (Text("Ansattnummer", "Employee number"), "\(worker.employeeNumber)"),
                        (Text("E-post", "E-mail"), "\(worker.email ?? "–")"),
                        (Text("Telefon", "Telephone"), "\(worker.phone ?? "–")"),
                    ]))
        }
        let values = Fields([
            ("navn", worker.name), ("brukernavn", worker.username), ("ansattnummer", worker.employeeNumber),
            ("epost", worker.email ?? ""), ("telefon", worker.phone ?? ""),
        ])
        let shown = visit.form.has("navn") ? visit.form : values
        let label = worker.isActive ? Text("Sett inaktiv", "Make inactive") : Text("Sett aktiv", "Make active")
        return Card.markup(
            heading,
            """
            <form method="post" action="/arbeidere/\(worker.id.text)">\(FormParts.token(visit))
            \(WorkerFields.all(visit, shown, isNew: false).map { $0.markup(visit) })
            <div class="actions-row"><button class="primary">\(visit.text(.save))</button></div></form>
            \(FormParts.button(
                visit, label, action: "/arbeidere/\(worker.id.text)/aktiv",
                fields: [("aktiv", worker.isActive ? "nei" : "ja")], style: worker.isActive ? .danger : .ordinary))
            """)
    }

    /// A worker signs in as the user with the same user name.
    static func signIn(_ visit: Visit, _ worker: Worker, _ user: AppUser?) -> Markup {
        guard visit.isAdministrator, worker.isActive || user != nil else { return .nothing }
        let address = user.map { "/brukere/\(Markup.urlPart($0.id.text))" } ?? UserInvitingPage.address(for: worker)
        let label =
            user == nil ? Text("Inviter til innlogging", "Invite to sign in") : Text("Se brukeren", "See the user")
        return "<p><a class=\"button\" href=\"\(address)\">\(visit.text(label))</a></p>"
    }

    static func link(_ visit: Visit, _ worker: Worker, _ facts: ERPFacts?) -> Markup {
        let number = visit.form.has("visma") ? visit.form["visma"] : worker.vismaEmployeeNumber ?? ""
        let known = facts?.employees.first { $0.number == worker.vismaEmployeeNumber }
        let state: Markup
        switch (worker.vismaEmployeeNumber, facts, known) {
        case (nil, _, _): state = Badge.markup(visit, Text("Ikke kobla", "Not linked"), .stop)
        case (_, nil, _): state = Badge.markup(visit, Text("Kobla", "Linked"), .waiting)
        case (_, _, let employee?) where employee.isActive:
            state = "\(Badge.markup(visit, Text("Kobla", "Linked"), .good)) \(employee.name)"
        default:
            state = "<p class=\"notice stop\">\(visit.text(.numberOfNobody(worker.vismaEmployeeNumber ?? "")))</p>"
        }
        let suggestions = EmployeeSuggestions.ranked(for: worker, facts?.employees ?? [])
        let field = Field(
            "visma", .vismaEmployeeNumber, value: number, hint: .linkHint,
            suggestions: suggestions.map {
                ($0.number, [$0.number, $0.name, $0.email].compactMap(\.self).joined(separator: " · "))
            })
        let form: Markup =
            visit.isAdministrator
            ? """
            <form method="post" action="/arbeidere/\(worker.id.text)/visma">\(FormParts.token(visit))\(field.markup(visit))
            <button class="primary">\(visit.text(.linkWorker))</button></form>
            """ : "\(worker.vismaEmployeeNumber ?? "")"
        return
            "<div id=\"visma\">\(Card.markup("\(visit.text(Text("Kobling til Visma.net", "Link to Visma.net")))", "\(state)\(form)"))</div>"
    }

    static func wages(_ visit: Visit, _ worker: Worker, _ wages: [Wage]) -> Markup {
        var table = DataTable(
            [.init(.validFrom, .code), .init(.hourlyWage, .number)],
            caption: Text("Timelønn over tid", "Wage over time"),
            empty:
                "<p>\(visit.text(Text("Ingen timelønn er satt, så timene kan ikke overføres.", "No wage is set, so the hours cannot be transferred.")))</p>"
        )
        for wage in wages.reversed() {
            table.add(["\(visit.language.date(wage.validFrom))", "\(visit.language.money(wage.hourlyWage))"])
        }
        let fields = [
            Field(
                "timelonn", .hourlyWage, value: visit.form["timelonn"], isRequired: true,
                attributes: [("inputmode", "decimal")]),
            Field("fra", .validFrom, value: visit.form["fra"], kind: "date", isRequired: true),
        ]
        return """
            <div id="timelonn">\(Card.markup("\(visit.text(.hourlyWage))", """
            \(table.markup(visit))
            <form method="post" action="/arbeidere/\(worker.id.text)/timelonn">\(FormParts.token(visit))
            <div class="side-by-side">\(fields.map { $0.markup(visit) })</div>
            <button class="primary">\(visit.text(Text("Sett timelønn", "Set the wage")))</button></form>
            """))</div>
            """
    }
}

/// Visma's employees for one worker, the likeliest first: equal number, e-mail, name.
enum EmployeeSuggestions {
    static func ranked(for worker: Worker, _ employees: [ERPEmployee]) -> [ERPEmployee] {
        func likeness(_ employee: ERPEmployee) -> Int {
            var points = 0
            if employee.name.lowercased() == worker.name.lowercased() { points += 4 }
            if let email = employee.email, email.lowercased() == worker.email?.lowercased() { points += 3 }
            if employee.number == worker.employeeNumber { points += 2 }
            return points
        }
        return employees.filter(\.isActive).sorted { (likeness($1), $0.number) < (likeness($0), $1.number) }
    }
}
