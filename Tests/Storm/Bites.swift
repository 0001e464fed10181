/// Whether the harness finds out about each broken variant, and after how many worlds.
public struct BiteResult: Sendable {
    public var bite: Bite
    /// Worlds lived through, the one that found out included; nil when none did.
    public var worlds: Int?
    public var seed: UInt64
    public var violation: String
}

extension Haven {
    /// The worlds of ordinary storms, in the order of their seeds, until one breaks a rule.
    public nonisolated func find(_ bite: Bite, from first: UInt64 = 0, most: Int) async throws -> BiteResult {
        for seed in first..<first + UInt64(most) {
            let outcome = try await run(seed: seed, bite: bite)
            if let violation = outcome.violations.first {
                return BiteResult(
                    bite: bite, worlds: Int(seed - first) + 1, seed: seed, violation: violation.invariant)
            }
        }
        return BiteResult(bite: bite, worlds: nil, seed: first, violation: "")
    }

    /// These variants, some at a time.
    public nonisolated func find(
        _ bites: [Bite], from first: UInt64 = 0, most: Int, cores: Int, told: @Sendable (BiteResult) -> Void = { _ in }
    ) async throws -> [BiteResult] {
        try await withThrowingTaskGroup(of: BiteResult.self) { group in
            var waiting = bites[...]
            var results: [BiteResult] = []
            func add() {
                guard let bite = waiting.popFirst() else { return }
                group.addTask { try await self.find(bite, from: first, most: most) }
            }
            for _ in 0..<cores { add() }
            while let result = try await group.next() {
                told(result)
                results.append(result)
                add()
            }
            return bites.compactMap { bite in results.first { $0.bite == bite } }
        }
    }
}

extension [BiteResult] {
    public var table: String {
        let rows = map { result in
            let found = result.worlds.map { "\($0)" } ?? "not found"
            return "| \(result.bite.words) | \(found) | \(result.violation) |"
        }
        return (["| broken | worlds until found | by |", "|---|---|---|"] + rows).joined(separator: "\n")
    }
}
