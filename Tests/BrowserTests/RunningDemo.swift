import BuiltPrograms
import Foundation
import TestSupport

/// `ferje demo`, filled and serving: its own pages and the sandbox's, each on a port of its own.
func withRunningDemo(
    _ arguments: [String], body: (_ facts: [String: String], _ folder: URL) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let (pages, sandbox) = (try freePort(), try freePort())
        let demo = try FerjeProgram(folder: folder).start(
            ["demo", "--web-port", String(pages), "--port", String(sandbox)] + arguments)
        let address = "http://127.0.0.1:\(pages)"
        try await eventually("the demonstration serves its pages", within: .seconds(600)) {
            demo.outputSoFar.contains("\(address)/") || !demo.isRunning
        }
        try await body(
            [
                "pages": address, "sandbox": "http://127.0.0.1:\(sandbox)", "password": "prøvetur over fjorden",
            ], folder)
        demo.signal(SIGTERM)
        _ = try await demo.outcome()
    }
}
