import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Operations
@testable import Sync

/// The life of companies by request: for whoever has the operator's key, by the code of the commands, and for nobody else.
@Suite struct OperatorAPITests {
    private static let routes: [(HTTPRequest.Method, String)] = [
        (.get, ""), (.post, ""), (.post, "/ror/pause"), (.post, "/ror/resume"), (.get, "/ror/export"),
        (.post, "/ror/delete"),
    ]

    // MARK: - Who comes in

    @Test func withoutAKeyInTheConfigurationThereAreNoRoutes() async throws {
        try await withCompanies(.sqlite) { rig throws in
            for (method, path) in Self.routes {
                #expect(try await rig.call(method, path, hasAPI: false).status == .notFound)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whoDoesNotShowTheKeyLearnsNothingAndChangesNothing(kind: TestDatabaseKind) async throws {
        try await withCompanies(kind) { rig throws in
            let ofCompany = try await rig.database.transaction(company: CompanyID("ror")) { transaction in
                try ProgramKey.create(
                    name: "lønn", role: .administrator, expiresAt: .testStart + .seconds(86_400), maker: nil,
                    by: Actor(username: "drift", role: .administrator), at: .testStart, randomness: .seeded(4),
                    in: transaction
                ).text
            }
            let before = try await rig.everything()
            for shown in [
                nil, "", "Bearer", "Bearer \(ofCompany)", "Bearer \(Rig.key)x", "Bearer \(Rig.key.dropLast())",
                "Basic \(Rig.key)", Rig.key,
            ] {
                for (method, path) in Self.routes + [(.post, "/nobody/pause")] {
                    rig.clock.advance(by: .seconds(60))
                    let answer = try await rig.call(method, path, key: shown, body: #"{"reason":"x","name":"Rør AS"}"#)
                    #expect(answer.status == .unauthorized, "\(method) \(path) \(shown ?? "nothing")")
                    #expect(answer.headers[.wwwAuthenticate] == "Bearer")
                    #expect(try answer.object()["code"] as? String == "keyNeeded")
                    #expect(!answer.text.contains("Rør"))
                }
            }
            #expect(try await rig.everything() == before)
        }
    }

    @Test func whoShowsWrongKeysIsNotListenedToForAMinute() async throws {
        try await withCompanies(.sqlite) { rig throws in
            for _ in 1...OperatorDoor.mostFailures {
                #expect(try await rig.call(.get, "", key: "Bearer wrong-wrong-wrong").status == .unauthorized)
            }
            // Now the right one is not looked at either: a guess must not show itself.
            let refused = try await rig.call(.get, "")
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "60")
            rig.clock.advance(by: .seconds(60))
            #expect(try await rig.call(.get, "").status == .ok)
            let told = rig.log.lines.filter { $0.contains("key was missing or wrong") }
            #expect(told.count == OperatorDoor.mostFailures)
            #expect(!rig.log.lines.joined().contains("wrong-wrong"), "what was shown may be nearly the key")
        }
    }

    @Test func addressesAreCountedApartAndTakeLittleRoom() throws {
        let clock = TestClock()
        let key = try #require(OperatorKey(Rig.key))
        let door = OperatorDoor(key: key, clock: clock.clock, logger: LogBook().logger)
        for number in 0..<OperatorDoor.mostAddresses {
            #expect(throws: OperatorProblem.keyNeeded) { try door.admit(nil, from: "10.0.\(number)") }
        }
        try door.admit("Bearer \(Rig.key)", from: "10.0.1")
        // One room for all that come after: the tenth failure shuts it, whoever it was.
        for number in 0..<OperatorDoor.mostFailures {
            #expect(throws: OperatorProblem.keyNeeded) { try door.admit(nil, from: "10.1.\(number)") }
        }
        #expect(throws: OperatorProblem.tooMany(.seconds(60))) {
            try door.admit("Bearer \(Rig.key)", from: "10.2.1")
        }
        try door.admit("Bearer \(Rig.key)", from: "10.0.1")
    }

    @Test func aKeyIsLongVisibleAndNeverShown() throws {
        #expect(OperatorKey(String(Rig.key.prefix(31))) == nil)
        #expect(OperatorKey(String(repeating: "å", count: 40)) == nil)
        #expect(OperatorKey(String(repeating: " ", count: 40)) == nil)
        let key = try #require(OperatorKey(Rig.key))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains(Rig.key)) }
    }

    // MARK: - What can be done

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyIsMadePausedAndResumed(kind: TestDatabaseKind) async throws {
        try await withCompanies(kind) { rig throws in
            let made = try await rig.call(.post, "", body: #"{"name":"Tak og Tårn AS","id":"tak"}"#)
            #expect(made.status == .created)
            #expect(
                try made.object() as? [String: String]
                    == ["id": "tak", "name": "Tak og Tårn AS", "code": "tak", "state": "active"])
            let jobs = try await rig.database.read(company: CompanyID("tak")) { transaction in
                try transaction.query("SELECT name FROM job WHERE company_id = \(transaction.company)").count
            }
            #expect(jobs == JobName.allCases.count)

            let paused = try await rig.call(.post, "/tak/pause", body: #"{"reason":" flytter "}"#)
            #expect(paused.status == .ok)
            #expect(try paused.object()["state"] as? String == "paused")
            #expect(try paused.object()["working"] as? [String] == [])
            let listed = try await rig.call(.get, "").object()["companies"] as? [[String: String]]
            #expect(listed?.map { $0["state"] } == ["active", "paused"])
            #expect(listed?.map { $0["id"] } == ["ror", "tak"])
            #expect(try await rig.call(.post, "/tak/resume").object()["state"] as? String == "active")

            let trail = try await rig.database.read(company: CompanyID("tak")) { transaction in
                try transaction.query(
                    """
                    SELECT actor, action, reason FROM audit WHERE company_id = \(transaction.company)
                        AND subject_kind = 'company' ORDER BY id
                    """
                ).map {
                    "\(try $0.get("actor", as: String.self)): \(try $0.get("action", as: String.self)) "
                        + (try $0.get("reason", as: String.self))
                }
            }
            #expect(trail == ["operator (API): company paused flytter", "operator (API): company active "])
        }
    }

    private static let wrong: [(String, String, HTTPResponse.Status, String)] = [
        ("", "", .badRequest, "badField"), ("", "{}", .badRequest, "badField"),
        ("", #"{"name":true}"#, .badRequest, "badField"), ("", #"{"name":"  "}"#, .unprocessableContent, "rule"),
        ("", #"{"name":"Ny AS","id":"ror"}"#, .conflict, "taken"),
        ("", #"{"name":"Ny AS","id":""}"#, .unprocessableContent, "rule"),
        ("", #"{"name":"Ny AS","id":"*"}"#, .unprocessableContent, "rule"),
        ("", #"{"name":"Ny AS","nmae":"x"}"#, .badRequest, "badField"), ("", "[]", .badRequest, "notJSON"),
        ("", #"{"name":7}"#, .badRequest, "notJSON"), ("", #"{"name":"Ny AS""#, .badRequest, "notJSON"),
        ("/ror/pause", "{}", .unprocessableContent, "reasonMissing"),
        ("/ror/pause", #"{"reason":" "}"#, .unprocessableContent, "reasonMissing"),
        ("/nobody/pause", #"{"reason":"x"}"#, .notFound, "notFound"),
        ("/ror'%20OR%20'1'='1/pause", #"{"reason":"x"}"#, .notFound, "notFound"),
        ("/*/pause", #"{"reason":"x"}"#, .notFound, "notFound"), ("/ror/resume", "", .conflict, "companyState"),
        ("/ror/resume", #"{"despiteMove":true}"#, .badRequest, "badField"),
        ("/ror/delete", "", .badRequest, "badField"),
        ("/ror/delete", #"{"name":"rør as"}"#, .unprocessableContent, "nameDiffers"),
        ("/ror/delete", #"{"name":"Rør AS"}"#, .conflict, "companyState"),
        ("/ror/delete", #"{"name":"Rør AS","keptElsewhere":"yes"}"#, .badRequest, "badField"),
        ("/nobody/delete", #"{"name":"Rør AS"}"#, .notFound, "notFound"),
    ]

    @Test(arguments: TestDatabaseKind.allCases)
    func whatCannotBeDoneIsToldAndChangesNothing(kind: TestDatabaseKind) async throws {
        try await withCompanies(kind) { rig throws in
            let before = try await rig.everything()
            for (path, body, status, code) in Self.wrong {
                let answer = try await rig.call(.post, path, body: body)
                #expect(answer.status == status, "\(path) \(body): \(answer.text)")
                #expect(answer.headers[.contentType] == "application/problem+json")
                let told = try answer.object()
                #expect(told["code"] as? String == code, "\(path) \(body)")
                #expect(told["status"] as? Int == status.code)
            }
            let large = #"{"name":""# + String(repeating: "x", count: OperatorBody.largest) + #""}"#
            #expect(try await rig.call(.post, "", body: large).status == .contentTooLarge)
            #expect(try await rig.call(.post, "", body: #"{"name":"Ny"}"#, type: "text/plain").status.code == 415)
            #expect(try await rig.call(.get, "/nobody/export").status == .notFound)
            #expect(try await rig.everything() == before)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyIsDeletedByItsNameOnly(kind: TestDatabaseKind) async throws {
        try await withCompanies(kind) { rig throws in
            _ = try await rig.call(.post, "", body: #"{"name":"Tak AS","id":"tak"}"#)
            try await rig.transferSomething()
            _ = try await rig.call(.post, "/ror/pause", body: #"{"reason":"slutter"}"#)
            let kept = try await rig.call(.post, "/ror/delete", body: #"{"name":"Rør AS"}"#)
            #expect(kept.status == .conflict)
            #expect(try kept.object()["code"] as? String == "dutyToKeep")
            let gone = try await rig.call(.post, "/ror/delete", body: #"{"name":"Rør AS","keptElsewhere":true}"#)
            #expect(gone.status == .ok, "\(gone.text)")
            let left = try await rig.call(.get, "").object()["companies"] as? [[String: String]]
            #expect(left?.map { $0["id"] } == ["tak"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anExportIsTheArchiveOfTheCommandsFiles(kind: TestDatabaseKind) async throws {
        try await withCompanies(kind) { rig throws in
            try await rig.transferSomething()
            let answer = try await rig.call(.get, "/ror/export")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/x-tar")
            #expect(answer.headers[.contentLength] == "\(answer.body.readableBytes)")
            let archived = try Tar.files(in: Array(answer.body.readableBytesView))
            let folder = rig.folder.appending(path: "by-command")
            _ = try await CompanyFiles(company: CompanyID("ror"), in: rig.database).write(to: folder)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.count > 50)
            #expect(Set(archived.keys) == Set(names))
            for name in names {
                #expect(archived[name] == Array(try Data(contentsOf: folder.appending(path: name))), "\(name)")
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: rig.folder.path) == ["by-command"],
                "nothing of it stays on the disk")
        }
    }

    /// PostgreSQL with two roles: the program's own cannot delete what has happened, and says so before it begins.
    @Test func aRoleThatOwnsNothingDeletesNoCompany() async throws {
        try await withDatabaseAddress(.postgres, migrations: SyncSchema.all) { address in
            guard case .postgres(let url) = address else { return }
            let owner = try PostgresDatabase(url: url, poolSize: 1, clock: .frozen)
            let program = try PostgresDatabase(
                url: url.replacing("://ferje@", with: "://ferje_rows@"), poolSize: 1, clock: .frozen)
            try await owner.lendRows(to: program.roleName(), appendOnly: ["audit"])
            #expect(try await owner.mayDelete(from: "audit"))
            #expect(try await !program.mayDelete(from: "audit"))
            try await withTemporaryFolder { folder in
                let rig = Rig(database: program, clock: TestClock(), folder: folder)
                _ = try await rig.call(.post, "", body: #"{"name":"Rør AS","id":"ror"}"#)
                _ = try await rig.call(.post, "/ror/pause", body: #"{"reason":"slutter"}"#)
                let before = try await rig.everything()
                let answer = try await rig.call(.post, "/ror/delete", body: #"{"name":"Rør AS"}"#)
                #expect(answer.status == .conflict)
                #expect(try answer.object()["code"] as? String == "mayNotDelete")
                #expect(try await rig.everything() == before)
            }
            try await owner.close()
            try await program.close()
        }
    }

    @Test func aFaultOfOursIsToldByANumberOnly() async throws {
        try await withCompanies(.sqlite) { rig throws in
            _ = try await rig.database.transactionAcrossCompanies { try $0.execute("DROP TABLE outbox") }
            let answer = try await rig.call(.get, "/ror/export")
            #expect(answer.status == .internalServerError)
            let reference = try #require(try answer.object()["reference"] as? String)
            #expect(!answer.text.contains("outbox"))
            #expect(rig.log.lines.contains { $0.contains(reference) && $0.contains("outbox") })
            #expect(try FileManager.default.contentsOfDirectory(atPath: rig.folder.path) == [])
        }
    }

    // MARK: - The archive's folder

    @Test func whatAKilledProcessLeftGoesWithTheNextArchive() async throws {
        try await withTemporaryFolder { parent in
            let left = parent.appending(path: "archive-left00")
            try FileManager.default.createDirectory(at: left, withIntermediateDirectories: false)
            try Data("all of a company".utf8).write(to: left.appending(path: "worker.json"))
            let one = try ArchiveFolder(in: parent)
            #expect(!FileManager.default.fileExists(atPath: left.path))
            let other = try ArchiveFolder(in: parent)
            #expect(FileManager.default.fileExists(atPath: one.url.path), "somebody still reads it")
            let mode = try FileManager.default.attributesOfItem(atPath: one.url.path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            one.remove()
            #expect(!FileManager.default.fileExists(atPath: one.url.path))
            #expect(FileManager.default.fileExists(atPath: other.url.path))
        }
    }
}

/// A server with the API over one database with the company `ror`.
private struct Rig {
    static let key = "0123456789abcdef0123456789abcdef"

    let database: any SQLDatabase
    let clock: TestClock
    let folder: URL
    let log = LogBook()
    private let server: OperatorServer
    private let bare: OperatorServer

    init(database: any SQLDatabase, clock: TestClock, folder: URL) {
        let logger = log.logger
        let lookout = Lookout(database: database, clock: clock.clock, logger: logger)
        func server(_ companies: OperatorAPI?) -> OperatorServer {
            OperatorServer(
                place: .init(host: "127.0.0.1", port: 1), lookout: lookout, collector: PrometheusCollector(),
                companies: companies, sleep: { _ in }, logger: logger)
        }
        let api = OperatorKey(Self.key).map { key in
            OperatorAPI(
                key: key, database: database, clock: clock.clock, randomness: .seeded(3), folder: folder,
                logger: logger)
        }
        (self.server, bare) = (server(api), server(nil))
        (self.database, self.clock, self.folder) = (database, clock, folder)
    }

    struct Answer {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var body: ByteBuffer
        var text: String { String(buffer: body) }

        func object() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any])
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, key: String? = "Bearer \(Rig.key)", body: String? = nil,
        type: String = "application/json", hasAPI: Bool = true
    ) async throws -> Answer {
        var headers = HTTPFields()
        headers[.authorization] = key
        if body != nil { headers[.contentType] = type }
        let sent = (headers, body.map { ByteBuffer(string: $0) })
        return try await Application(router: (hasAPI ? server : bare).router()).test(.router) { client in
            try await client.execute(
                uri: OperatorAPI.root + path, method: method, headers: sent.0, body: method == .get ? nil : sent.1
            ) { Answer(status: $0.status, headers: $0.headers, body: $0.body) }
        }
    }

    /// All rows of all tables with rows of companies, and of the companies.
    func everything() async throws -> [String] {
        try await database.readAcrossCompanies { connection in
            try (["company"] + CompanyTable.all.map(\.name)).flatMap { table in
                try connection.query(SQL(stringLiteral: "SELECT * FROM \(table)")).map { row in
                    let cells = try row.columnNames.map { "\($0)=\(try row.get($0, as: SQLValue.self))" }
                    return "\(table) \(cells.joined(separator: " "))"
                }
            }.sorted()
        }
    }

    func transferSomething() async throws {
        _ = try await database.transactionAcrossCompanies { connection in
            try connection.execute(
                """
                INSERT INTO export_document (company_id, id, kind, project_number, period, reference, payload,
                    payload_sha256, state, next_step_at, epoch, erp_number, run_id, created_at, changed_at)
                VALUES ('ror', 'd', 'hours', 'P', '202611', 'r', '', '', 'confirmed', 0, 1, '1', 'x', 0, 0)
                """)
        }
    }
}

private func withCompanies(_ kind: TestDatabaseKind, _ body: (Rig) async throws -> Void) async throws {
    let clock = TestClock()
    try await withTemporaryFolder { folder in
        try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
            _ = try await database.transactionAcrossCompanies { connection in
                try CompanyStart.make(name: "Rør AS", id: CompanyID("ror"), in: connection)
            }
            try await body(Rig(database: database, clock: clock, folder: folder))
        }
    }
}

/// Reads an archive by the book: name, size and the sum of the header.
private enum Tar {
    static func files(in bytes: [UInt8]) throws -> [String: [UInt8]] {
        var (files, place) = ([String: [UInt8]](), 0)
        while place + 512 <= bytes.count, bytes[place] != 0 {
            let header = Array(bytes[place..<place + 512])
            func text(_ range: Range<Int>) -> String {
                String(decoding: header[range].prefix { $0 != 0 }, as: UTF8.self)
            }
            let blank = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
            #expect(Int(text(148..<154), radix: 8) == blank)
            #expect(text(257..<262) == "ustar")
            let size = try #require(Int(text(124..<135), radix: 8))
            let start = place + 512
            files[text(0..<100)] = Array(bytes[start..<start + size])
            place = start + (size + 511) / 512 * 512
        }
        #expect(bytes.count - place == 1024)
        return files
    }
}
