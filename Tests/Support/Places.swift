/// So many at a time; who comes first is served first. All tests start at once, so that without it all would hold what
/// they need at once.
actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    /// Not for use within itself.
    nonisolated func lend<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        await take()
        do {
            let answer = try await body()
            await giveBack()
            return answer
        } catch {
            await giveBack()
            throw error
        }
    }

    private func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().resume()
    }
}
