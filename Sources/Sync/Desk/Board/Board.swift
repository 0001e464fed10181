import Foundation
import Persistence
import Proresult

/// Every record that is not in the ERP, and what was sent lately, each with its standing and all its reasons, judged by
/// what the ERP last said. No call is made.
public struct Board: Sendable {
    /// By date, then kind and id.
    public let lines: [BoardLine]
    /// When the ERP last told what is open and known; nil when it has never been read. Then only what lies here is judged.
    public let factsReadAt: Timestamp?

    /// How long what was sent stays on the board.
    public static let sentStays = Duration.seconds(7 * 86_400)

    /// Reads and judges in a number of statements that does not grow with the lines. `job` nil reads both kinds; with a
    /// `period` every line is judged as if it went into that one; `sentSince` nil leaves out what is sent.
    public static func read(
        _ job: JobName? = nil, into period: String? = nil, sentSince: Timestamp? = nil,
        in transaction: CompanyTransaction
    ) throws -> Board {
        let facts = try ERPFacts.stored(in: transaction)
        let jobs = job.map { [$0] } ?? [.hours, .withdrawals]
        let lines =
            try waiting(jobs, facts: facts, into: period, in: transaction)
            + BoardDocuments.lines(of: jobs, sentSince: sentSince, in: transaction)
        return Board(
            lines: lines.sorted { ($0.date, $0.record) < ($1.date, $1.record) }, factsReadAt: facts?.neededReadAt)
    }

    /// What no document carries.
    static func waiting(
        _ jobs: [JobName], facts: ERPFacts?, into period: String? = nil, in transaction: CompanyTransaction
    ) throws -> [BoardLine] {
        let settings = SyncSettings(values: try transaction.settingValues())
        return try jobs.flatMap { job in
            try exportedKind(of: job, settings: settings).board(facts: facts, period: period, in: transaction)
                .map { BoardLine($0, settings: settings) }
        }
    }

    /// Reads with what was sent in the last seven days, as the page shows it.
    public static func read(
        _ job: JobName? = nil, company: CompanyID, into period: String? = nil, database: any SQLDatabase
    ) async throws -> Board {
        try await database.read(company: company) { transaction in
            try read(job, into: period, sentSince: transaction.now() - sentStays, in: transaction)
        }
    }

    public func select(_ filter: BoardFilter) -> [BoardLine] { lines.filter(filter.includes) }

    /// A page of what the filter lets through, from 1, and how many lines that is in all.
    public func page(_ filter: BoardFilter, number: Int, size: Int = 100) -> (lines: [BoardLine], total: Int) {
        let chosen = select(filter)
        let (page, size) = (max(number, 1), max(size, 1))
        let (skipped, overflow) = (page - 1).multipliedReportingOverflow(by: size)
        return (overflow ? [] : Array(chosen.dropFirst(skipped).prefix(size)), chosen.count)
    }

    /// How many lines stand how, whatever standings the filter asks for.
    public func standings(_ filter: BoardFilter = BoardFilter()) -> [BoardStanding: Int] {
        var filter = filter
        filter.standings = []
        return select(filter).reduce(into: [:]) { $0[$1.standing, default: 0] += 1 }
    }

    /// A reason and how many lines have it.
    public struct ReasonCount: Sendable, Hashable {
        public var code: String
        public var count: Int
        public var mender: Blocker.Mender
        /// One of the lines' blockers, for the words.
        public var example: Blocker
        /// Where all of them are mended at once; nil when each has its own place.
        public var commonPlace: MendingPlace?
    }

    /// Why lines are stopped, the commonest first, whatever reason the filter asks for.
    public func reasons(_ filter: BoardFilter = BoardFilter()) -> [ReasonCount] {
        var filter = filter
        filter.reason = nil
        var counts: [String: ReasonCount] = [:]
        for line in select(filter) where BoardFilter.stopped.contains(line.standing) {
            var seen: Set<String> = []
            for reason in line.reasons {
                let isNew = seen.insert(reason.code).inserted
                guard var count = counts[reason.code] else {
                    counts[reason.code] = ReasonCount(
                        code: reason.code, count: 1, mender: reason.mender, example: reason.blocker,
                        commonPlace: reason.place)
                    continue
                }
                if isNew { count.count += 1 }
                if count.commonPlace != reason.place { count.commonPlace = nil }
                counts[reason.code] = count
            }
        }
        return counts.values.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }

    /// The records that can be mended together because they share a reason; `place` narrows it to those that are mended
    /// in the same place.
    public func records(sharing code: String, at place: MendingPlace? = nil, _ filter: BoardFilter = BoardFilter())
        -> [SourceRecord]
    {
        select(filter).filter { line in
            line.reasons.contains { $0.code == code && (place == nil || $0.place == place) }
        }.map(\.record)
    }
}
