import HTML
import Persistence
import Proresult

/// One entry of the worker's own: changed or deleted until it is approved.
enum OwnHoursPage {
    static let routes: [Route] = [
        .get("/min/timer/{id}", .everybody) { visit in .page(try await page(visit, nil, FormProblems())) },
        .post("/min/timer/{id}", .everybody) { visit in
            try await visit.told(names: HourForm.names) {
                try await change(visit)
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
        .post("/min/timer/{id}/slett", .everybody) { visit in
            let (id, actor, today): (HourEntryID, Actor, CalendarDate) = (
                try visit.id(), try visit.actor, try visit.today
            )
            let worker = try OwnPages.worker(visit)
            return try await visit.told(names: [:]) {
                let entry = try await visit.write { transaction in
                    let entry = try own(id, of: worker, in: transaction)
                    try HourEntry.delete(id, by: actor, today: today, in: transaction)
                    return entry
                }
                return .see(
                    HourEntryPage.address(entry.date, today), Text("Føringen er slettet.", "The entry is deleted."))
            } again: { _, problems in
                try await page(visit, nil, problems)
            }
        },
    ]

    private static func own(
        _ id: HourEntryID, of worker: WorkerID, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        let entry = try HourEntry.get(id, in: transaction)
        guard entry.workerID == worker else { throw Refusal.notFound }
        return entry
    }

    private static func change(_ visit: Visit) async throws -> Answer {
        let (id, worker): (HourEntryID, WorkerID) = (try visit.id(), try OwnPages.worker(visit))
        let (form, actor, today) = (visit.form, try visit.actor, try visit.today)
        let entry = try await visit.write { transaction in
            let entry = try own(id, of: worker, in: transaction)
            // A leader's approval is not undone by who was approved.
            guard entry.isOpen || entry.state == .transferred else { throw FormProblems(.approvedIsFixed) }
            let draft = try HourForm.draft(form, worker: worker, changing: entry)
            return try HourEntry.edit(id, to: draft, by: actor, today: today, in: transaction)
        }
        return .see(HourEntryPage.address(entry.date, today), Text("Timene er lagret.", "The hours are saved."))
    }

    private static func page(_ visit: Visit, _ fields: Fields?, _ problems: FormProblems) async throws -> Markup {
        let (id, worker): (HourEntryID, WorkerID) = (try visit.id(), try OwnPages.worker(visit))
        let (today, query, language) = (try visit.today, visit.query, visit.language)
        let (row, form) = try await visit.read { transaction -> (HourRow, HourForm) in
            let entry = try own(id, of: worker, in: transaction)
            // Another project was chosen: the rest stays as it was.
            var typed = fields ?? Fields(entry, language)
            for name in [ProjectChoice.field, ProjectChoice.searchField] where query.has(name) && fields == nil {
                typed = typed.with(name, query[name])
            }
            let form = try HourForm(
                path: "/min/timer/\(id.text)", worker: worker, typed: typed, entry: entry, problems: problems,
                today: today, in: transaction)
            return (try HourRow.get(id, in: transaction), form)
        }
        let day = language.date(row.entry.date)
        return try await OwnPages.page(visit, Text("Timer \(day)", "Hours \(day)"), in: .hours) { _ in
            """
            \(problems.markup(visit))
            \(HourFacts.markup(visit, row))
            \(row.entry.isOpen ? edit(visit, row.entry, form) : HourFacts.locked(visit, row.entry))
            <p><a href="/min">\(visit.text(OwnPages.Place.overview.title))</a></p>
            """
        }
    }

    private static func edit(_ visit: Visit, _ entry: HourEntry, _ form: HourForm) -> Markup {
        let address = "/min/timer/\(entry.id.text)"
        return """
            \(form.markup(visit, action: address, isNew: false))
            <p>\(FormParts.button(visit, Text("Slett føringen", "Delete the entry"), action: address + "/slett", style: .danger))</p>
            """
    }
}
