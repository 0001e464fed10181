import Foundation
import HTTPTypes
import NIOCore
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// What an open page hears of runs, and when it stops hearing. The bench's clock moves with each look.
@Suite struct EventStreamTests {
    @Test func aStreamTellsOfRunsAndEndsWithTheSession() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.bookkeeper)
            let opened = bench.clock.now
            bench.clock.advance(by: .seconds(5))
            try await bench.connectAndImport()
            let stream = try await browser.get("/hendelser?fra=\(opened.milliseconds)")
            #expect(stream.headers[.contentType] == "text/event-stream; charset=utf-8")
            #expect(stream.html.hasPrefix("retry: 5000\n\n"))
            #expect(stream.html.contains("event: changed\ndata: {\"job\":\"customers\",\"text\":\"Kunder: I orden\"}"))
            // An open stream is no use of the session: after half an hour it is over.
            #expect(stream.html.hasSuffix("event: over\ndata: {\"text\":\"\"}\n\n"))
            #expect(bench.clock.now - opened <= .seconds(1830))
            #expect(try await browser.get("/").status == .seeOther)
        }
    }

    /// The end is stamped before it is committed: a look in between has passed the time and seen a run that goes on.
    @Test func anEndThatWasCommittedAfterALookIsTold() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.bookkeeper)
            try await bench.connectAndImport()
            bench.clock.advance(by: .seconds(60))
            var watch = try RunWatch(try await bench.visit(of: browser), from: bench.clock.now)
            #expect(try await watch.look() == [])
            try await bench.setCustomersRun("running", finishedAt: nil)
            #expect(try await watch.look()?.contains { $0.name == .changed && $0.text.contains("Kjører") } == true)
            let stamped = bench.clock.now
            bench.clock.advance(by: .seconds(1))
            #expect(try await watch.look() == [])
            try await bench.setCustomersRun("succeeded", finishedAt: stamped)
            bench.clock.advance(by: .seconds(1))
            #expect(try await watch.look()?.map(\.text) == ["Kunder: I orden"])
            #expect(try await watch.look() == [])

            // The page itself may have been made in between.
            var later = try RunWatch(try await bench.visit(of: browser), from: bench.clock.now)
            #expect(try await later.look()?.map(\.text) == ["Kunder: I orden"])
        }
    }

    @Test func whoIsShutOutHearsNothingMoreAfterTenSeconds() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            try await browser.get("/")
            var watch = try RunWatch(try await bench.visit(of: browser), from: bench.clock.now)
            #expect(try await watch.look() != nil)
            let now = bench.clock.now
            try await bench.write { transaction in
                let user = try #require(try AppUser.find(username: "leader", in: transaction))
                try AppUser.disable(user.id, at: now, in: transaction)
            }
            bench.clock.advance(by: .seconds(10))
            #expect(try await watch.look() == nil)
        }
    }

    @Test func whoIsShutOutIsNotToldTheNextNews() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            try await bench.connectAndImport()
            var watch = try RunWatch(try await bench.visit(of: browser), from: bench.clock.now)
            #expect(try await watch.look() != nil)
            let now = bench.clock.now
            try await bench.write { transaction in
                let user = try #require(try AppUser.find(username: "leader", in: transaction))
                try AppUser.disable(user.id, at: now, in: transaction)
            }
            try await bench.setCustomersRun("running", finishedAt: nil)
            #expect(try await watch.look() == nil)
        }
    }

    @Test func aSessionHoldsAtMostFiveStreams() {
        let streams = OpenStreams()
        let (one, other) = (SessionID("en"), SessionID("to"))
        for _ in 1...OpenStreams.mostOfSession { #expect(streams.enter(one)) }
        #expect(!streams.enter(one))
        #expect(streams.enter(other))
        streams.leave(one)
        #expect(streams.enter(one))
        #expect(!streams.enter(one))
    }
}

extension WebBench {
    fileprivate func setCustomersRun(_ outcome: String, finishedAt: Timestamp?) async throws {
        _ = try await write { transaction in
            try transaction.execute(
                """
                UPDATE run SET outcome = \(outcome), finished_at = \(finishedAt)
                WHERE company_id = \(transaction.company) AND job = 'customers'
                """)
        }
    }

    /// A visit of whoever is signed in with the browser, as a handler would get it.
    func visit(of browser: Browser) async throws -> Visit {
        var visit = Visit(
            office: office, path: "/hendelser", parameters: [:], query: Fields(), form: Fields(), body: ByteBuffer(),
            headers: HTTPFields(), from: "", now: clock.now, visitor: "", language: .norwegian)
        visit.token = browser.cookie("ferje")
        visit.who = try await office.desk.find(token: visit.token ?? "", at: clock.now)
        return visit
    }
}
