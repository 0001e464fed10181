/// Where a process dies, by the numbers of the project's table of crash points.
public enum CrashPoint: String, CaseIterable, Sendable, Hashable {
    /// While collecting, before the commit.
    case collecting = "C1"
    case ready = "C2"
    /// `sending` is committed, no byte has left.
    case sending = "C3"
    /// In the middle of the request: it may still arrive, and late.
    case request = "C4"
    /// The ERP has committed, the answer is not read.
    case unread = "C5"
    /// The answer is read, the state not committed.
    case answered = "C6"
    /// The COMMIT of our own database gives no answer; the process lives on.
    case commitAnswerLost = "C7"
    /// Confirmed, the source not marked.
    case confirmed = "C8"
    /// While the source is marked, before the commit.
    case marking = "C9"
    case absentOnce = "C10"
    /// A pause longer than the lease: another takes over, the first goes on afterwards.
    case paused = "C11"
    /// Between shell and lines.
    case shell = "C12"
    /// A newer version brings the schema up to date and dies on the way.
    case migration = "C13"
    /// Yesterday's backup takes the place of the database.
    case restore = "C14"
    /// At any transaction or call.
    case anywhere = "C*"

    /// After which a process starts anew.
    public static let deaths: Set<CrashPoint> = Set(allCases).subtracting([.commitAnswerLost, .paused])

    /// The points that a plan can name for one transaction or call.
    static let planned: [CrashPoint] = [
        .collecting, .ready, .sending, .request, .unread, .answered, .commitAnswerLost, .confirmed, .marking,
        .absentOnce, .paused, .shell, .migration, .anywhere,
    ]
}

/// The process is gone: nothing that it holds can reach the database or the network any more.
struct Crashed: Error, Sendable, Hashable {
    var point: CrashPoint
}
