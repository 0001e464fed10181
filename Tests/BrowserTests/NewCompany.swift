import BuiltPrograms
import Foundation
import TestSupport
import Testing

/// `ferje serve` with a company that nobody has used yet, and `ferje sandbox` as its Visma. The facts have the link for
/// the first administrator. One item stands there already, under a number that Visma has too.
func withNewCompany(_ body: (_ facts: [String: String], _ folder: URL) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let port = try freePort()
        let program = FerjeProgram(
            environment: ["FERJE_DATA": folder.appending(path: "data").path, "FERJE_WEB_PORT": String(port)],
            folder: folder)
        let sandbox = try await SandboxProgram.start(program, ["--size", "small"])
        let ferje = program.with(sandbox.environment)
        try await ferje.succeed("company", "create", "Fjordbygg Entreprenør AS", "--id", "fjordbygg")
        let items = folder.appending(path: "varer.csv")
        try Data("varenummer;navn;enhet\nTIMER;Timer i felten;TIME\n".utf8).write(to: items)
        try await ferje.succeed("company", "import", items.path)
        let link = try await ferje.succeed("company", "setup-secret", "--json").object()
        let facts = [
            "pages": "http://127.0.0.1:\(port)", "sandbox": sandbox.address, "password": "en lang setning å huske",
            "firstAdministrator": try #require(link["link"] as? String),
        ]
        let server = try ferje.start(["serve"])
        try await eventually("the server answers") { server.outputSoFar.contains(":\(port)/") || !server.isRunning }
        try await body(facts, folder)
        server.signal(SIGTERM)
        #expect(try await server.outcome().status == 0)
        sandbox.running.signal(SIGTERM)
        _ = try await sandbox.running.outcome()
    }
}
