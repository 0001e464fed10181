import Persistence
import Proresult

/// Which lines of the board somebody wants to see; what is nil or empty limits nothing.
public struct BoardFilter: Sendable, Hashable {
    public var job: JobName?
    public var standings: Set<BoardStanding>
    public var project: ProjectID?
    public var worker: WorkerID?
    /// The code of a reason, see `Blocker.code`.
    public var reason: String?
    /// `YYYYPP`
    public var period: String?
    /// The id of one record.
    public var record: String?

    public init(
        job: JobName? = nil, standings: Set<BoardStanding> = [], project: ProjectID? = nil, worker: WorkerID? = nil,
        reason: String? = nil, period: String? = nil, record: String? = nil
    ) {
        self.job = job
        self.standings = standings
        self.project = project
        self.worker = worker
        self.reason = reason
        self.period = period
        self.record = record
    }

    /// What waits for a person to do something about the record or the set-up.
    public static let stopped: Set<BoardStanding> = [.stopped, .rejected]

    func includes(_ line: BoardLine) -> Bool {
        if let job, line.job != job { return false }
        if !standings.isEmpty, !standings.contains(line.standing) { return false }
        if let project, line.projectID != project { return false }
        if let worker, line.workerID != worker { return false }
        if let period, line.period != period { return false }
        if let record, line.record.id != record { return false }
        if let reason, !line.reasons.contains(where: { $0.code == reason }) { return false }
        return true
    }
}
