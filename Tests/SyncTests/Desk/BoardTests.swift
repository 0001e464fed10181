import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct BoardTests {
    private func refresh(_ bench: ExportBench) async throws {
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
    }

    private func board(_ bench: ExportBench, _ job: JobName? = nil, into period: String? = nil) async throws -> Board {
        try await Board.read(job, company: ExportBench.company, into: period, database: bench.database)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyRecordShowsWhereItStands(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("sent", date: "2026-11-02")
            try await bench.run()
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("doubt", date: "2026-11-03")
            try await bench.run()
            bench.erp.change { $0.refuses = { _ in "'Item' cannot be found in the system." } }
            try await bench.approvedHours("refused", date: "2026-11-04")
            try await bench.run()
            bench.erp.change { $0.refuses = nil }
            try await bench.approvedHours("ready", 4, overtime50: 1, date: "2026-11-05")
            try await bench.approvedHours("closed", date: "2026-09-04")
            try await bench.approvedHours("waiting", date: "2026-11-06", approved: false)
            let board = try await board(bench)
            let standings = Dictionary(uniqueKeysWithValues: board.lines.map { ($0.record.id, $0.standing) })
            #expect(
                standings == [
                    "sent": .sent, "doubt": .inDoubt, "refused": .rejected, "ready": .ready, "closed": .stopped,
                    "waiting": .notApproved,
                ])
            let ready = try #require(board.lines.first { $0.record.id == "ready" })
            #expect(ready.quantity == 4)
            #expect(ready.amount == 900)
            #expect(ready.period == "202611")
            #expect(ready.workerName == "Kari")
            #expect(ready.projectName == "Bad")
            #expect(ready.matter == "Oppgave 10")
            let sent = try #require(board.lines.first { $0.record.id == "sent" })
            #expect(sent.document?.erpNumber == "PM1")
            #expect(sent.amount == 1600)
            #expect(board.standings()[.rejected] == 1)
            #expect(board.page(BoardFilter(standings: BoardFilter.stopped), number: 1).total == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, HoursExportTests.Hindrance.allCases)
    func everyReasonTellsWhereItIsMended(kind: TestDatabaseKind, hindrance: HoursExportTests.Hindrance) async throws {
        try await withExportBench(kind) { bench in
            let date =
                switch hindrance {
                case .periodClosed: "2026-09-10"
                case .periodMissing: "2026-08-10"
                default: "2026-11-12"
                }
            try await bench.approvedHours("e1", date: date, approved: hindrance != .notApproved)
            try await bench.hinder(hindrance)
            try await refresh(bench)
            let line = try #require(try await board(bench).lines.first)
            let place: MendingPlace =
                switch hindrance {
                case .notApproved: .approval(HourEntryID("e1"))
                case .workerNotLinked, .employeeNotInERP: .worker(ExportBench.worker)
                case .projectNotLinked, .projectClosed, .projectSuspended: .project(ExportBench.project)
                case .taskClosed: .workTypeOfEntry(HourEntryID("e1"))
                case .noWage: .wage(ExportBench.worker)
                case .settingMissing: .setting(.hoursItemNumber)
                case .accountNotUsable: .setting(.hoursDebitAccount)
                case .periodClosed, .periodMissing: .periods
                case .beforeStartDate: .setting(.hoursStartDate)
                }
            #expect(line.reasons.map(\.code) == [hindrance.rawValue])
            #expect(line.reasons.map(\.place) == [place])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsNotMeantToGoStandsAsideAndStopsNothing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", date: "2026-11-12")
            try await bench.hinder(.beforeStartDate)
            try await bench.hinder(.workerNotLinked)
            try await refresh(bench)
            let all = try await board(bench)
            let line = try #require(all.lines.first)
            #expect(line.standing == .stays)
            #expect(line.reasons.map(\.code) == ["beforeStartDate"], "nobody has to link the worker for it")
            #expect(all.reasons() == [])
            let dashboard = try await bench.transaction { try Dashboard.read(in: $0) }
            #expect(dashboard.weeks.map(\.hours.stopped).allSatisfy { $0 == 0 })
            #expect(dashboard.attention == [])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func linesAreFilteredCountedByReasonAndMendedTogether(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for day in 2...6 { try await bench.approvedHours("september\(day)", date: "2026-09-0\(day)") }
            try await bench.approvedHours("november", date: "2026-11-12")
            try await refresh(bench)
            try await bench.hinder(.workerNotLinked)
            let board = try await board(bench)
            #expect(board.reasons().map { "\($0.code) \($0.count)" } == ["workerNotLinked 6", "periodClosed 5"])
            #expect(board.reasons().first?.commonPlace == .worker(ExportBench.worker))
            #expect(board.page(BoardFilter(reason: "periodClosed"), number: 2, size: 2).lines.count == 2)
            #expect(board.page(BoardFilter(reason: "periodClosed"), number: 3, size: 2).lines.count == 1)
            #expect(board.page(BoardFilter(worker: WorkerID("other")), number: 1).total == 0)
            #expect(board.page(BoardFilter(project: ExportBench.project, period: "202611"), number: 1).total == 1)
            let together = board.records(sharing: "workerNotLinked", at: .worker(ExportBench.worker))
            #expect(together.count == 6)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func beforeVismaWasReadOnlyWhatLiesHereIsJudged(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            let board = try await board(bench)
            #expect(board.factsReadAt == nil)
            #expect(board.lines.map(\.standing) == [.ready])
            #expect(board.lines.map(\.period) == [nil])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theNumberOfStatementsDoesNotGrowWithTheLines(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await refresh(bench)
            let database = RecordedDatabase(bench.database)
            func read() async throws -> Int {
                try await database.counting {
                    _ = try await Board.read(company: ExportBench.company, database: database)
                }
            }
            try await bench.approvedHours("sent")
            try await bench.run()
            try await bench.approvedHours("e0")
            let few = try await read()
            for number in 1...20 { try await bench.approvedHours("e\(number)", 1, date: "2026-10-12") }
            try await bench.run()
            for number in 1...20 { try await bench.approvedHours("f\(number)", 1, date: "2026-10-13") }
            try await bench.reverse("e1", "e2", "e3")
            #expect(try await read() == few)
            #expect(few <= 10)
        }
    }
}

extension ExportBench {
    /// Takes transferred hours back, each by an entry named after it.
    func reverse(_ ids: String...) async throws {
        let now = clock.now
        for id in ids {
            _ = try await transaction { transaction in
                try HourEntry.reverse(
                    HourEntryID(id), reversalID: HourEntryID("reversed \(id)"), by: Self.leader, at: now,
                    in: transaction)
            }
        }
    }
}
