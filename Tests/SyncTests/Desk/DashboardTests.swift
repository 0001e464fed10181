import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct DashboardTests {
    private func dashboard(_ bench: ExportBench) async throws -> Dashboard {
        try await Dashboard.read(company: ExportBench.company, database: bench.database)
    }

    private func refresh(_ bench: ExportBench) async throws {
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNewCompanyIsCalm(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let dashboard = try await dashboard(bench)
            #expect(dashboard.jobs.map(\.name) == JobName.allCases)
            #expect(dashboard.jobs.allSatisfy { $0.state == .neverRun && $0.isEnabled && !$0.isAutomatic })
            #expect(dashboard.attention.isEmpty)
            #expect(dashboard.connection == nil)
            #expect(dashboard.weeks.map(\.number) == [40, 41, 42, 43, 44, 45, 46, 47])
            #expect(dashboard.weeks.last?.start.description == "2026-11-16")
            #expect(dashboard.weeks.allSatisfy { $0.hours.total == 0 && $0.value.total == 0 })
        }
    }

    @Test(arguments: [
        ("2026-12-31", 53, 2026), ("2027-01-03", 53, 2026), ("2027-01-04", 1, 2027), ("2024-12-30", 1, 2025),
    ])
    func weeksAreThoseOfTheStandard(day: String, number: Int, year: Int) throws {
        let week = WeekFigures(containing: try #require(CalendarDate(day)))
        #expect(week.number == number)
        #expect(week.year == year)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func eachJobTellsHowItStands(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.approvedHours("closed", date: "2026-09-10")
            try await bench.run()
            bench.clock.advance(by: .seconds(1))
            try await bench.run(.customers)
            bench.clock.advance(by: .seconds(1))
            bench.erp.change { world in
                world.faults = [
                    .init(
                        resource: .items, page: 1,
                        effect: .fails(ERPError(.askPerson, "no", request: "GET /v1/inventory", fault: .noRights)))
                ]
            }
            try await bench.run(.items)
            try await bench.transaction { transaction in
                try transaction.setJob(.withdrawals, enabled: false, automatic: false)
                try transaction.setJob(.projects, enabled: true, automatic: true)
            }
            _ = try await bench.transaction { try $0.requestRun(of: .customers, by: "kontor") }
            let dashboard = try await dashboard(bench)
            let states = Dictionary(uniqueKeysWithValues: dashboard.jobs.map { ($0.name, $0.state) })
            #expect(
                states == [.customers: .ok, .projects: .neverRun, .items: .failed, .hours: .ok, .withdrawals: .off])
            let hours = try #require(dashboard.jobs.first { $0.name == .hours })
            #expect(hours.standings == [.stopped: 1])
            #expect(hours.last?.counts.sentLines == 1)
            #expect(hours.last?.counts.held == 1)
            #expect(dashboard.jobs.first { $0.name == .customers }?.isWaitingToStart == true)
            #expect(dashboard.jobs.first { $0.name == .projects }?.nextRunAt != nil)
            #expect(dashboard.lastRuns.map(\.job) == [.items, .customers, .hours])
            let items = try #require(dashboard.jobs.first { $0.name == .items }?.last)
            #expect(items.fault == .noRights)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func weeksSplitWhatWasSentWaitsAndIsStopped(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("sent", 8, overtime50: 2, date: "2026-11-03")
            try await bench.run()
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("doubt", 3, date: "2026-11-04")
            try await bench.run()
            try await bench.approvedHours("ready", 4, date: "2026-11-05")
            try await bench.approvedHours("unapproved", 5, date: "2026-11-06", approved: false)
            try await bench.approvedHours("stopped", 6, date: "2026-09-30")
            let dashboard = try await dashboard(bench)
            let november = try #require(dashboard.weeks.first { $0.start.description == "2026-11-02" })
            #expect(november.hours.sent == 8)
            #expect(november.value.sent == 1800)
            #expect(november.hours.waiting == 7)
            #expect(november.value.waiting == 1400)
            #expect(november.hours.stopped == 0)
            let september = try #require(dashboard.weeks.first { $0.start.description == "2026-09-28" })
            #expect(september.hours.stopped == 6)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWaitsForAPersonIsToldWorstFirst(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            // One in doubt for over an hour, one refused, one stopped, one that needs review, one alarm.
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("doubt", date: "2026-11-03")
            try await bench.run()
            bench.erp.change { $0.searchFault = ERPError(.tryLater(after: nil), "down", request: "GET") }
            bench.clock.advance(by: .seconds(3700))
            try await bench.execute(
                """
                INSERT INTO connection (company_id, kind, state, organisation, changed_at)
                VALUES (\(ExportBench.company), 'interactive', 'reconnectRequired', 'Prøve AS (1)', 5)
                """)
            try await bench.execute(
                """
                INSERT INTO export_alarm (company_id, id, reference, kind, period, erp_number, detail, found_at)
                VALUES (\(ExportBench.company), 'a', 'FERJE-1', 'missing', '202611', 'PM9', 'gone', 1),
                    (\(ExportBench.company), 'b', 'FERJE-2', 'doubled', '202611', 'PM8', 'twice', 1)
                """)
            try await bench.execute(
                "INSERT INTO export_shutter VALUES (\(ExportBench.company), 1, 'restored', 1, NULL)")
            try await bench.approvedHours("stopped", date: "2026-09-10")
            try await refresh(bench)
            try await bench.run(.customers)
            bench.erp.change { world in
                world.faults = [
                    .init(resource: .items, page: 1, effect: .fails(ERPError(.bug, "x", request: "GET /v1/inventory")))
                ]
            }
            try await bench.run(.items)
            let attention = try await dashboard(bench).attention
            let words = attention.map { found in
                switch found {
                case .reconnectNeeded: "reconnect"
                case .exportsShut: "shut"
                case .alarm(let kind, let count): "\(kind) \(count)"
                case .needsReview(let count): "review \(count)"
                case .longInDoubt(let count, _): "doubt \(count)"
                case .muchMissing(let job): "missing \(job)"
                case .notLocked(let count): "unlocked \(count)"
                case .refusedLines(let job, let count): "refused \(job) \(count)"
                case .jobFailed(let job, let fault, _): "failed \(job) \(fault)"
                case .waitingForSetUpCheck(let count): "waiting for the set-up check \(count)"
                case .stoppedLines(let job, let reason): "stopped \(job) \(reason.code) \(reason.count)"
                }
            }
            #expect(
                words == [
                    "reconnect", "shut", "doubled 1", "missing 1", "doubt 1", "failed items bug",
                    "stopped hours periodClosed 1",
                ])
            for found in attention {
                #expect(!found.text.norwegian.isEmpty && found.text.norwegian != found.text.english)
            }
            #expect(
                attention.last?.place
                    == .board(
                        BoardFilter(job: .hours, standings: BoardFilter.stopped, reason: "periodClosed")))
            #expect(attention.map(\.isGrave) == [true, true, true, true, true, false, false])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theDashboardNeedsFewStatementsWhateverTheSize(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await refresh(bench)
            let database = RecordedDatabase(bench.database)
            func read() async throws -> Int {
                try await database.counting {
                    _ = try await Dashboard.read(company: ExportBench.company, database: database)
                }
            }
            let empty = try await read()
            for number in 1...12 { try await bench.approvedHours("e\(number)", 1, date: "2026-10-12") }
            try await bench.run()
            for number in 1...12 { try await bench.approvedHours("f\(number)", 1, date: "2026-09-13") }
            for _ in 0..<4 { try await bench.run(.customers) }
            #expect(try await read() == empty)
            #expect(empty <= 17)
        }
    }
}
