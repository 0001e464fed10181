import Persistence
import Proresult

/// How a run ended, and what happens next because of it.
public struct RunOutcome: Sendable {
    public var counts = RunCounts()
    /// Lines that could not go, with their reasons.
    public var held: [ExportCandidate] = []
    public var requests = 0
    /// Plain words for a person; nil when all went well.
    public var error: String?
    /// The stable word for the kind of failure.
    public var kind: String?
    /// Which trouble it was.
    public var fault: RunFault?
    public var consequence: ERPError.Consequence?
    var nextStepAt: Timestamp?
    /// False for a failure that is nobody's fault: we were told to stop, or told when to come again.
    private(set) var isAttempt = true

    public var succeeded: Bool { error == nil }

    var word: String {
        guard error != nil else { return "succeeded" }
        return counts.sentLines + counts.created + counts.changed > 0 ? "partly" : "failed"
    }

    mutating func fail(_ failure: any Error) {
        switch failure {
        case let failure as ERPError:
            error = "\(failure.message) (\(failure.request))"
            consequence = failure.consequence
            fault = failure.fault
            isAttempt = failure.retryAfter == nil
        case let failure as PeriodRefused:
            error = failure.text(.norwegian)
            consequence = .askPerson
            fault = failure.fault
        case let failure as PreviewDiffers:
            error = failure.text.english
            consequence = .askPerson
            fault = .previewDiffers
        case SQLError.busy(let why), SQLError.connectionLost(let why), SQLError.commitOutcomeUnknown(let why):
            error = "the database is not reachable: \(why)"
            consequence = .tryLater(after: nil)
            fault = .database
        case is CancellationError:
            error = "stopped before the end"
            consequence = .tryLater(after: nil)
            fault = .stopped
            isAttempt = false
        default:
            error = "\(failure)"
            consequence = .bug
            fault = .bug
        }
        kind =
            switch consequence {
            case .tryLater: "tryLater"
            case .askPerson: "askPerson"
            case .reconnect: "reconnect"
            case .bug, nil: "bug"
            }
    }
}

/// A run that is over, as the command line and the tests see it.
public struct FinishedRun: Sendable {
    public let company: CompanyID
    public let job: JobName
    public let run: SyncRunID
    public let outcome: RunOutcome
}
