import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct WorkerListTests {
    private func withWorkers(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Worker.insert(
                    [
                        Worker(
                            id: WorkerID("ola"), employeeNumber: "10", username: "ola", name: "Ola Åsen",
                            vismaEmployeeNumber: "V10"),
                        Worker(
                            id: WorkerID("per"), employeeNumber: "8", username: "per", name: "Per",
                            inactiveAt: shore.now),
                    ], in: transaction)
                try shore.kari.setWage(250, validFrom: date("2026-01-01"), in: transaction)
                try shore.kari.setWage(260, validFrom: date("2026-11-16"), in: transaction)
                try shore.kari.setWage(300, validFrom: date("2026-11-17"), in: transaction)
                for (id, hours) in [("h1", "7.5"), ("h2", "2.25"), ("h3", "1")] {
                    try shore.register(try shore.hours(decimal(hours)), id: id, in: transaction)
                }
                try shore.approve("h2", in: transaction)
                try shore.reject("h3", in: transaction)
            }
            try await body(shore)
        }
    }

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRowHasTheWageOfTodayAndTheHoursThatWait(kind: TestDatabaseKind) async throws {
        try await withWorkers(kind) { shore in
            let rows = try await shore.run { try WorkerList().page(today: shore.today, in: $0).rows }
            #expect(rows.map(\.worker.name) == ["Kari Nordmann", "Ola Åsen"])
            #expect(rows.map(\.hourlyWage) == [260, nil])
            #expect(rows.map(\.waiting.total) == [decimal("9.75"), 0])
            #expect(rows.map(\.waiting.entries) == [2, 0])
            #expect(rows.map(\.isLinked) == [false, true])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func workersAreFoundByWordsActivityAndLink(kind: TestDatabaseKind) async throws {
        try await withWorkers(kind) { shore async throws in
            for (list, names) in [
                (WorkerList(search: "ÅSEN"), ["Ola Åsen"]), (WorkerList(search: "v10"), ["Ola Åsen"]),
                (WorkerList(isLinked: false), ["Kari Nordmann"]), (WorkerList(isLinked: true), ["Ola Åsen"]),
                (WorkerList(sort: .number, showsInactive: true), ["Kari Nordmann", "Per", "Ola Åsen"]),
                (WorkerList(search: "per"), []),
            ] {
                let found = try await shore.run { try list.page(today: shore.today, in: $0).rows.map(\.worker.name) }
                #expect(found == names)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func peopleWithoutALinkWhoHaveHoursWaitingAreListed(kind: TestDatabaseKind) async throws {
        try await withWorkers(kind) { shore in
            let before = try await shore.run {
                try WorkerList.unlinkedWithWaitingHours(today: shore.today, in: $0)
            }
            #expect(before.map(\.worker.name) == ["Kari Nordmann"])
            #expect(before.first?.waiting.total == decimal("9.75"))
            let after = try await shore.run { transaction throws in
                try Worker.link(shore.kari.id, vismaEmployeeNumber: "V7", in: transaction)
                return try WorkerList.unlinkedWithWaitingHours(today: shore.today, in: transaction)
            }
            #expect(after.isEmpty)
        }
    }
}
