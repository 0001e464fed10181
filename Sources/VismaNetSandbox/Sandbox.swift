import Foundation
import Synchronization

/// A local Visma.net ERP with its identity server: as strict and as awkward as the real one, with a ledger of its own.
///
/// Drive it over HTTP (`application(port:)`), in process (`respond(to:)`) or as an ERP user (`upsert`, `setPeriod` …).
/// Calls are taken one at a time. The clock gives milliseconds since the epoch, UTC.
public final class Sandbox: Sendable {
    let state: Mutex<SandboxState>
    let sleep: @Sendable (_ milliseconds: Int64) async throws -> Void
    public let configuration: SandboxConfiguration

    /// - Parameters:
    ///   - seed: of tokens, ids and chances; the same seed gives the same run.
    ///   - sleep: waits for latency and held answers, in milliseconds. Tests hand in one that returns at once.
    /// - Throws: when the configuration names a folder that cannot be used.
    public init(
        _ configuration: SandboxConfiguration, companies: [CompanyRecords], seed: UInt64 = 1,
        clock: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (_ milliseconds: Int64) async throws -> Void = { milliseconds in
            try await Task.sleep(for: .milliseconds(milliseconds))
        }
    ) throws {
        var state = SandboxState(
            configuration: configuration, clock: clock, random: SeededGenerator(seed: seed),
            companies: companies.map { SandboxState.Company(records: $0) })
        if let folder = configuration.folder {
            let storage = try Storage(folder: folder)
            for entry in try storage.readLedger() { state.apply(entry) }
            state.grants = try storage.readGrants() ?? Grants()
            // The same seed after a restart would hand out the tokens of the first run again.
            state.random = SeededGenerator(
                seed: seed &+ UInt64(bitPattern: clock()) &* 31 &+ UInt64(state.ledger.count))
            state.storage = storage
        }
        self.state = Mutex(state)
        self.sleep = sleep
        self.configuration = configuration
    }

    /// Every commit in the order it happened, deleted and changed documents included.
    public func ledger() -> [LedgerEntry] {
        state.withLock { state in
            state.settle()
            return state.ledger
        }
    }

    /// Every call to the API and the identity server, in the order of arrival.
    public func requests() -> [SandboxRequest] { state.withLock { $0.requests } }

    public func faults() -> [FaultRule] { state.withLock { $0.faults } }

    /// Puts these rules in place of the old ones; counting starts anew.
    public func setFaults(_ rules: [FaultRule]) { state.withLock { $0.faults = rules } }

    /// A script is a JSON array of rules: `[{"kind":"F02","method":"POST","nth":1}]`.
    public func setFaults(script: URL) throws {
        setFaults(try JSONDecoder().decode([FaultRule].self, from: Data(contentsOf: script)))
    }

    /// What the ERP holds now, for people to look at.
    public func snapshot() -> SandboxSnapshot {
        state.withLock { state in
            state.settle()
            return SandboxSnapshot(
                companies: state.companies.map { .init(records: $0.records, documents: $0.documents) },
                time: state.now())
        }
    }

    /// Answers a call in process.
    /// - Throws: `SandboxConnectionLost` when the caller gets no whole answer.
    public func respond(to call: SandboxCall) async throws -> SandboxAnswer {
        switch await deliver(call) {
        case .whole(let answer): return answer
        case .lost(let milliseconds):
            try await sleep(milliseconds)
            throw SandboxConnectionLost()
        case .cut: throw SandboxConnectionLost()
        }
    }

    func deliver(_ call: SandboxCall) async -> Delivery {
        if configuration.latency > 0 { try? await sleep(configuration.latency) }
        return state.withLock { $0.receive(call) }
    }
}

/// The records and documents of every company at one moment.
public struct SandboxSnapshot: Sendable {
    public struct Company: Sendable {
        public var records: CompanyRecords
        public var documents: [StoredDocument]
    }

    public var companies: [Company]
    /// Milliseconds since the epoch, UTC, by the server's own clock.
    public var time: Int64
}
