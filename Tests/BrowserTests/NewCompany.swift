import BuiltPrograms
import Foundation
import TestSupport
import Testing

/// `ferje serve` with a company that nobody has used yet, and `ferje sandbox` as its Visma. The facts have the link for
/// the first administrator, and the tenant.
func withNewCompany(
    before serving: (FerjeProgram, SandboxProgram) async throws -> [String: String] = { _, _ in [:] },
    body: (_ facts: [String: String], _ folder: URL) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let port = try freePort()
        let program = FerjeProgram(
            environment: ["FERJE_DATA": folder.appending(path: "data").path, "FERJE_WEB_PORT": String(port)],
            folder: folder)
        let sandbox = try await SandboxProgram.start(program, ["--size", "small"])
        let ferje = program.with(sandbox.environment)
        try await ferje.succeed("company", "create", "Fjordbygg Entreprenør AS", "--id", "fjordbygg")
        let link = try await ferje.succeed("company", "setup-secret", "--json").object()
        var facts = try await serving(ferje, sandbox)
        facts["pages"] = "http://127.0.0.1:\(port)"
        facts["sandbox"] = sandbox.address
        facts["tenant"] = sandbox.tenant
        facts["password"] = "en lang setning å huske"
        facts["firstAdministrator"] = try #require(link["link"] as? String)
        let server = try ferje.start(["serve"])
        try await eventually("the server answers") { server.outputSoFar.contains(":\(port)/") || !server.isRunning }
        try await body(facts, folder)
        server.signal(SIGTERM)
        #expect(try await server.outcome().status == 0)
        sandbox.running.signal(SIGTERM)
        _ = try await sandbox.running.outcome()
    }
}
