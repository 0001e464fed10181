import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// A company goes for good only when nothing of it is under way and the law does not want its rows.
@Suite struct CompanyDeletionTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func allRowsGoAndNobodyElses(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.approvedHours("e1")
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await bench.execute("UPDATE hour_entry SET corrects_entry_id = 'e1' WHERE id = 'e2'")
            try await bench.run(.customers)
            try await bench.make(CompanyID("other"), due: [.items])
            try await bench.pause()
            try await bench.delete()
            let left = try await bench.unrecorded.transactionAcrossCompanies { connection in
                try CompanyTable.all.map(\.name).filter { table in
                    try connection.first(
                        "SELECT 1 AS yes FROM \(raw: table) WHERE company_id = \(ExportBench.company)") != nil
                }
            }
            #expect(left == [])
            #expect(try await bench.database.readAcrossCompanies { try Company.all($0).map(\.id.text) } == ["other"])
            #expect(try await bench.engine().tick()?.company.text == "other")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anotherNameDeletesNothing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.pause()
            for name in ["", "Prøve", "prøve as"] {
                await #expect(throws: CompanyDeletion.Refused.nameDiffers(name: "Prøve AS")) {
                    try await bench.delete(name)
                }
            }
            #expect(try await bench.transaction { try $0.companyState() } == .paused)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyAtWorkIsNotDeleted(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            await #expect(throws: CompanyRest.Refused.state(.active)) { try await bench.delete() }
            _ = try await bench.transaction { try $0.requestRun(of: .items, by: "test") }
            _ = try await JobClaim.take(
                from: bench.database, owner: "w", randomness: bench.randomness, lease: .seconds(60))
            try await bench.pause()
            await #expect(throws: CompanyRest.Refused.working([.items])) { try await bench.delete() }
            bench.clock.advance(by: .seconds(61))
            try await bench.delete()
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsInDoubtIsSettledFirst(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pause()
            await #expect(throws: CompanyDeletion.Refused.inDoubt(1)) { try await bench.delete(keptElsewhere: true) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasTransferredIsKeptForTenYearsAfterItsYear(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pause()
            let until = try #require(CalendarDate(year: 2036, month: 12, day: 31))
            await #expect(throws: CompanyDeletion.Refused.dutyToKeep(until: until)) { try await bench.delete() }
            // The last day in Norway begins at 23:00 UTC on the day before; an hour before midnight it still counts.
            bench.clock.set(Timestamp(milliseconds: 2_114_373_600_000))
            #expect(CalendarDate(inNorwayAt: bench.clock.now) == until)
            await #expect(throws: CompanyDeletion.Refused.dutyToKeep(until: until)) { try await bench.delete() }
            bench.clock.advance(by: .seconds(7200))
            try await bench.delete()
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsKeptElsewhereMayGo(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pause()
            try await bench.delete(keptElsewhere: true)
            #expect(try await bench.database.readAcrossCompanies { try Company.all($0) }.isEmpty)
        }
    }
}

extension ExportBench {
    fileprivate func pause() async throws {
        try await transaction { try CompanyRest.pause(because: "slutter", by: "drift", in: $0) }
    }

    fileprivate func delete(_ name: String = "Prøve AS", keptElsewhere: Bool = false) async throws {
        try await CompanyDeletion(company: Self.company, in: database, by: "drift")
            .run(confirmedBy: name, keptElsewhere: keptElsewhere)
    }
}
