import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Operations

/// Health and metrics as the machines of an operator see them.
@Suite struct LookoutTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aProcessIsReadyWhileItsDatabaseAnswers(kind: TestDatabaseKind) async throws {
        try await withOperator(kind) { bench throws in
            #expect(try await bench.get("/helse/klar").status == .serviceUnavailable, "nobody has looked yet")
            await bench.lookout.look()
            #expect(try await bench.get("/helse/klar").status == .ok)
            bench.clock.advance(by: .seconds(36))
            #expect(try await bench.get("/helse/klar").status == .serviceUnavailable, "seen too long ago")
            #expect(try await bench.get("/helse/lever").status == .ok)
            await bench.lookout.look()
            #expect(try await bench.get("/helse/klar").status == .ok)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDatabaseThatFailsMakesItUnreadyAndItsFiguresAreNotShown(kind: TestDatabaseKind) async throws {
        try await withOperator(kind) { bench throws in
            await bench.lookout.look()
            _ = try await bench.database.transactionAcrossCompanies { try $0.execute("DROP TABLE outbox") }
            await bench.lookout.look()
            let answer = try await bench.get("/helse/klar")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text == "database unreachable\n", "nothing of the inside")
            let metrics = try await bench.get("/metrics").text
            #expect(metrics.contains("ferje_database_up 0\n"))
            #expect(!metrics.contains("ferje_jobs_due"))
            #expect(try await bench.get("/helse/lever").status == .ok)
        }
    }

    @Test func aProcessThatStopsIsNotReady() async throws {
        try await withOperator(.sqlite) { bench throws in
            await bench.lookout.look()
            bench.lookout.stop()
            let answer = try await bench.get("/helse/klar")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text == "stopping\n")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noFigureNamesACompanyOrGrowsWithThem(kind: TestDatabaseKind) async throws {
        try await withOperator(kind) { bench throws in
            await bench.lookout.look()
            let before = try await bench.get("/metrics").text
            try await bench.makeCompanies(1...40)
            await bench.lookout.look()
            let after = try await bench.get("/metrics").text
            #expect(after.contains("ferje_companies{state=\"active\"} 40\n"))
            #expect(after.split(separator: "\n").count == before.split(separator: "\n").count)
            #expect(!after.contains("secret"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyGaugeOfTheRowsIsShownAlsoWhenThereIsNothing(kind: TestDatabaseKind) async throws {
        try await withOperator(kind) { bench throws in
            await bench.lookout.look()
            let text = try await bench.get("/metrics").text
            for metric in Metric.rows { #expect(text.contains("\n\(metric.name)"), "\(metric.name)") }
            let names = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                .map { String($0.prefix { $0 != "{" && $0 != " " }) }
            #expect(Set(names).subtracting(Metric.all.map(\.name)) == [])
        }
    }
}

private struct OperatorBench {
    let database: any SQLDatabase
    let clock: TestClock
    let lookout: Lookout

    struct Answer {
        var status: HTTPResponse.Status
        var text: String
    }

    func get(_ path: String) async throws -> Answer {
        let server = OperatorServer(
            place: .init(host: "127.0.0.1", port: 1), lookout: lookout, collector: PrometheusCollector(),
            sleep: { _ in }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await Application(router: server.router()).test(.router) { client in
            try await client.execute(uri: path, method: .get) {
                Answer(status: $0.status, text: String(buffer: $0.body))
            }
        }
    }

    func makeCompanies(_ numbers: ClosedRange<Int>) async throws {
        try await database.transactionAcrossCompanies { connection in
            for number in numbers {
                let id = CompanyID("secret\(number)")
                try Company.create(name: "Secret \(number) AS", id: id, at: connection.now(), in: connection)
                try CompanyTransaction(company: id, connection: connection).createJobs()
            }
        }
    }
}

private func withOperator(_ kind: TestDatabaseKind, _ body: (OperatorBench) async throws -> Void) async throws {
    let clock = TestClock()
    try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
        let lookout = Lookout(
            database: database, clock: clock.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await body(OperatorBench(database: database, clock: clock, lookout: lookout))
    }
}
