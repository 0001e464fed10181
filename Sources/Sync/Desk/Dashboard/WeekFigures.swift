import Foundation
import Persistence

/// What was sent, waits and is stopped, of the work of one week.
public struct WeekFigures: Sendable, Hashable {
    public struct Split: Sendable, Hashable {
        public var sent: Decimal = 0
        public var waiting: Decimal = 0
        public var stopped: Decimal = 0
        public var total: Decimal { sent + waiting + stopped }
        public init() {}
    }

    /// The Monday.
    public var start: CalendarDate
    /// The ISO number of the week, and the year that it belongs to.
    public var number: Int
    public var year: Int
    public var hours = Split()
    /// Kroner, of hours and withdrawals together.
    public var value = Split()

    init(containing date: CalendarDate) {
        start = date.startOfWeek
        // A week belongs to the year that its Thursday is in.
        let thursday = start.adding(days: 3) ?? start
        year = thursday.year
        let newYear = CalendarDate(year: thursday.year, month: 1, day: 1) ?? thursday
        number = newYear.days(to: thursday) / 7 + 1
    }

    /// The last weeks up to the one of a date, oldest first.
    static func last(_ count: Int, to date: CalendarDate) -> [WeekFigures] {
        (0..<count).reversed().compactMap { date.adding(days: -7 * $0).map(WeekFigures.init(containing:)) }
    }
}

extension CalendarDate {
    /// The Monday of the ISO week.
    var startOfWeek: CalendarDate {
        // 1970-01-05 was a Monday.
        guard let monday = CalendarDate(year: 1970, month: 1, day: 5) else { return self }
        let weekday = ((monday.days(to: self) % 7) + 7) % 7
        return adding(days: -weekday) ?? self
    }
}

extension CompanyTransaction {
    /// Notes what a document holds of each week, so that no page has to read the lines.
    func noteWeeks(of payload: ProjectTransaction, in document: ExportDocumentID) throws {
        let weeks = Dictionary(grouping: payload.lines, by: \.date.startOfWeek)
        try executeMany(
            """
            INSERT INTO export_week (company_id, document_id, week_start, quantity, amount)
            VALUES ($1, $2, $3, $4, $5)
            """,
            weeks.sorted { $0.key < $1.key }.map { start, lines in
                [
                    company.sqlValue, document.sqlValue, start.sqlValue,
                    lines.map(\.quantity.value).reduce(0, +).sqlValue, lines.map(\.amount).reduce(0, +).sqlValue,
                ]
            })
    }
}
