import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing
import VismaNetSandbox

/// `ferje sandbox` as a process of its own, asked over HTTP like the real one.
struct SandboxProgram {
    let running: FerjeProgram.Running
    let address: String
    let tenant: String
    /// What the program must be told to reach it.
    let environment: [String: String]

    static func start(_ program: FerjeProgram, _ arguments: [String]) async throws -> SandboxProgram {
        let running = try program.start(["sandbox", "--json"] + arguments)
        try await eventually("the sandbox tells its address") { running.outputSoFar.contains("\n") }
        let told = try #require(
            JSONSerialization.jsonObject(with: Data(running.outputSoFar.utf8)) as? [String: String])
        let address = try #require(told["address"])
        return SandboxProgram(
            running: running, address: address, tenant: try #require(told["tenantID"]),
            environment: [
                "FERJE_VISMA_API_URL": address, "FERJE_VISMA_AUTHORITY": address,
                "FERJE_VISMA_CLIENT_ID": try #require(told["clientID"]),
                "FERJE_VISMA_CLIENT_SECRET": try #require(told["clientSecret"]),
            ])
    }

    func clearFaults() async throws { _ = try await ask(.DELETE, "/sandbox/faults") }

    func setFaults(_ rules: [FaultRule]) async throws {
        _ = try await ask(.PUT, "/sandbox/faults", JSONEncoder().encode(rules))
    }

    func requests() async throws -> [[String: Any]] {
        let answer = try await ask(.GET, "/sandbox/requests")
        return try #require(try JSONSerialization.jsonObject(with: answer) as? [[String: Any]])
    }

    /// The documents that Visma holds now.
    func documents() async throws -> [[String: Any]] {
        let answer = try await ask(.GET, "/sandbox/ledger")
        let ledger = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
        return try #require(ledger?["documents"] as? [[String: Any]])
    }

    private func ask(_ method: HTTPMethod, _ path: String, _ body: Data? = nil) async throws -> Data {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        return Data(try await answer.body.collect(upTo: 64 * 1024 * 1024).readableBytesView)
    }
}

/// The number of an answer's field, however deep.
func number(_ object: [String: Any], _ path: String...) throws -> Int {
    var current: Any = object
    for key in path { current = try #require((current as? [String: Any])?[key], "\(path)") }
    return try #require((current as? NSNumber)?.intValue, "\(path)")
}
