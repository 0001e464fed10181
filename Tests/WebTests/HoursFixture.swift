import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

extension WebBench {
    /// Kari's hours on the first task of P-1, without a page.
    @discardableResult
    func enter(
        _ total: Decimal = 8, on date: String = "2026-11-16", id: String = "h1", transferredAs reference: String? = nil,
        approved: Bool = false
    ) async throws -> HourEntry {
        let (project, now, randomness) = (try await project(), clock.now, office.randomness)
        let (day, today) = (try #require(CalendarDate(date)), try #require(CalendarDate(inNorwayAt: clock.now)))
        let leader = Actor(username: "leader", role: .leader)
        return try await write { transaction in
            let workType = try #require(
                try ChoosableWorkType.all(on: project.id, for: Self.kari, in: transaction).first?.workType.id)
            let entry = try HourEntry.register(
                HourEntryDraft(
                    workerID: Self.kari, projectID: project.id, projectWorkTypeID: workType, date: day, total: total),
                id: HourEntryID(id), by: leader, today: today, at: now, in: transaction)
            if approved || reference != nil {
                try HourEntry.approve(entry.id, by: leader, at: now, randomness: randomness, in: transaction)
            }
            if let reference {
                try HourEntry.markTransferred(
                    [entry.id], run: "r", reference: reference, at: now, in: transaction)
            }
            return try HourEntry.get(entry.id, in: transaction)
        }
    }

    /// Everything that Kari has, by date.
    func hours() async throws -> [HourEntry] {
        let (first, last) = (try #require(CalendarDate("2026-01-01")), try #require(CalendarDate("2026-12-31")))
        return try await read { try HourEntry.of(Self.kari, from: first, to: last, in: $0) }
    }

    /// The form of an entry with other hours.
    func form(_ entry: HourEntry, hours: String) -> KeyValuePairs<String, String> {
        [
            "prosjekt": entry.projectID.text, "arbeidsart": entry.projectWorkTypeID.text,
            "dato": entry.date.description, "timer": hours,
        ]
    }
}
