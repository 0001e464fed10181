import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// Who comes in, whose records they see, and what is not JSON as described.
@Suite struct APIAccessTests {
    @Test(arguments: Role.allCases)
    func aKeyReachesTheRoutesOfItsRoleAndNoOthers(role: Role) async throws {
        try await withWeb { bench in
            let program = try await bench.caller(role)
            for route in API.all where !route.isOpen {
                let path = route.path.replacing("{id}", with: "ukjent")
                let reply = try await program.send(route.method, path, route.body == nil ? nil : "{}")
                if route.roles.contains(role) {
                    #expect(![401, 403, 405, 500].contains(reply.status.code), "\(route.path): \(reply.text)")
                } else {
                    #expect(reply.status == .forbidden, "\(route.path)")
                    #expect(reply.text("code") == "notAllowed")
                }
            }
        }
    }

    @Test func withoutAKeyNothingIsTold() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let nobody = APICaller(client: bench.client, key: "", contract: program.contract)
            for route in API.all where !route.isOpen {
                let path = route.path.replacing("{id}", with: "firma-kari")
                let reply = try await nobody.send(route.method, path, route.body == nil ? nil : "{}")
                #expect(reply.status == .unauthorized, "\(route.path)")
                #expect(reply.headers[.wwwAuthenticate] == "Bearer" && reply.headers[.setCookie] == nil)
            }
            let bench = bench
            try await bench.write { transaction in
                for key in try ProgramKey.all(in: transaction) {
                    try ProgramKey.revoke(key.id, at: bench.clock.now, in: transaction)
                }
            }
            #expect(try await program.get("/workers").status == .unauthorized)
            #expect(try await nobody.get("/openapi.json").status == .ok)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anotherCompanysRecordsAreNotThere(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let own = try await bench.caller(.leader)
            let hours = try await own.post("/hours", delivered("T-1"))
            let goods = try await own.post(
                "/withdrawals",
                #"{"externalID":"U","employeeNumber":"1","projectNumber":"10","itemNumber":"S1","date":"2026-11-16","quantity":1}"#
            )
            #expect([hours.status, goods.status] == [.created, .created])
            let ids = [
                "workers": "firma-kari", "projects": "firma-prosjekt", "customers": "firma-kunde",
                "items": "firma-vare",
                "hours": hours.text("id"), "withdrawals": goods.text("id"),
            ]
            let bodies = [
                "PUT /hours/{id}": HourDeliveryTests.correction, "POST /hours/{id}/approve": "{}",
                "POST /hours/{id}/reject": #"{"comment":"x"}"#,
                "PUT /withdrawals/{id}":
                    #"{"employeeNumber":"1","projectNumber":"10","itemNumber":"S1","date":"2026-11-16","quantity":9}"#,
                "POST /withdrawals/{id}/return":
                    #"{"externalID":"R","employeeNumber":"1","date":"2026-11-16","quantity":1}"#,
            ]
            let stranger = try await bench.caller(.administrator, of: WebBench.otherCompany)
            for route in API.all where route.path.contains("{id}") {
                let kind = try #require(route.path.split(separator: "/").first.map(String.init))
                guard let id = ids[kind] else { continue }
                let path = route.path.replacing("{id}", with: id)
                let reply = try await stranger.send(route.method, path, bodies["\(route.method) \(route.path)"])
                #expect(reply.status == .notFound, "\(route.method) \(path): \(reply.text)")
                // Each in the asking company's trail, once an hour.
                _ = try await stranger.send(route.method, path, bodies["\(route.method) \(route.path)"])
                let misses = try await bench.misses(at: "\(route.method) /api/v1\(route.path)")
                #expect(misses == [WebBench.otherCompany.text], "\(route.method) \(path)")
            }
            #expect(try await bench.rowCount("hour_entry") == 1)
            #expect(try await own.get("/hours/\(hours.text("id"))").json == hours.json)
            // The number of another's record is answered as one that nobody has.
            try await bench.write { transaction in
                _ = try transaction.execute("UPDATE worker SET employee_number = '77' WHERE id = 'firma-kari'")
            }
            let foreign = try await stranger.post("/hours", delivered("T-1", ["employeeNumber": "\"77\""]))
            let unknown = try await stranger.post("/hours", delivered("T-1", ["employeeNumber": "\"78\""]))
            #expect(foreign.status == .unprocessableContent && foreign.text("field") == "employeeNumber")
            #expect(foreign.text.replacing("77", with: "78") == unknown.text)
        }
    }

    @Test func aMethodOrAddressThatIsNotThereIsAProblemToo() async throws {
        try await withWeb { bench in
            let program = try await bench.caller(.leader)
            for (method, path, status) in [
                (HTTPRequest.Method.get, "/finnes-ikke", 404), (.patch, "/hours/1", 405), (.delete, "/workers", 405),
                (.options, "/workers", 405),
            ] {
                let reply = try await program.send(method, path)
                #expect(reply.status.code == status, "\(path)")
                #expect(reply.headers[.contentType] == "application/problem+json")
                #expect(reply.json["status"]?.number == Decimal(status))
                #expect((reply.headers[.allow] != nil) == (status == 405))
            }
        }
    }

    @Test func onlyJSONThatSaysSoIsTaken() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", ""] {
                let reply = try await program.send(
                    .post, "/hours", delivered("T-1"), headers: ["Content-Type": type])
                #expect(reply.status == .unsupportedMediaType, "\(type)")
            }
            for type in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
                let reply = try await program.send(
                    .post, "/hours", delivered("T-1"), headers: ["Content-Type": type])
                #expect(reply.status.code < 300, "\(type)")
            }
            let large = delivered("T-1", ["comment": "\"" + String(repeating: "x", count: 70_000) + "\""])
            #expect(try await program.post("/hours", large).status == .contentTooLarge)
            #expect(try await bench.rowCount("hour_entry") == 1)
        }
    }

    @Test func whatIsNotDescribedIsNamedByItsField() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let wrong: [(KeyValuePairs<String, String>, String)] = [
                (["totl": "1"], "totl"), (["state": "\"approved\""], "state"),
                (["companyID": "\"annet\""], "companyID"),
                (["total": "true"], "total"), (["total": "\"syv\""], "total"), (["total": "[]"], "total"),
                (["total": "1e999"], "total"), (["total": "1e-999"], "total"), (["total": "\"1e2\""], "total"),
                (["total": "99999999999999999999"], "total"), (["total": "\"NaN\""], "total"),
                (["total": "\"0x10\""], "total"), (["date": "\"2026-02-30\""], "date"), (["date": "20261116"], "date"),
                (["date": "\"99999-01-01\""], "date"), (["from": "\"25:00\""], "from"),
                (["breakMinutes": "1.5"], "breakMinutes"), (["breakMinutes": "9223372036854775808"], "breakMinutes"),
                (["employeeNumber": ""], "employeeNumber"), (["employeeNumber": "7"], "employeeNumber"),
                (["externalID": "null"], "externalID"),
                (["externalID": "\"" + String(repeating: "x", count: 201) + "\""], "externalID"),
            ]
            for (changes, field) in wrong {
                let reply = try await program.unjudged.post("/hours", delivered("T-1", changes))
                #expect(reply.status == .badRequest, "\(changes): \(reply.text)")
                #expect(reply.text("code") == "badField" && reply.text("field") == field, "\(reply.text)")
            }
            for query in ["sok=x", "page=0", "page=1.5", "size=501", "inactive=ja", "page=1&page=2"] {
                let reply = try await program.unjudged.get("/workers?\(query)")
                #expect(reply.status == .badRequest, "\(query)")
            }
            #expect(try await program.get("/hours?from=2026-11-01").text("field") == "to")
            #expect(try await bench.rowCount("hour_entry") == 0)
        }
    }

    /// What a record has and a route does not describe cannot be set from outside.
    @Test func noFieldOfARecordComesInByTheBack() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.administrator).unjudged
            let columns = Set(HourEntry.columns + Withdrawal.columns + ["company_id", "id", "wage", "role", "runID"])
            for route in API.all {
                guard case .object(_, let members)? = route.body else { continue }
                for column in columns.sorted() {
                    let words = column.split(separator: "_").map(String.init)
                    let camel = words.prefix(1).joined() + words.dropFirst().map(\.capitalized).joined()
                    for name in [column, camel] where !members.contains(where: { $0.name == name }) {
                        bench.clock.advance(by: .seconds(1))
                        let path = route.path.replacing("{id}", with: "firma-kari")
                        let reply = try await program.send(route.method, path, "{\"\(name)\":\"x\"}")
                        #expect(reply.status == .badRequest && reply.text("field") == name, "\(route.path) \(name)")
                    }
                }
            }
        }
    }

    @Test func oneOfTaskAndWorkTypeIsGiven() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            for (changes, field) in [
                (["task": ""], "task"), (["workType": "\"1\""], "task"), (["task": "\"999\""], "task"),
                (["task": "", "workType": "\"9\""], "workType"),
            ] as [(KeyValuePairs<String, String>, String)] {
                let reply = try await program.post("/hours", delivered("T-1", changes))
                #expect(reply.status == .unprocessableContent && reply.text("field") == field, "\(reply.text)")
            }
        }
    }

    @Test func hostileJSONIsRefusedAndNothingTraps() async throws {
        try await withWeb { bench in
            let program = try await bench.caller(.leader).unjudged
            let deep = 10_000
            let hostile: [[UInt8]] =
                [
                    "", " ", "{", "}", "[", "nul", "{\"a\"", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}{", "01", "-", "1.",
                    ".5",
                    "1e", "+1", "\"\\u12", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\x\"", "{\"total\":1,\"total\":2}",
                    "{\"\\u0074otal\":1,\"total\":2}", "\"\u{1}\"", "\u{feff}{}", "{'a':1}", "{\"a\":NaN}", "Infinity",
                    String(repeating: "[", count: deep), String(repeating: "{\"a\":", count: deep),
                    String(repeating: "[", count: deep) + String(repeating: "]", count: deep),
                    "{\"externalID\":\"\\u0000\"}", "// {}",
                ].map { Array($0.utf8) } + [
                    [0xFF, 0xFE], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x7D], [0], [0xEF, 0xBB, 0xBF],
                ]
            for body in hostile {
                for path in ["/hours", "/hours/batch", "/withdrawals", "/hours/x/reject"] {
                    let reply = try await program.send(.post, path, bytes: body)
                    #expect(reply.status == .badRequest, "\(String(decoding: body.prefix(40), as: UTF8.self))")
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hostileIDsAndWordsAreJustNotThere(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.administrator).unjudged
            let hostile = [
                "%00", "a%00b", "%ff", "%", "'%20OR%20'1'='1", "%25", "_", "%5C", "%F0%9F%9A%A2", "%E2%80%AE",
                String(repeating: "x", count: 5000),
            ]
            for word in hostile {
                for path in ["/workers", "/projects", "/customers", "/items", "/hours", "/withdrawals", "/runs"] {
                    let reply = try await program.get("\(path)/\(word)")
                    #expect(reply.status == .notFound, "\(path)/\(word.prefix(20)): \(reply.text)")
                }
                for path in [
                    "/workers?search=", "/hours?from=2026-11-01&to=2026-11-30&employeeNumber=", "/board?reason=",
                ] {
                    let reply = try await program.get(path + word)
                    #expect([200, 400, 422].contains(reply.status.code), "\(path)\(word.prefix(20)): \(reply.text)")
                    let found = reply.json["items"]?.rows ?? []
                    #expect(found.isEmpty, "\(path)\(word.prefix(20))")
                }
            }
            let huge = try await program.get("/hours?from=2026-11-01&to=2026-11-30&page=1000000&size=500")
            #expect(huge.status == .ok && huge.json["items"]?.rows == [])
        }
    }

    /// Bodies changed at random: refused or taken, never a fault of ours.
    @Test func bodiesThatAreAlmostRightNeverMakeAFault() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader).unjudged
            let randomness = Randomness.seeded(99)
            let whole = Array(
                delivered("T-1", ["comment": "\"æ\\u00e6\"", "from": "\"07:00\"", "to": "\"14:30\""]).utf8)
            for _ in 1...2000 {
                // A key may make so many calls in a minute.
                bench.clock.advance(by: .seconds(1))
                var body = whole
                for _ in 0...Int(randomness.bytes(1)[0] % 4) {
                    let place = (Int(randomness.bytes(1)[0]) * 256 + Int(randomness.bytes(1)[0])) % body.count
                    switch randomness.bytes(1)[0] % 3 {
                    case 0: body[place] = randomness.bytes(1)[0]
                    case 1: body.remove(at: place)
                    default: body.insert(randomness.bytes(1)[0], at: place)
                    }
                }
                let reply = try await program.send(.post, "/hours", bytes: body)
                #expect(
                    [200, 201, 400, 409, 422].contains(reply.status.code),
                    "\(reply.status) \(String(decoding: body, as: UTF8.self))")
            }
        }
    }

    @Test func aFaultOfOursIsToldByANumberOnly() async throws {
        try await withWeb { bench in
            let program = try await bench.caller(.leader)
            try await bench.write { transaction in _ = try transaction.execute("ALTER TABLE item RENAME TO borte") }
            let reply = try await program.get("/items")
            #expect(reply.status == .internalServerError)
            #expect(reply.text("code") == "unexpected" && reply.text("reference").count == 8)
            #expect(reply.text("detail").contains(reply.text("reference")))
            #expect(!reply.text.contains("item") && !reply.text.contains("SELECT"))
        }
    }
}

extension WebBench {
    /// The companies in whose audit trail it stands that somebody asked the address for a record that is not there.
    fileprivate func misses(at address: String) async throws -> [String] {
        try await database.readAcrossCompanies { connection in
            try connection.query(
                "SELECT company_id FROM audit WHERE action = 'not found' AND subject_id LIKE \("% " + address) ORDER BY id"
            ).map { try $0.get("company_id") }
        }
    }
}
