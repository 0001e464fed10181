import Foundation
import Persistence
import Proresult

/// How long what only grows is kept. What is not settled is kept whatever its age.
public struct RetentionTerms: Sendable, Hashable {
    /// Runs with what they did, and alarms that are over.
    public var daysOfRuns: Int
    /// Documents with all that hangs on them, and the audit trail: whole years after the end of their own year.
    public var bookkeepingYears: Int

    /// The law's five years (bokføringsloven § 13) are the least that may be chosen; the ten of project accounts in
    /// building are what holds when nobody chooses.
    public init(daysOfRuns: Int = 400, bookkeepingYears: Int = CompanyDeletion.yearsToKeep) {
        self.daysOfRuns = daysOfRuns
        self.bookkeepingYears = bookkeepingYears
    }

    /// Sessions live for half a day at most, links for a week.
    static let sessions = Duration.seconds(2 * 86_400)
    static let links = Duration.seconds(30 * 86_400)
}

/// What is old at one moment.
struct RetentionLimits: Sendable {
    /// What ended before is old.
    var runs: Timestamp
    /// What happened before is old: the first moment of the first year that is kept, in Norway.
    var audit: Timestamp
    /// Periods `YYYYPP` that sort before it are old.
    var period: String
    var sessions: Timestamp
    var links: Timestamp
    var hints: Timestamp

    init?(_ terms: RetentionTerms, at now: Timestamp) {
        guard let today = CalendarDate(inNorwayAt: now), let zone = TimeZone(identifier: "Europe/Oslo") else {
            return nil
        }
        let firstYear = today.year - terms.bookkeepingYears
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard let start = calendar.date(from: DateComponents(year: firstYear, month: 1, day: 1)) else { return nil }
        runs = now - .seconds(Int64(terms.daysOfRuns) * 86_400)
        audit = Timestamp(milliseconds: Int64(start.timeIntervalSince1970) * 1000)
        period = String(firstYear)
        sessions = now - RetentionTerms.sessions
        links = now - RetentionTerms.links
        hints = now - ERPHint.kept
    }
}
