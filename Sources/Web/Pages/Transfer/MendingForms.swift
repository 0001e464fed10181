import HTML
import Persistence
import Proresult
import Sync

/// The forms that mend the chosen lines of the board together, one for each kind of reason.
enum MendingKind: String, CaseIterable {
    case link = "kobling"
    case workType = "arbeidsart"
    case wage = "timelonn"
    case approve = "godkjenn"

    var codes: Set<String> {
        switch self {
        case .link: ["workerNotLinked", "employeeNotInERP"]
        case .workType: ["workTypeNotFromVisma", "taskClosed"]
        case .wage: ["noWage"]
        case .approve: ["notApproved"]
        }
    }

    var roles: Set<Role> {
        switch self {
        case .link: [.administrator]
        case .workType, .approve: [.leader, .administrator]
        case .wage: [.administrator, .bookkeeper]
        }
    }

    /// The lines are ticked; the others go by worker.
    var isByLine: Bool { self == .workType || self == .approve }

    var label: Text {
        switch self {
        case .link: Text("Koble arbeiderne", "Link the workers")
        case .workType: Text("Velg annen arbeidsart", "Choose another work type")
        case .wage: Text("Sett timelønn", "Set the wage")
        case .approve: Text("Godkjenn", "Approve")
        }
    }

    var explanation: Text {
        switch self {
        case .link:
            Text(
                "Skriv nummeret hver arbeider har i Visma. Alle linjene til arbeideren blir med.",
                "Write the number that each worker has in Visma. All lines of the worker come along.")
        case .workType:
            Text(
                "De valgte linjene føres på oppgaven du velger for prosjektet. Det som var godkjent, godkjennes på nytt med navnet ditt.",
                "The chosen lines are put on the task that you choose for the project. What was approved is approved again under your name."
            )
        case .wage:
            Text(
                "Sett timelønnen fra en dato. Timene fra den dagen får den prisen.",
                "Set the wage from a date. Hours from that day get that price.")
        case .approve: Text("De valgte linjene godkjennes.", "The chosen lines are approved.")
        }
    }

    func may(_ visit: Visit) -> Bool { visit.who.map { roles.contains($0.user.role) } ?? false }

    /// Which forms the lines of a selection ask for.
    static func wanted(_ filter: BoardFilter, _ lines: [BoardLine]) -> [MendingKind] {
        let kinds = filter.job == .withdrawals ? [.link] : allCases
        if let reason = filter.reason { return kinds.filter { $0.codes.contains(reason) } }
        if filter.standings == [.notApproved] { return kinds.filter { $0 == .approve } }
        guard filter.record != nil else { return [] }
        let codes = Set(lines.flatMap(\.reasons).map(\.code))
        return kinds.filter { !$0.codes.isDisjoint(with: codes) }
    }
}

enum MendingForms {
    /// `shown` are the lines on the page, `all` those of the whole selection.
    static func markup(
        _ visit: Visit, _ filter: BoardFilter, shown: [BoardLine], all: [BoardLine], _ choices: MendingChoices
    ) -> Markup {
        let kinds = MendingKind.wanted(filter, shown).filter { $0.may(visit) && !all.isEmpty }
        let forms = kinds.map { kind in
            """
            <form method="post" action="/overforing/\(kind.rawValue)" id="rett-\(kind.rawValue)">
            <h2>\(visit.text(kind.label))</h2><p>\(visit.text(kind.explanation))</p>
            \(FormParts.token(visit))\(hidden(filter))
            \(fields(visit, kind, filter, shown: shown, all: all, choices))
            <button class="primary">\(visit.text(kind.label))</button></form>
            """ as Markup
        }
        return kinds.isEmpty ? .nothing : "<section class=\"card\" id=\"rett\">\(forms)</section>"
    }

    /// The box that ticks a line, when the lines of the page are ticked.
    static func tick(_ visit: Visit, _ filter: BoardFilter, _ line: BoardLine) -> Markup? {
        guard let kind = ticked(visit, filter) else { return nil }
        guard line.reasons.contains(where: { kind.codes.contains($0.code) }), line.job == .hours else { return "" }
        let isChosen = !visit.form.has("csrf") || visit.form.all("valgt").contains(line.record.id)
        let name = "\(line.workerName) \(visit.language.date(line.date)) \(line.matter)"
        return """
            <input type="checkbox" name="valgt" value="\(line.record.id)" form="rett-\(kind.rawValue)" \
            aria-label="\(name)"\(isChosen ? " checked" as Markup : .nothing)>
            """
    }

    static func ticked(_ visit: Visit, _ filter: BoardFilter) -> MendingKind? {
        guard filter.record == nil else { return nil }
        return MendingKind.wanted(filter, []).first { $0.isByLine && $0.may(visit) }
    }

    private static func hidden(_ filter: BoardFilter) -> [Markup] {
        filter.fields.pairs.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
    }

    private static func fields(
        _ visit: Visit, _ kind: MendingKind, _ filter: BoardFilter, shown: [BoardLine], all: [BoardLine],
        _ choices: MendingChoices
    ) -> [Markup] {
        let mine = { (lines: [BoardLine]) in
            lines.filter { $0.reasons.contains { kind.codes.contains($0.code) } }
        }
        switch kind {
        case .link: return byWorker(mine(all)).map { link(visit, $0, choices) }
        case .wage: return byWorker(mine(all)).map { wage(visit, $0) }
        case .workType: return projects(visit, mine(shown), choices) + rest(visit, filter, mine(shown), mine(all))
        case .approve: return rest(visit, filter, mine(shown), mine(all))
        }
    }

    private static func byWorker(_ lines: [BoardLine]) -> [[BoardLine]] {
        Dictionary(grouping: lines, by: \.workerID).values.sorted {
            ($0[0].workerName, $0[0].workerID.text) < ($1[0].workerName, $1[0].workerID.text)
        }
    }

    private static func counted(_ lines: [BoardLine]) -> Text {
        let count = lines.count
        return Text(count == 1 ? "1 linje" : "\(count) linjer", count == 1 ? "1 line" : "\(count) lines")
    }

    private static func link(_ visit: Visit, _ lines: [BoardLine], _ choices: MendingChoices) -> Markup {
        let (id, name) = (lines[0].workerID, lines[0].workerName)
        let count = counted(lines)
        let field = "visma.\(id.text)"
        let worker = choices.workers[id]
        let likely = worker.map { EmployeeSuggestions.ranked(for: $0, choices.employees) } ?? choices.employees
        return Field(
            field, Text("\(name) (\(count.norwegian))", "\(name) (\(count.english))"),
            value: visit.form.has(field) ? visit.form[field] : worker?.vismaEmployeeNumber ?? "",
            suggestions: likely.prefix(50).map {
                ($0.number, [$0.number, $0.name, $0.email].compactMap(\.self).joined(separator: " · "))
            }
        ).markup(visit)
    }

    private static func wage(_ visit: Visit, _ lines: [BoardLine]) -> Markup {
        let (id, name) = (lines[0].workerID.text, lines[0].workerName)
        let count = counted(lines)
        let first = lines.map(\.date).min()?.description ?? ""
        let from = "fra.\(id)"
        let fields = [
            Field(
                "lonn.\(id)",
                Text(
                    "\(name), timelønn (\(count.norwegian))", "\(name), hourly wage (\(count.english))"),
                value: visit.form["lonn.\(id)"], attributes: [("inputmode", "decimal")]),
            Field(
                from, .validFrom, value: visit.form.has(from) ? visit.form[from] : first, kind: "date"),
        ]
        return "<div class=\"side-by-side\">\(fields.map { $0.markup(visit) })</div>"
    }

    private static func projects(_ visit: Visit, _ lines: [BoardLine], _ choices: MendingChoices) -> [Markup] {
        let groups = Dictionary(grouping: lines.filter { $0.job == .hours }, by: \.projectID).values.sorted {
            ($0[0].projectNumber, $0[0].projectID.text) < ($1[0].projectNumber, $1[0].projectID.text)
        }
        return groups.map { lines in
            let (id, count) = (lines[0].projectID, counted(lines))
            let title = "\(lines[0].projectNumber) \(lines[0].projectName)"
            let open = choices.workTypes[id] ?? []
            guard !open.isEmpty else {
                let none = Text(
                    "\(title): prosjektet har ingen åpen oppgave i Visma. Åpne en der, og hent prosjekt.",
                    "\(title): the project has no open task in Visma. Open one there, and fetch projects.")
                return "<p class=\"soft\">\(visit.text(none))</p>"
            }
            let leave = ("", visit.text(Text("Ikke endre", "Leave as they are")))
            return Field(
                "arbeidsart.\(id.text)",
                Text("\(title) (\(count.norwegian))", "\(title) (\(count.english))"),
                value: visit.form.has("csrf")
                    ? visit.form["arbeidsart.\(id.text)"] : open.count == 1 ? open[0].id.text : "",
                choices: [leave] + open.map { ($0.id.text, "\($0.vismaTaskID ?? "") \($0.name)") }
            ).markup(visit)
        }
    }

    /// Of a single line there is nothing to tick; of more than a page all can be taken.
    private static func rest(
        _ visit: Visit, _ filter: BoardFilter, _ shown: [BoardLine], _ all: [BoardLine]
    ) -> [Markup] {
        if let record = filter.record { return ["<input type=\"hidden\" name=\"valgt\" value=\"\(record)\">"] }
        guard all.count > shown.count else { return [] }
        let count = visit.language.number(all.count)
        return [
            Field(
                "alle",
                Text(
                    "Ta med alle \(count) linjene i utvalget, også på de andre sidene",
                    "Take all \(count) lines of the selection, also on the other pages"),
                value: visit.form["alle"], kind: "checkbox"
            ).markup(visit)
        ]
    }
}
