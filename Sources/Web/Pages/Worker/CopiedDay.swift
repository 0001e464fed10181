import Foundation
import HTML
import Persistence
import Proresult

/// *Copy yesterday*: the last day on which the worker registered anything, once more on an empty day. On a Monday that
/// is Friday.
enum CopiedDay {
    /// The button, telling what it will write. Not on a day that has hours.
    static func markup(_ visit: Visit, _ last: [HourRow], to date: CalendarDate, in week: WorkerWeek) -> Markup {
        let copied = last.filter(\.isChoosable)
        guard let first = copied.first, week.days.first(where: { $0.date == date })?.rows.isEmpty ?? true else {
            return .nothing
        }
        let lines = copied.map { row in
            let hours = visit.language.quantity(row.entry.total)
            return "<li>\(hours) · \(row.projectNumber) \(row.projectName), \(row.workTypeName)</li>" as Markup
        }
        let day = visit.language.date(first.entry.date)
        let label = Text("Kopier \(day)", "Copy \(day)")
        return """
            <section class="card"><h2>\(visit.text(Text("Som sist", "As last time")))</h2><ul>\(lines)</ul>
            <form method="post" action="/min/timer/kopier">\(FormParts.token(visit))\(FormOnce.markup(visit, Fields()))
            <input type="hidden" name="dato" value="\(date.description)">
            <button>\(visit.text(label))</button></form></section>
            """
    }

    /// Writes them all or, when a rule says no to one, none.
    static func register(_ visit: Visit, for worker: WorkerID, on date: CalendarDate) async throws -> Text {
        let (actor, today, randomness) = (try visit.actor, try visit.today, visit.office.randomness)
        let reference = try FormOnce.reference(visit)
        return try await visit.writeOnce { transaction in
            guard try HourEntry.find(externalReference: reference + "-1", in: transaction) == nil else {
                return .copied
            }
            guard try HourEntry.of(worker, from: date, to: date, in: transaction).isEmpty else {
                throw FormProblems(Text("Dagen har alt timer.", "The day has hours already."))
            }
            let last = try HourRow.lastDay(of: worker, before: date, in: transaction)
            let copied = last.filter(\.isChoosable)
            guard !copied.isEmpty else {
                throw FormProblems(Text("Det er ingen timer å kopiere.", "There are no hours to copy."))
            }
            for (number, row) in copied.enumerated() {
                var draft = HourEntryDraft(row.entry)
                draft.date = date
                draft.internalNote = ""
                try HourEntry.register(
                    draft, id: HourEntryID(using: randomness), externalReference: "\(reference)-\(number + 1)",
                    by: actor, today: today, at: visit.now, in: transaction)
            }
            return copied.count == last.count ? .copied : .copiedInPart
        }
    }
}

extension Text {
    static let copied = Text("Timene er kopiert.", "The hours are copied.")
    static let copiedInPart = Text(
        "Timene er kopiert, men ikke de på arbeidsarter som er stengt.",
        "The hours are copied, but not those on work types that are closed.")
}
