import Foundation
import Persistence

/// The start page: how every job stands, what went over, and what waits for a person. In a number of statements that
/// does not grow with the company.
public struct Dashboard: Sendable {
    /// The five, in the order in which they build on each other.
    public var jobs: [DashboardJob]
    /// The last eight weeks, oldest first.
    public var weeks: [WeekFigures]
    /// The last twelve runs, newest first.
    public var lastRuns: [RunRow]
    /// Worst first; empty when nothing is wrong.
    public var attention: [Attention]
    /// Nil for a company that was never connected.
    public var connection: ConnectionStatus?
    /// By start date; empty until Visma has been read. Those that are shut tell why.
    public var periods: [FinancialPeriod]
    public var factsReadAt: Timestamp?

    static let weeksShown = 8
    static let runsShown = 12
    /// A document in doubt for longer needs eyes.
    static let longDoubt = Duration.seconds(3600)

    public static func read(company: CompanyID, database: any SQLDatabase) async throws -> Dashboard {
        try await database.read(company: company) { try read(in: $0) }
    }

    public static func read(in transaction: CompanyTransaction) throws -> Dashboard {
        let now = try transaction.now()
        let facts = try ERPFacts.stored(in: transaction)
        let waiting = try Board.waiting([.hours, .withdrawals], facts: facts, in: transaction)
        let board = Board(lines: waiting, factsReadAt: facts?.neededReadAt)
        var jobs = try DashboardJob.all(now: now, in: transaction)
        for index in jobs.indices where jobs[index].name.isExport {
            jobs[index].standings = board.standings(BoardFilter(job: jobs[index].name))
        }
        let connection = try ConnectionStatus.read(in: transaction)
        var dashboard = Dashboard(
            jobs: jobs, weeks: try weeks(waiting, now: now, in: transaction),
            lastRuns: try RunLog.last(runsShown, in: transaction), attention: [], connection: connection,
            periods: facts?.periods ?? [], factsReadAt: facts?.neededReadAt)
        dashboard.attention = try attention(board, jobs: jobs, connection: connection, now: now, in: transaction)
        return dashboard
    }

    private static func weeks(
        _ waiting: [BoardLine], now: Timestamp, in transaction: CompanyTransaction
    ) throws -> [WeekFigures] {
        guard let today = CalendarDate(inNorwayAt: now) else { return [] }
        var weeks = WeekFigures.last(weeksShown, to: today)
        guard let first = weeks.first else { return [] }
        let places = Dictionary(weeks.enumerated().map { ($1.start, $0) }) { first, _ in first }
        for row in try transaction.query(
            """
            SELECT week.week_start AS week_start, week.quantity AS quantity, week.amount AS amount,
                document.kind AS kind, document.state AS state
            FROM export_week week
            JOIN export_document document
                ON document.company_id = week.company_id AND document.id = week.document_id
            WHERE week.company_id = \(transaction.company) AND week.week_start >= \(first.start)
                AND document.state NOT IN ('rejected', 'voided')
            """)
        {
            guard let place = try places[row.get("week_start")] else { continue }
            let isSent = try row.get("state", as: ExportDocument.State.self) == .confirmed
            let part: WritableKeyPath<WeekFigures.Split, Decimal> = isSent ? \.sent : \.waiting
            weeks[place].value[keyPath: part] += try row.get("amount", as: Decimal.self)
            guard try row.get("kind", as: JobName.self) == .hours else { continue }
            weeks[place].hours[keyPath: part] += try row.get("quantity", as: Decimal.self)
        }
        for line in waiting where line.standing != .notApproved && line.standing != .stays {
            guard let place = places[line.date.startOfWeek] else { continue }
            let part: WritableKeyPath<WeekFigures.Split, Decimal> = line.standing == .ready ? \.waiting : \.stopped
            weeks[place].value[keyPath: part] += line.amount
            if line.job == .hours { weeks[place].hours[keyPath: part] += line.quantity }
        }
        return weeks
    }

    private static func attention(
        _ board: Board, jobs: [DashboardJob], connection: ConnectionStatus?, now: Timestamp,
        in transaction: CompanyTransaction
    ) throws -> [Attention] {
        var found: [Attention] = []
        if let connection, connection.state == .reconnectRequired {
            found.append(.reconnectNeeded(since: connection.changedAt))
        }
        if let shutter = try ExportShutter.standing(in: transaction) {
            found.append(.exportsShut(because: shutter.because, since: shutter.shutAt))
        }
        let alarms = Dictionary(grouping: try transaction.standingAlarms(), by: \.kind)
        found += alarms.map { .alarm($0, count: $1.count) }
        found += try documents(now: now, in: transaction)
        let brakes = Set(try TombstoneBrake.standing(in: transaction).map(\.job))
        found += JobName.allCases.filter(brakes.contains).map { .muchMissing($0) }
        let dead = try transaction.deadMarks().count
        if dead > 0 { found.append(.notLocked(count: dead)) }
        for job in jobs {
            let refused = job.standings[.rejected] ?? 0
            if refused > 0 { found.append(.refusedLines(job.name, count: refused)) }
            if job.name.isExport {
                found += board.reasons(BoardFilter(job: job.name, standings: [.stopped])).map {
                    .stoppedLines(job.name, $0)
                }
            }
            guard job.state == .failed, let last = job.last else { continue }
            let fault = last.fault ?? .abandoned
            // What passes by itself is left in peace until it does not; what stands above is told once.
            let wantsPerson = fault.mender != nil || job.failures >= SyncEngine.mostAttempts
            let isToldAbove =
                fault == .reconnect || fault == .exportsShut || (fault == .muchMissing && brakes.contains(job.name))
            if wantsPerson && !isToldAbove {
                found.append(.jobFailed(job.name, fault, run: last.id))
            }
        }
        let waiting = try SetUpReport.waiting(in: transaction)
        if waiting > 0 { found.append(.waitingForSetUpCheck(count: waiting)) }
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }

    private static func documents(now: Timestamp, in transaction: CompanyTransaction) throws -> [Attention] {
        let rows = try transaction.query(
            """
            SELECT state, count(*) AS n, min(doubtful_at) AS since FROM export_document
            WHERE company_id = \(transaction.company)
                AND state IN ('needsReview', 'unknown') AND (state = 'needsReview' OR doubtful_at <= \(now - longDoubt))
            GROUP BY state ORDER BY state
            """)
        return try rows.map { row in
            let count: Int = try row.get("n")
            return try row.get("state", as: ExportDocument.State.self) == .needsReview
                ? .needsReview(count: count)
                : .longInDoubt(count: count, since: row.get("since", as: Timestamp?.self) ?? now)
        }
    }
}
