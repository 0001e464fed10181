import AsyncHTTPClient
import BuiltPrograms
import Foundation
import NIOCore
import NIOHTTP1
import Persistence
import Testing
import TestSupport

/// What a process of `ferje serve` does by its role, as an operator sees it from outside.
@Suite struct ServeTests {
    @Test func aProcessTellsItsHealthAndFiguresOnAPortOfItsOwn() async throws {
        try await withTemporaryFolder { folder in
            let (pages, operators) = (try freePort(), try freePort())
            let program = FerjeProgram(
                environment: ["FERJE_WEB_PORT": "\(pages)", "FERJE_OPERATOR_PORT": "\(operators)"], folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let server = try program.start(["serve"])
            try await eventually("it is ready") { try await ask(operators, "/helse/klar")?.status == 200 }
            #expect(try await ask(operators, "/helse/lever")?.status == 200)
            #expect(try await ask(pages, "/inn")?.status == 200)
            let metrics = try #require(try await ask(operators, "/metrics")?.text)
            #expect(metrics.contains("ferje_database_up 1\n"))
            #expect(metrics.contains("ferje_companies{state=\"active\"} 1\n"))
            #expect(metrics.contains("ferje_http_requests_total{answer=\"2xx\",kind=\"page\"} 1\n"))
            #expect(!metrics.contains("ror"))
            // The pages' own port has none of it.
            #expect(try await ask(pages, "/metrics")?.status == 404)
            server.signal(SIGTERM)
            #expect(try await server.outcome().status == 0)
        }
    }

    @Test func aProcessForThePagesClaimsNoJobAndOneForTheJobsServesNoPage() async throws {
        try await withDatabaseAddress(.postgres) { address in
            guard case .postgres(let url) = address else { return }
            try await withTemporaryFolder { folder in
                try await roles(url, folder)
            }
        }
    }

    private func roles(_ url: String, _ folder: URL) async throws {
        let key = folder.appending(path: "master.key")
        try Data(String(repeating: "ab", count: 32).utf8).write(to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        let (pages, operators, ofWorker) = (try freePort(), try freePort(), try freePort())
        let program = FerjeProgram(
            environment: [
                "FERJE_DATABASE_URL": url, "FERJE_MASTER_KEY_FILE": key.path, "FERJE_WEB_PORT": "\(pages)",
                "FERJE_VISMA_CLIENT_ID": "none", "FERJE_VISMA_CLIENT_SECRET": "none",
            ], folder: folder)
        try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")

        let web = try program.with(["FERJE_OPERATOR_PORT": "\(operators)"]).start(["serve", "--web"])
        try await eventually("the pages are ready") { try await ask(operators, "/helse/klar")?.status == 200 }
        try await program.succeed("company", "job", "restart", "customers")
        // It has been due for longer than anybody who looks for jobs leaves it: the hint comes at once, the look after 5 s.
        try await eventually("the job has waited") {
            let lag = try await figure("ferje_job_lag_seconds{job=\"customers\"}", operators)
            return lag.map { $0 > 6 } == true
        }
        #expect(try await figure("ferje_jobs_due{job=\"customers\"}", operators) == 1)
        #expect(try await ask(pages, "/inn")?.status == 200)

        let worker = try program.with([
            "FERJE_OPERATOR_PORT": "\(ofWorker)", "FERJE_WEB_PORT": "\(try freePort())",
        ]).start(["serve", "--worker"])
        try await eventually("the worker has run it") {
            let name = "ferje_runs_total{error=\"reconnect\",job=\"customers\",outcome=\"failed\"}"
            return try await figure(name, ofWorker) == 1
        }
        web.signal(SIGTERM)
        #expect(try await web.outcome().status == 0)
        #expect(try await ask(pages, "/inn") == nil, "nobody serves pages any more")
        try await eventually("the worker is ready") { try await ask(ofWorker, "/helse/klar")?.status == 200 }
        worker.signal(SIGTERM)
        #expect(try await worker.outcome().status == 0)
    }

    /// On a SQLite file the serving process is the only way to a company's life: the commands find the file taken.
    @Test func anOperatorLeadsACompanysLifeThroughAServingProcess() async throws {
        try await withTemporaryFolder { folder in
            let (pages, operators) = (try freePort(), try freePort())
            let key = "0123456789abcdef0123456789abcdef"
            let program = FerjeProgram(
                environment: [
                    "FERJE_WEB_PORT": "\(pages)", "FERJE_OPERATOR_PORT": "\(operators)", "FERJE_LANGUAGE": "en",
                ], folder: folder)
            let short = try await program.with(["FERJE_OPERATOR_KEY": String(key.dropLast())]).run("serve")
            #expect(short.status == 5)
            #expect(!short.errors.contains(key.dropLast()) && short.errors.contains("FERJE_OPERATOR_KEY"))
            let server = try program.with(["FERJE_OPERATOR_KEY": key]).start(["serve"])
            try await eventually("it is ready") { try await ask(operators, "/helse/klar")?.status == 200 }

            let companies = "/api/v1/companies"
            #expect(try await ask(operators, companies)?.status == 401)
            #expect(try await ask(operators, companies, key: key, #"{"name":"Rør AS","id":"ror"}"#)?.status == 201)
            #expect(try await ask(operators, companies + "/ror/pause", key: key, #"{"reason":"x"}"#)?.status == 200)
            #expect(try await program.run("company", "list").status == 6)
            let archive = try #require(try await ask(operators, companies + "/ror/export", key: key))
            #expect(archive.status == 200)
            let file = folder.appending(path: "company.tar")
            try archive.bytes.write(to: file)
            let unpacked = try Running(
                program: URL(fileURLWithPath: "/bin/tar"), arguments: ["-xvf", file.path], environment: [:],
                folder: folder)
            let outcome = try await unpacked.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            let manifest = try JSONSerialization.jsonObject(
                with: Data(contentsOf: folder.appending(path: "manifest.json")))
            #expect((manifest as? [String: Any])?["name"] as? String == "Rør AS")
            #expect(outcome.output.contains("hour_entry.csv"))

            let gone = try await ask(operators, companies + "/ror/delete", key: key, #"{"name":"Rør AS"}"#)
            #expect(gone?.text == #"{"deleted":"ror"}"#)
            // The pages' own port has none of it.
            #expect(try await ask(pages, companies, key: key)?.status == 404)
            server.signal(SIGTERM)
            let ended = try await server.outcome()
            #expect(ended.status == 0)
            #expect(!ended.errors.contains(key))
        }
    }

    private struct Answer: Equatable {
        var status: UInt
        var bytes: Data
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Nil when nobody answers there.
    private func ask(
        _ port: Int, _ path: String, key: String? = nil, _ body: String? = nil
    ) async throws -> Answer? {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        if let body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)) else { return nil }
        return Answer(
            status: answer.status.code,
            bytes: Data(try await answer.body.collect(upTo: 16 * 1024 * 1024).readableBytesView))
    }

    private func figure(_ series: String, _ port: Int) async throws -> Double? {
        let text = try await ask(port, "/metrics")?.text
        return text?.split(separator: "\n").first { $0.hasPrefix(series + " ") }
            .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
    }
}
