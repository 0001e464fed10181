import Testing

/// The pages as people use them: the real server, the sandbox as Visma, and Chromium. One browser at a time.
@Suite(.serialized) struct BrowserTests {
    @Test func aWorkerEntersHoursOnATelephoneAndALeaderApprovesThem() async throws {
        try await withRunningDemo("--size", "small") { facts, folder in
            try await Scenario(name: "hours_and_approval").play(facts, in: folder)
        }
    }
}
