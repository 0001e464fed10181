import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// The records that programs read.
@Suite struct RecordAPITests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyListAndRecordIsThere(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.bookkeeper)
            let lists = [
                ("/workers", "name", "Kari Moe"), ("/projects", "name", "Brygge"), ("/customers", "name", "Kai Øy AS"),
                ("/items", "salesPrice", "100"), ("/work-types", "name", "Rydding"),
            ]
            for (path, field, value) in lists {
                let items = try await program.get(path).json["items"]?.rows ?? []
                #expect(items.map { $0[field]?.text } == [value], "\(path)")
                guard path != "/work-types", let id = items.first?["id"]?.text else { continue }
                #expect(try await program.get("\(path)/\(id)").text(field) == value)
            }
            let workTypes = try await program.get("/projects/firma-prosjekt/work-types")
            #expect(Set((workTypes.json["items"]?.rows ?? []).map { $0["origin"]?.text }) == ["visma", "proresult"])
            #expect(try await program.get("/projects/firma-prosjekt").text("customerNumber") == "500")
        }
    }

    @Test func theWageIsForThoseWhoKeepTheBooks() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            for (role, wage) in [(Role.leader, nil), (.bookkeeper, "300"), (.administrator, "300")] {
                let program = try await bench.caller(role)
                #expect(try await program.get("/workers/firma-kari").json["hourlyWage"]?.text == wage, "\(role)")
                let list = try await program.get("/workers")
                #expect(list.json["items"]?.rows.first?["hourlyWage"]?.text == wage)
            }
        }
    }

    @Test func aListComesInPagesAndEnds() async throws {
        try await withWeb { bench in
            try await bench.write { transaction in
                try Customer.insert(
                    (1...7).map { Customer(id: CustomerID("c\($0)"), number: "\($0)", name: "Kunde \($0)") },
                    in: transaction)
            }
            let program = try await bench.caller(.leader)
            var numbers: [String] = []
            for page in 1...4 {
                let reply = try await program.get("/customers?page=\(page)&size=3")
                #expect(reply.json["total"]?.number == 7 && reply.json["pages"]?.number == 3)
                #expect(reply.json["page"]?.number == Decimal(page))
                numbers += (reply.json["items"]?.rows ?? []).compactMap { $0["number"]?.text }
            }
            #expect(numbers == (1...7).map(String.init), "and the page behind the last is empty")
            #expect(try await program.get("/customers?search=kunde+5").json["total"]?.number == 1)
        }
    }

    @Test func hoursAreListedByDayWorkerProjectAndState() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let id = try await program.post("/hours", delivered("1", ["total": "2"])).text("id")
            try await program.post("/hours", delivered("2", ["date": "\"2026-11-10\"", "total": "2"]))
            try await program.post("/hours/\(id)/approve", "{}")
            for (query, count) in [
                ("from=2026-11-01&to=2026-11-30", 2), ("from=2026-11-16&to=2026-11-16", 1),
                ("from=2026-11-01&to=2026-11-30&state=approved", 1),
                ("from=2026-11-01&to=2026-11-30&state=approved&state=registered", 2),
                ("from=2026-11-01&to=2026-11-30&employeeNumber=1&projectNumber=10", 2),
            ] {
                #expect(try await program.get("/hours?\(query)").json["total"]?.number == Decimal(count), "\(query)")
            }
            let unknown = try await program.get("/hours?from=2026-11-01&to=2026-11-30&employeeNumber=99")
            #expect(unknown.status == .unprocessableContent && unknown.text("field") == "employeeNumber")
        }
    }

    @Test func aLineOfGoodsIsCorrectedAndDeletedUntilItIsInvoiced() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let content =
                #""employeeNumber":"1","projectNumber":"10","itemNumber":"S1","date":"2026-11-16","quantity":"2""#
            let first = try await program.post("/withdrawals", #"{"externalID":"U-1",\#(content)}"#).text("id")
            let second = try await program.post("/withdrawals", #"{"externalID":"U-2",\#(content)}"#).text("id")
            let corrected = #"{\#(content.replacing(#""2""#, with: #""4""#))}"#
            #expect(try await program.send(.put, "/withdrawals/\(first)", corrected).text("quantity") == "4")
            #expect(try await program.send(.put, "/withdrawals/\(first)", #"{"quantity":"4"}"#).status == .badRequest)
            #expect(try await program.send(.delete, "/withdrawals/\(second)").text("id") == second)
            #expect(try await program.send(.delete, "/withdrawals/\(second)").status == .notFound)
            try await bench.write { transaction in
                _ = try transaction.execute(
                    "UPDATE withdrawal SET state = 'invoiced', transferred_run = 'r', transferred_reference = 'PRX-1'")
            }
            #expect(try await program.send(.put, "/withdrawals/\(first)", corrected).status == .conflict)
            #expect(try await program.send(.delete, "/withdrawals/\(first)").status == .conflict)
            #expect(try await program.get("/withdrawals/\(first)").text("quantity") == "4")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func goodsAreTakenOutOnceAndGivenBackOnce(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let body =
                #"{"externalID":"U-1","employeeNumber":"1","projectNumber":"10","itemNumber":"S1","date":"2026-11-16","quantity":"2.5"}"#
            let line = try await program.post("/withdrawals", body)
            #expect(line.status == .created && line.text("text") == "Rør 22 mm" && line.text("salesPrice") == "100")
            try await bench.write { transaction in
                _ = try transaction.execute("UPDATE item SET sales_price = '120'")
            }
            let again = try await program.post("/withdrawals", body)
            #expect(again.status == .ok && again.json == line.json, "though the item has another price by now")
            let more = try await program.post("/withdrawals", body.replacing("2.5", with: "3"))
            #expect(more.status == .ok && more.text("quantity") == "3" && more.text("salesPrice") == "120")
            let back = #"{"externalID":"R-1","employeeNumber":"1","date":"2026-11-16","quantity":1}"#
            let place = "/withdrawals/\(line.text("id"))/return"
            let returned = try await program.post(place, back)
            #expect(returned.status == .created && returned.text("quantity") == "-1")
            #expect(returned.text("returnOf") == line.text("id"))
            #expect(try await program.post(place, back).json == returned.json)
            #expect(try await program.post(place, back.replacing(":1}", with: ":2}")).status == .conflict)
            let tooMuch = back.replacing("R-1", with: "R-2").replacing(":1}", with: ":5}")
            #expect(try await program.post(place, tooMuch).text("field") == "quantity")
            #expect(try await program.post("/withdrawals", body).status == .conflict, "a line with returns is fixed")
            let list = try await program.get("/withdrawals?from=2026-11-01&to=2026-11-30&state=registered")
            #expect(list.json["total"]?.number == 2)
        }
    }
}
