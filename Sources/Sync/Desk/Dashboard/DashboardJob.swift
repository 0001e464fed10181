import Persistence
import Proresult

/// A job as its card on the dashboard shows it.
public struct DashboardJob: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        case off, neverRun, running, ok, partly, failed

        public var text: Text {
            switch self {
            case .off: Text("Slått av", "Switched off")
            case .neverRun: Text("Ikke kjørt ennå", "Never run")
            case .running: Text("Kjører", "Running")
            case .ok: Text("I orden", "In order")
            case .partly: Text("Delvis", "Partly")
            case .failed: Text("Feilet", "Failed")
            }
        }
    }

    public var name: JobName
    public var isEnabled: Bool
    public var isAutomatic: Bool
    public var nextRunAt: Timestamp?
    /// Asked for or due, and not started yet.
    public var isWaitingToStart: Bool
    public var state: State
    /// In a row.
    public var failures: Int
    public var last: RunRow?
    /// How many lines stand how, of an export.
    public var standings: [BoardStanding: Int] = [:]

    /// All jobs of the company with their latest runs, in one statement, in the order in which they build on each other.
    static func all(now: Timestamp, in transaction: CompanyTransaction) throws -> [DashboardJob] {
        let jobs = try transaction.query(
            """
            SELECT job.name AS name, job.enabled_at AS enabled_at, job.automatic_at AS automatic_at,
                job.next_run_at AS next_run_at, job.lease_until AS lease_until, job.attempts AS attempts,
                run.id AS has_run,
                \(raw: RunRow.columns)
            FROM job LEFT JOIN run ON run.company_id = job.company_id AND run.id = \(raw: RunRow.latestOfJob)
            WHERE job.company_id = \(transaction.company) ORDER BY job.name
            """
        ).map { try DashboardJob($0, now: now) }
        return JobName.allCases.compactMap { name in jobs.first { $0.name == name } }
    }

    private init(_ row: SQLRow, now: Timestamp) throws {
        name = try row.get("name")
        isEnabled = try row.get("enabled_at", as: Timestamp?.self) != nil
        isAutomatic = try row.get("automatic_at", as: Timestamp?.self) != nil
        nextRunAt = try row.get("next_run_at")
        let isLeased = try row.get("lease_until", as: Timestamp.self) > now
        last = try row.get("has_run", as: String?.self) == nil ? nil : RunRow(row)
        isWaitingToStart = isEnabled && !isLeased && nextRunAt.map { $0 <= now } ?? false
        failures = try row.get("attempts")
        state = Self.state(last, isEnabled: isEnabled, isLeased: isLeased)
    }

    private static func state(_ last: RunRow?, isEnabled: Bool, isLeased: Bool) -> State {
        // A run whose lease has ended is dead, whatever its row says.
        if last?.outcome == .running && isLeased { return .running }
        guard isEnabled else { return .off }
        switch last?.outcome {
        case nil: return .neverRun
        case .succeeded: return .ok
        case .partly: return .partly
        case .running, .failed, .abandoned: return .failed
        }
    }
}
