import Foundation

/// Everything that changes. It is synchronous: one call at a time, in the order they reach the lock.
struct SandboxState: Sendable {
    var configuration: SandboxConfiguration
    let clock: @Sendable () -> Int64
    var random: SeededGenerator
    var companies: [Company]
    var grants = Grants()
    var faults: [FaultRule] = []
    var requests: [SandboxRequest] = []
    var ledger: [LedgerEntry] = []
    var late: [LateCommit] = []
    var jobs: [BackgroundJob] = []
    var windows: [String: RateWindow] = [:]
    var lastVersion = 0x4D_18_22
    /// Of the rows that slip into a list while it is read.
    var lastSlipped = 0
    var storage: Storage?

    /// A company with the documents written in it.
    struct Company: Sendable {
        var records: CompanyRecords
        var documents: [StoredDocument] = []
        /// Numbers are not used again, also when their document is gone.
        var lastNumber = 0
        var lastTranID = 1000
    }

    /// The moment of something that became due while nobody called, as long as it is being done.
    var moment: Int64?

    /// The true time; what is stamped on records is `now()`.
    func clockNow() -> Int64 { moment ?? clock() }
    func now() -> Int64 { clockNow() + configuration.wallClockOffset }
    func stampNow() -> String { OsloTime.text(now()) }

    func company(_ tenantID: String) throws -> Company {
        guard let company = companies.first(where: { $0.records.tenantID == tenantID }) else {
            throw Refusal(.gateway("Unauthorized. The company is unknown.", status: 401))
        }
        return company
    }

    func records(_ call: APICall) throws -> CompanyRecords { try company(call.tenantID).records }

    mutating func change(_ tenantID: String, _ body: (inout Company) throws -> Void) rethrows {
        guard let index = companies.firstIndex(where: { $0.records.tenantID == tenantID }) else { return }
        try body(&companies[index])
    }

    /// A wall-clock text as answers show it: no needless zeros (API.md 2.6), with an offset only if configured.
    func shown(_ stamp: String) -> String {
        var text = stamp
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        guard configuration.timesCarryOffset, let milliseconds = OsloTime.milliseconds(local: stamp) else {
            return text
        }
        let hours = OsloTime.offsetSeconds(atMilliseconds: milliseconds) / 3600
        return text + "+0\(hours):00"
    }

    func shownDay(_ day: String?) -> String? { day.map { $0 + "T00:00:00" } }
}

/// One answered, refused or lost call.
public struct SandboxRequest: Sendable {
    /// From 1 in the order of arrival.
    public var number: Int
    /// Milliseconds since the epoch, UTC.
    public var time: Int64
    public var method: String
    public var path: String
    public var query: String
    public var body: String
    /// 0 when the connection was closed without an answer.
    public var status: Int
    public var clientID: String?
    public var tenantID: String?
    /// `F02` and so on.
    public var fault: FaultKind?
}
