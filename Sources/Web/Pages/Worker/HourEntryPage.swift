import HTML
import Persistence
import Proresult

/// *Før timer*: a worker's own hours on a telephone. Opening it, looking and pressing the button is enough for the
/// usual day: the last project, its last work type and the usual number stand there already.
enum HourEntryPage {
    static let routes: [Route] = [
        .get("/min/timer", .everybody) { visit in .page(try await page(visit, visit.query, FormProblems())) },
        .post("/min/timer", .everybody) { visit in
            let worker = try OwnPages.worker(visit)
            return try await visit.told(names: HourForm.names) {
                let entry = try await register(visit, for: worker)
                return .see(address(entry.date, try visit.today), Text("Timene er lagret.", "The hours are saved."))
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
        .post("/min/timer/kopier", .everybody) { visit in
            let worker = try OwnPages.worker(visit)
            return try await visit.told(names: [:]) {
                let date = try visit.form.date("dato", .workDate)
                return .see(address(date, try visit.today), try await CopiedDay.register(visit, for: worker, on: date))
            } again: { fields, problems in
                try await page(visit, Fields([("dato", fields["dato"])]), problems)
            }
        },
    ]

    static let usualHours = "7,5"

    /// Back to the day that was written on.
    static func address(_ date: CalendarDate, _ today: CalendarDate) -> String {
        date == today ? "/min/timer" : "/min/timer" + Fields([("dato", date.description)]).query
    }

    /// The same form sent again finds its entry and changes nothing.
    private static func register(_ visit: Visit, for worker: WorkerID) async throws -> HourEntry {
        let (actor, today) = (try visit.actor, try visit.today)
        let reference = try FormOnce.reference(visit)
        let id = HourEntryID(using: visit.office.randomness)
        let draft = try HourForm.draft(visit.form, worker: worker)
        return try await visit.writeOnce { transaction in
            if let known = try HourEntry.find(externalReference: reference, in: transaction) {
                guard draft.isSaid(by: known) else { throw SentBefore() }
                return known
            }
            return try HourEntry.register(
                draft, id: id, externalReference: reference, by: actor, today: today, at: visit.now, in: transaction)
        }
    }

    private static func page(_ visit: Visit, _ fields: Fields, _ problems: FormProblems) async throws -> Markup {
        let today = try visit.today
        return try await OwnPages.page(visit, .workerView, in: .hours) { worker in
            let date = CalendarDate(fields["dato"]) ?? today
            let (form, week, last) = try await visit.read { transaction -> (HourForm, WorkerWeek?, [HourRow]) in
                (
                    try HourForm(
                        path: "/min/timer", worker: worker, typed: usual(fields, date, visit.language),
                        problems: problems, today: today, in: transaction),
                    try ISOWeek(containing: date).map { try WorkerWeek(of: worker, $0, in: transaction) },
                    try HourRow.lastDay(of: worker, before: date, in: transaction)
                )
            }
            return """
                \(problems.markup(visit))
                \(form.choice.isEmpty
                    ? "<div class=\"empty\"><p>\(visit.text(.noProjectsYet))</p></div>"
                    : form.markup(visit, action: "/min/timer", isNew: true))
                \(week.map { CopiedDay.markup(visit, last, to: date, in: $0) } ?? .nothing)
                <h2>\(visit.text(date == today ? Text("Denne uken", "This week") : Text("Uken", "The week")))</h2>
                \(week.map { "\(WeekAtAGlance.markup(visit, $0, on: date))\(OwnHourTable.markup(visit, $0.rows))" } ?? .nothing)
                """
        }
    }

    /// A form that is opened has the usual hours on the day that is asked for.
    private static func usual(_ fields: Fields, _ date: CalendarDate, _ language: Language) -> Fields {
        guard !fields.has("timer") else { return fields }
        let hours = language == .norwegian ? usualHours : usualHours.replacing(",", with: ".")
        return fields.with("dato", date.description).with("timer", hours).with("forslag", hours)
    }
}
