import TestSupport

/// Many worlds, on all cores.
public struct Storm: Sendable {
    public var seeds: Range<UInt64>
    /// Of so many seeds one lives on PostgreSQL, in whole laps of directed worlds, so that each of them brings all pairs; 0 for
    /// none, 1 for all.
    public var postgresEvery: UInt64
    public var cores: Int

    public init(seeds: Range<UInt64>, postgresEvery: UInt64, cores: Int) {
        self.seeds = seeds
        self.postgresEvery = postgresEvery
        self.cores = cores
    }

    private func kind(of seed: UInt64) -> TestDatabaseKind {
        if postgresEvery < 2 { return postgresEvery == 1 ? .postgres : .sqlite }
        let lap = seed / 6 / UInt64(Goal.lap)
        return seed % 6 == 0 && lap % max(1, postgresEvery / 6) == 0 ? .postgres : .sqlite
    }

    /// Lives through them and tells of each as it ends. `goesOn` ends it before all seeds are lived through.
    public func run(
        in haven: Haven, goesOn: @escaping @Sendable () -> Bool = { true }, progress: (Tally) -> Void = { _ in }
    ) async throws -> Tally {
        var tally = Tally()
        let threads = (0..<cores).map { _ in WorldThread() }
        for thread in threads { thread.start() }
        defer { for thread in threads { thread.stop() } }
        try await withThrowingTaskGroup(of: (Outcome, WorldThread).self) { group in
            var next = seeds.lowerBound
            func add(on thread: WorldThread) {
                guard next < seeds.upperBound, goesOn() else { return }
                let (seed, kind) = (next, kind(of: next))
                next += 1
                group.addTask(executorPreference: thread) {
                    (try await haven.run(seed: seed, on: kind), thread)
                }
            }
            for thread in threads { add(on: thread) }
            while let (outcome, thread) = try await group.next() {
                tally.add(outcome)
                progress(tally)
                add(on: thread)
            }
        }
        return tally
    }
}

/// What came of many worlds.
public struct Tally: Sendable {
    public private(set) var worlds: [TestDatabaseKind: Int] = [:]
    /// Those on SQLite that lived on a file.
    public private(set) var onFiles = 0
    public private(set) var lived = Duration.zero
    public private(set) var calls = 0
    public private(set) var transactions = 0
    public private(set) var documents = 0
    /// The longest that it took after a storm until everything had come to its end.
    public private(set) var longestRest = Duration.zero
    public private(set) var failing: [Outcome] = []
    /// Worlds in which both happened.
    private var pairs: [TestDatabaseKind: [Pair: Int]] = [:]
    private var strikes: [TestDatabaseKind: [Fault: Int]] = [:]
    private var crashes: [TestDatabaseKind: [CrashPoint: Int]] = [:]
    /// How many worlds it took until each pair had happened.
    private var wholeAfter: [TestDatabaseKind: Int] = [:]

    public var count: Int { worlds.values.reduce(0, +) }

    mutating func add(_ outcome: Outcome) {
        worlds[outcome.kind, default: 0] += 1
        if outcome.onFile { onFiles += 1 }
        lived += outcome.lived
        longestRest = max(longestRest, outcome.restedAfter)
        calls += outcome.calls
        transactions += outcome.transactions
        documents += outcome.documents
        for fault in outcome.struck {
            strikes[outcome.kind, default: [:]][fault, default: 0] += 1
            for point in outcome.reached {
                pairs[outcome.kind, default: [:]][Pair(fault: fault, point: point), default: 0] += 1
            }
        }
        for point in outcome.reached { crashes[outcome.kind, default: [:]][point, default: 0] += 1 }
        if wholeAfter[outcome.kind] == nil, pairs[outcome.kind]?.count == Pair.all.count {
            wholeAfter[outcome.kind] = worlds[outcome.kind]
        }
        if !outcome.violations.isEmpty { failing.append(outcome) }
    }

    /// Simulated years, to a hundredth.
    public var years: String {
        let hundredths = lived.components.seconds / 315_576
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    /// The pairs that have not happened there.
    public func missing(on kind: TestDatabaseKind) -> [Pair] { Pair.all.filter { pairs[kind]?[$0] == nil } }

    /// How soon all pairs had happened, or which have not.
    public func reach(on kind: TestDatabaseKind) -> String {
        let missing = missing(on: kind)
        if missing.isEmpty { return "all \(Pair.all.count) pairs within \(wholeAfter[kind] ?? 0) worlds" }
        let names = missing.prefix(40).map { "\($0.fault.rawValue) × \($0.point.rawValue)" }.joined(separator: ", ")
        let more = missing.count > 40 ? " and \(missing.count - 40) more" : ""
        return "\(Pair.all.count - missing.count) of \(Pair.all.count) pairs; not yet \(names)\(more)"
    }

    /// Fault × crash point, in how many worlds both happened: on SQLite / on PostgreSQL.
    public func coverage() -> String {
        func cell(_ count: (TestDatabaseKind) -> Int?) -> String {
            "\(count(.sqlite) ?? 0)/\(count(.postgres) ?? 0)"
        }
        let points = CrashPoint.allCases
        var lines = [
            "| | worlds | " + points.map(\.rawValue).joined(separator: " | ") + " |",
            "|---|---|" + points.map { _ in "---|" }.joined(),
            "| worlds | \(cell { worlds[$0] }) | "
                + points.map { point in cell { crashes[$0]?[point] } }.joined(separator: " | ") + " |",
        ]
        for fault in Fault.allCases {
            let cells = points.map { point in cell { pairs[$0]?[Pair(fault: fault, point: point)] } }
            lines.append(
                "| \(fault.rawValue) | \(cell { strikes[$0]?[fault] }) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}
