import Persistence
import Sync
import Synchronization
import TestSupport
import VismaNetSandbox

/// What came of one world.
public struct Outcome: Sendable {
    public var seed: UInt64
    public var kind: TestDatabaseKind
    /// On SQLite: whether it lived on a file.
    public var onFile: Bool
    public var violations: [Violation]
    public var struck: Set<Fault>
    public var reached: Set<CrashPoint>
    /// How much time passed in the world.
    public var lived: Duration
    /// How long after the storm everything had come to its end.
    public var restedAfter: Duration
    public var calls: Int
    public var transactions: Int
    public var documents: Int
    public var digest: String
    /// Empty unless asked for.
    public var history: [String]
}

extension Haven {
    /// Of so many worlds on SQLite one lives on a file, as the product does; the others in memory.
    public static let filesEvery: UInt64 = 32

    /// Lives through the world of one seed.
    public nonisolated func run(
        seed: UInt64, on kind: TestDatabaseKind = .sqlite, onFile: Bool? = nil, bite: Bite? = nil,
        keepsHistory: Bool = false
    ) async throws -> Outcome {
        let weather = Weather(seed: seed)
        let onFile = kind == .sqlite && (onFile ?? (seed % Self.filesEvery == 0))
        let place = try await place(kind, alone: kind == .sqlite ? onFile : weather.needsOwnServer)
        let world = try World(weather, at: place, in: self, bite: bite, keepsLines: keepsHistory)
        do {
            try await world.whole()
        } catch {
            world.violate("live", "the world ended: \(error)")
        }
        let lived = world.clock.erp - (Haven.begin + world.weather.start)
        await world.end()
        await remove(place)
        let documents = world.sandbox.ledger()
        for entry in documents { world.tell("ledger", "\(entry.event) \(entry.refNbr) \(entry.document.lines.count)") }
        return world.state.withLock { state in
            Outcome(
                seed: seed, kind: kind, onFile: onFile, violations: state.watch.violations, struck: state.struck,
                reached: state.reached, lived: lived, restedAfter: state.restedAfter, calls: state.watch.calls,
                transactions: state.watch.transactions, documents: documents.count,
                digest: state.chronicle.digest, history: state.chronicle.lines)
        }
    }
}

extension World {
    fileprivate func whole() async throws {
        tell(
            "world",
            "seed \(weather.seed), \(weather.theme) \((weather.goal.map { $0.faults.map(\.rawValue) + $0.points.map(\.rawValue) } ?? []).joined(separator: " ")), \(weather.mode), \(weather.workers) processes, pages of \(weather.pageSize), faults \(weather.faults.map { "\($0.fault.rawValue)#\($0.nth)" }), mix \(weather.mix.map(\.rawValue)) at \(weather.rate) %, crashes \(weather.crashes.map { "\($0.point.rawValue)#\($0.nth)" })"
        )
        try await begin()
        let end = clock.erp + weather.length
        try await live(until: end)
        try await insist()
        try await calmDown()
        try await Judge(self).judge()
    }

    private func begin() async throws {
        let automatic = weather.isAutomatic
        for company in Haven.companies.indices where company == 0 || weather.theme == .companies {
            let shells = weather.mode == .shell
            try await inCompany(company) { transaction in
                if automatic {
                    for job in JobName.allCases { try transaction.setJob(job, enabled: true, automatic: true) }
                }
                guard shells else { return }
                var probe = ERPProbe(emptyAccepted: true)
                (probe.holdHonoured, probe.versionEnforced) = (true, true)
                try transaction.store(probe, by: "storm")
            }
        }
        if weather.isInteractive {
            state.withLock { $0.isCalm = true }
            let worker = try await startWorker()
            try await signIn(0, worker.connections)
            state.withLock { $0.isCalm = false }
        }
    }
}
