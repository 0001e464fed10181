import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// Hours from a field system of another make.
@Suite struct HourDeliveryTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func theSameDeliveredTwiceChangesNothing(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let first = try await program.post("/hours", delivered("T-1"))
            #expect(first.status == .created)
            #expect(first.text("total") == "7.5" && first.text("state") == "registered")
            #expect(first.text("externalID") == "T-1")
            for same in [delivered("T-1"), delivered("T-1", ["total": "\"7.50\"", "comment": "\" \""])] {
                let again = try await program.post("/hours", same)
                #expect(again.status == .ok)
                #expect(again.json == first.json)
            }
            // A new key of the same name is the same caller.
            let renewed = try await bench.caller(.administrator)
            #expect(try await renewed.post("/hours", delivered("T-1")).json == first.json)
            #expect(try await bench.count("hour_entry") == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func otherContentChangesTheEntryUntilItIsApproved(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let id = try await program.post("/hours", delivered("T-1")).text("id")
            let changed = try await program.post("/hours", delivered("T-1", ["total": "8", "overtime50": "0.5"]))
            #expect(changed.status == .ok)
            #expect(changed.text("id") == id && changed.text("total") == "8" && changed.text("overtime50") == "0.5")
            #expect(changed.json["version"]?.number == 2)
            #expect(try await program.post("/hours/\(id)/approve", #"{"step":1}"#).text("state") == "approved")
            let refused = try await program.post("/hours", delivered("T-1"))
            #expect(refused.status == .conflict)
            #expect(refused.text("code") == "conflict")
            #expect(refused.text("detail").contains("are approved"))
            let same = try await program.post("/hours", delivered("T-1", ["total": "8", "overtime50": "0.5"]))
            #expect(same.status == .ok && same.text("state") == "approved")
            #expect(try await program.post("/hours/\(id)/reject", #"{"comment":"Feil dag"}"#).status == .ok)
            let repeated = try await program.post("/hours", delivered("T-1", ["total": "8", "overtime50": "0.5"]))
            #expect(repeated.text("state") == "rejected", "the same again is no answer to a rejection")
            let mended = try await program.post("/hours", delivered("T-1", ["date": "\"2026-11-15\""]))
            #expect(mended.text("state") == "registered" && mended.text("date") == "2026-11-15")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func transferredHoursStandAndTheSameAgainIsStillTheSame(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let id = try await program.post("/hours", delivered("T-1")).text("id")
            try await program.post("/hours/\(id)/approve", "{}")
            let now = bench.clock.now
            try await bench.write { transaction in
                _ = try transaction.execute(
                    """
                    UPDATE hour_entry SET state = 'transferred', transferred_at = \(now), transferred_run = 'r',
                        transferred_reference = 'PRX-1'
                    WHERE company_id = \(transaction.company) AND id = \(id)
                    """)
            }
            let same = try await program.post("/hours", delivered("T-1"))
            #expect(same.status == .ok && same.text("transferredReference") == "PRX-1")
            #expect(try await program.post("/hours", delivered("T-1", ["total": "1"])).status == .conflict)
            #expect(try await program.send(.put, "/hours/\(id)", Self.correction).status == .conflict)
            #expect(try await program.send(.delete, "/hours/\(id)").status == .conflict)
            #expect(try await program.get("/hours/\(id)").text("total") == "7.5")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNumberIsTheCallersOwn(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let (one, other) = (try await bench.caller(.leader), try await bench.caller(.leader, name: "Brøyteapp"))
            let stranger = try await bench.caller(.leader, of: WebBench.otherCompany)
            let first = try await one.post("/hours", delivered("1"))
            let second = try await other.post("/hours", delivered("1"))
            let third = try await stranger.post("/hours", delivered("1"))
            #expect([first, second, third].map(\.status) == [.created, .created, .created])
            #expect(Set([first, second, third].map { $0.text("id") }).count == 3)
            let seen = try await other.get("/hours/\(first.text("id"))")
            #expect(seen.status == .ok && seen.json["externalID"] == .null, "not the asker's number")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func ofManyTheGoodOnesGoInAndTheBadAreNamed(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            try await program.post("/hours", delivered("T-0"))
            let rows = [
                delivered("T-0"), delivered("T-1", ["total": "2"]), delivered("T-2", ["projectNumber": "\"11\""]),
                delivered("T-3", ["total": "-1"]), delivered("T-4", ["total": "2", "task": "", "workType": "\"1\""]),
                delivered("T-0", ["total": "7"]),
            ]
            let reply = try await program.post("/hours/batch", "[\(rows.joined(separator: ","))]")
            #expect(reply.status == .ok)
            let results = reply.json["results"]?.rows ?? []
            #expect(results.map { $0["status"]?.number } == [200, 201, 422, 422, 201, 200])
            #expect(
                results.map { $0["outcome"]?.text } == ["unchanged", "created", nil, nil, "created", "changed"])
            #expect(
                results.map { $0["problem"]?["field"]?.text } == [nil, nil, "[2].projectNumber", "[3].total", nil, nil])
            #expect(try await bench.count("hour_entry") == 3)
        }
    }

    @Test func aRowThatIsNotWhatIsDescribedIsNamedAndTheRestGoesIn() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let rows = [
                delivered("T-1"), delivered("T-2", ["totl": "1"]), "7", delivered("T-3", ["date": "\"i dag\""]),
            ]
            // The whole body is not what the document describes, but each row has its own answer.
            let reply = try await program.unjudged.post("/hours/batch", "[\(rows.joined(separator: ","))]")
            let results = reply.json["results"]?.rows ?? []
            #expect(results.map { $0["status"]?.number } == [201, 400, 400, 400])
            #expect(results.map { $0["problem"]?["field"]?.text } == [nil, "[1].totl", "[2]", "[3].date"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyAtOnceOfTheSameMakeOneEntry(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...8 {
                    group.addTask { try await program.post("/hours", delivered("T-1")).status.code }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 200, 200, 200, 200, 200, 200, 201])
            #expect(try await bench.count("hour_entry") == 1)
        }
    }

    @Test func whatTheServerCountsForTheCallerIsNoOtherContent() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let times = ["total": "", "from": "\"07:00\"", "to": "\"15:00\"", "breakMinutes": "30"] as KeyValuePairs
            let first = try await program.post("/hours", delivered("T-1", times))
            #expect(first.text("total") == "7.5" && first.text("billableHours") == "7.5")
            try await bench.write { transaction in
                _ = try transaction.execute("UPDATE project SET billing_mode = 'fixedPrice'")
            }
            #expect(try await program.post("/hours", delivered("T-1", times)).json == first.json)
        }
    }

    @Test func anEntryIsCorrectedAndDeletedByItsID() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let program = try await bench.caller(.leader)
            let id = try await program.post("/hours", delivered("T-1")).text("id")
            let corrected = try await program.send(.put, "/hours/\(id)", Self.correction)
            #expect(corrected.status == .ok && corrected.text("total") == "6.25")
            #expect(corrected.text("externalID") == "T-1")
            #expect(try await program.send(.delete, "/hours/\(id)").status == .ok)
            #expect(try await program.get("/hours/\(id)").status == .notFound)
        }
    }

    static let correction = """
        {"employeeNumber":"1","projectNumber":"10","task":"100","date":"2026-11-16","total":"6.25"}
        """
}
