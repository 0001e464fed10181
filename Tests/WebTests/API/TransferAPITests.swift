import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// Runs, the board and the preview for programs.
@Suite struct TransferAPITests {
    /// Hours of Kari on an imported project, delivered and approved, on an installation that is connected.
    private func deliver(_ bench: WebBench) async throws -> (keeper: APICaller, leader: APICaller, entry: String) {
        try await bench.connectAndImport()
        let (keeper, leader) = (try await bench.caller(.bookkeeper, name: "Regnskap"), try await bench.caller(.leader))
        let entry = try await leader.post(
            "/hours", delivered("T-1", ["projectNumber": "\"P-1\"", "task": "\"10\""]))
        #expect(entry.status == .created, "\(entry.text)")
        try await leader.post("/hours/\(entry.text("id"))/approve", "{}")
        return (keeper, leader, entry.text("id"))
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursGoFromAFieldSystemToVisma(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let (keeper, leader, entry) = try await deliver(bench)
            let stopped = try await leader.get("/board?job=hours&standing=stopped")
            let line = try #require(stopped.json["items"]?.rows.first)
            #expect(line["recordID"]?.text == entry && line["amount"] == nil, "a leader sees no amounts")
            #expect(line["reasons"]?.rows.map { $0["code"]?.text } == ["workerNotLinked"])
            #expect(stopped.json["standings"]?["stopped"]?.number == 1)
            try await bench.write { transaction in
                _ = try Worker.link(WorkerID("firma-kari"), vismaEmployeeNumber: "7", in: transaction)
            }
            let preview = try await keeper.get("/preview?job=hours")
            #expect(preview.text("amount") == "2250" && preview.json["lineCount"]?.number == 1)
            #expect(
                preview.json["accounts"]?.rows.map { $0["amount"]?.text } == ["2250", "-2250"], "\(preview.text)")
            let digest = preview.text("digest")
            #expect(try await leader.get("/preview?job=hours").status == .forbidden)

            bench.clock.advance(by: .seconds(1))
            let sent = try await keeper.post("/preview/send", #"{"job":"hours","digest":"\#(digest)"}"#)
            #expect(sent.status == .accepted)
            let follow = try #require(sent.text("follow").split(separator: "/v1").last.map(String.init))
            #expect(try await keeper.get(follow).json["total"]?.number == 0)
            try await bench.runDue()
            let runs = try await keeper.get(follow)
            let run = try #require(runs.json["items"]?.rows.first)
            #expect(run["outcome"]?.text == "succeeded" && run["sentLines"]?.number == 1)
            #expect(run["startedBy"]?.text == "api:Regnskap")
            let id = try #require(run["id"]?.text)
            #expect(try await leader.get("/runs/\(id)").text("outcome") == "succeeded")
            let items = try await leader.get("/runs/\(id)/items").json["items"]?.rows ?? []
            #expect(items.contains { $0["happened"]?.text == "confirmed" })
            let hours = try await leader.get("/hours/\(entry)")
            #expect(hours.text("state") == "transferred" && !hours.text("transferredReference").isEmpty)
            let board = try await keeper.get("/board?job=hours&standing=sent")
            #expect(board.json["items"]?.rows.first?["amount"]?.text == "2250")
        }
    }

    @Test func aPreviewThatIsOldSendsNothing() async throws {
        try await withWeb { bench in
            let (keeper, leader, _) = try await deliver(bench)
            try await bench.write { transaction in
                _ = try Worker.link(WorkerID("firma-kari"), vismaEmployeeNumber: "7", in: transaction)
            }
            let digest = try await keeper.get("/preview?job=hours").text("digest")
            let more = try await leader.post(
                "/hours", delivered("T-2", ["projectNumber": "\"P-1\"", "task": "\"10\"", "total": "1"]))
            try await leader.post("/hours/\(more.text("id"))/approve", "{}")
            let runs = try await bench.runs()
            let refused = try await keeper.post("/preview/send", #"{"job":"hours","digest":"\#(digest)"}"#)
            #expect(refused.status == .conflict && refused.text("code") == "previewChanged")
            try await bench.runDue()
            #expect(try await bench.runs() == runs)
        }
    }

    @Test func aRunIsAskedForAsByTheButton() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let before = try await bench.runs()
            bench.clock.advance(by: .seconds(1))
            let program = try await bench.caller(.administrator)
            for _ in 1...3 { #expect(try await program.post("/runs", #"{"job":"customers"}"#).status == .accepted) }
            try await bench.runDue()
            #expect(try await bench.runs() == before + 1)
            let newest = try await program.get("/runs?job=customers&size=1").json["items"]?.rows.first
            #expect(newest?["startedBy"]?.text == "api:Feltsystem")
            let period = try await program.post("/runs", #"{"job":"customers","period":"202611"}"#)
            #expect(period.status == .unprocessableContent && period.text("field") == "period")
            let unknown = try await program.post("/runs", #"{"job":"hours","period":"190001"}"#)
            #expect(unknown.status == .unprocessableContent && unknown.text("code") == "period")
            try await bench.write { try $0.setJob(.customers, enabled: false, automatic: false) }
            let off = try await program.post("/runs", #"{"job":"customers"}"#)
            #expect(off.status == .conflict && off.text("code") == "jobIsOff")
        }
    }

    @Test func beforeVismaWasReadNothingCanBeJudged() async throws {
        try await withWeb { bench in
            let program = try await bench.caller(.bookkeeper)
            let preview = try await program.get("/preview?job=hours")
            #expect(preview.status == .unprocessableContent && preview.text("code") == "factsMissing")
            #expect(try await program.get("/board").json["factsReadAt"] == .null)
        }
    }

    @Test func anotherCompanysRunsAndLinesAreNotThere() async throws {
        try await withWeb { bench in
            let (keeper, _, _) = try await deliver(bench)
            let run = try #require(try await keeper.get("/runs").json["items"]?.rows.first?["id"]?.text)
            let stranger = try await bench.caller(.administrator, of: WebBench.otherCompany)
            #expect(try await stranger.get("/runs/\(run)").status == .notFound)
            #expect(try await stranger.get("/runs/\(run)/items").status == .notFound)
            #expect(try await stranger.get("/runs").json["total"]?.number == 0)
            #expect(try await stranger.get("/board").json["total"]?.number == 0)
        }
    }

    @Test func aProgramThatRunsWildWaitsAndTheOthersDoNot() async throws {
        try await withWeb { bench in
            let (wild, other) = (try await bench.caller(.leader), try await bench.caller(.leader, name: "Rolig"))
            for _ in 1...ProgramPace.callsPerMinute { try await wild.get("/work-types") }
            bench.clock.advance(by: .milliseconds(20_500))
            let refused = try await wild.get("/work-types")
            #expect(refused.status == .tooManyRequests && refused.text("code") == "tooMany")
            #expect(refused.headers[.retryAfter] == "40")
            #expect(try await other.get("/work-types").status == .ok)
            bench.clock.advance(by: .seconds(40))
            #expect(try await wild.get("/work-types").status == .ok)
        }
    }
}
