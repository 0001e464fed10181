import Foundation
import Persistence

/// What came of sending a document, sorted by what happens next (reliability of the answer, not its number).
public enum ERPPostOutcome: Sendable, Hashable {
    /// Nothing left this machine.
    case notSent(ERPError)
    /// Stored, under this number.
    case created(number: String, version: String?)
    /// Queued: the document may be stored at any time until the queued call is done.
    case accepted(job: String)
    /// Refused at the door (sign-in, rights, rate limit) before the ERP looked at the document.
    case notApplied(ERPError)
    /// The ERP read the document and refused it, with its own words.
    case refused(String)
    /// Nobody knows whether it was stored.
    case unknown(String)
}

/// What came of a change that only one version of a document accepts.
public enum ERPFillOutcome: Sendable, Hashable, CustomStringConvertible {
    case done
    /// The document has another version by now: nothing was changed.
    case stale
    /// Nothing left this machine, or it was refused at the door.
    case notApplied(ERPError)
    /// The ERP read it and refused it, with its own words.
    case refused(String)
    /// Nobody knows whether it was changed; the version tells.
    case unknown(String)

    public var description: String {
        switch self {
        case .done: "done"
        case .stale: "another version"
        case .notApplied(let error): "not applied: \(error.message)"
        case .refused(let explanation): Send.refusedPrefix + explanation
        case .unknown(let why): "unknown: \(why)"
        }
    }
}

/// What is known of a queued call.
public enum ERPQueuedCall: Sendable, Hashable {
    case pending
    case created(number: String)
    /// The ERP's own words.
    case refused(String)
    /// It is over and nobody knows what came of it.
    case failed(String)
    /// The ERP does not know it any more: it may have run, and may still run.
    case vanished
}

/// A project transaction as the ERP shows it.
public struct ERPDocument: Sendable, Hashable {
    public enum Status: Sendable, Hashable {
        case hold, balanced, released
        case other(String)
    }
    public var number: String
    public var description: String
    public var status: Status
    /// The version for `If-Match`, where the ERP tells one.
    public var version: String?
    public var lines: [Line]

    public init(number: String, description: String, status: Status, version: String?, lines: [Line]) {
        self.number = number
        self.description = description
        self.status = status
        self.version = version
        self.lines = lines
    }

    public struct Line: Sendable, Hashable {
        public var date: CalendarDate?
        public var employee: String
        public var project: String
        public var task: String
        public var item: String
        public var quantity: Decimal
        public var rate: Decimal
        public var amount: Decimal
        public var debitAccount: String
        public var creditAccount: String
        public var description: String
        public init(
            date: CalendarDate?, employee: String, project: String, task: String, item: String, quantity: Decimal,
            rate: Decimal, amount: Decimal, debitAccount: String, creditAccount: String, description: String
        ) {
            self.date = date
            self.employee = employee
            self.project = project
            self.task = task
            self.item = item
            self.quantity = quantity
            self.rate = rate
            self.amount = amount
            self.debitAccount = debitAccount
            self.creditAccount = creditAccount
            self.description = description
        }
    }
}
