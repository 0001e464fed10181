import Foundation
import Logging
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct CompanyRestTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func noJobOfAPausedCompanyBeginsUntilItIsResumed(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.approvedHours("e1")
            _ = try await bench.transaction { transaction in
                _ = try transaction.requestRun(of: .hours, by: "test")
                try CompanyRest.pause(because: "flytter kontor", by: "drift", in: transaction)
                #expect(try transaction.requestRun(of: .items, by: "test") == false)
            }
            #expect(try await bench.engine().tick() == nil)
            #expect(bench.posts == 0)
            try await bench.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            #expect(try await bench.engine().tick()?.job == .hours)
            #expect(bench.lines.count == 1)
            let trail = try await bench.texts(
                """
                SELECT action || ' ' || actor || ' ' || reason AS text FROM audit
                WHERE subject_kind = 'company' ORDER BY at, id
                """)
            #expect(trail == ["company paused drift flytter kontor", "company active drift "])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPausedCompanyIsPausedOnce(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            try await bench.transaction { try CompanyRest.pause(because: "a", by: "drift", in: $0) }
            await #expect(throws: CompanyRest.Refused.state(.paused)) {
                try await bench.transaction { try CompanyRest.pause(because: "b", by: "drift", in: $0) }
            }
            await #expect(throws: CompanyRest.Refused.reasonMissing) {
                try await bench.transaction { try CompanyRest.pause(because: " ", by: "drift", in: $0) }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func companiesTakeTurnsSoThatOneWithMuchToDoHoldsNobodyUp(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            // All five jobs of one company are due before those of three others.
            _ = try await bench.transaction { transaction in
                for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "test") }
            }
            bench.clock.advance(by: .seconds(60))
            let others = ["a", "b", "c"].map { CompanyID($0) }
            for other in others { try await bench.make(other, due: [.customers]) }
            var order: [String] = []
            while let finished = try await bench.engine().tick() { order.append(finished.company.text) }
            #expect(order == ["company", "a", "b", "c", "company", "company", "company", "company"])
        }
    }

    /// S5: at most a quarter of the loops to one company. One job of a company at a time is stricter from four loops on.
    @Test(arguments: TestDatabaseKind.allCases)
    func oneCompanyHasAtMostOneLoopAtATime(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            _ = try await bench.transaction { transaction in
                for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "test") }
            }
            for other in ["a", "b", "c"] { try await bench.make(CompanyID(other), due: JobName.allCases) }
            var claimed: [CompanyID] = []
            for loop in 0..<8 {
                let claim = try await JobClaim.take(
                    from: bench.database, owner: "\(loop)", randomness: bench.randomness, lease: .seconds(60))
                if let claim { claimed.append(claim.company) }
            }
            #expect(claimed.count == 4)
            #expect(Set(claimed).count == 4)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLoopThatLosesARaceTakesTheNextJobAtOnce(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench throws in
            let companies = (0..<12).map { CompanyID("c\($0)") }
            for company in companies { try await bench.make(company, due: [.customers]) }
            let claimed = try await withThrowingTaskGroup(of: CompanyID?.self) { group in
                for loop in 0..<12 {
                    group.addTask {
                        try await JobClaim.take(
                            from: bench.database, owner: "\(loop)", randomness: bench.randomness, lease: .seconds(60)
                        )?.company
                    }
                }
                return try await group.reduce(into: [CompanyID]()) { if let company = $1 { $0.append(company) } }
            }
            #expect(Set(claimed) == Set(companies), "each loop took one")
        }
    }

    @Test func tenThousandCompaniesAreSpreadOverTheHour() {
        let start = Timestamp.testStart
        var perMinute: [Int64: Int] = [:]
        for number in 0..<10_000 {
            let next = Schedule.nextHourly(after: start, company: CompanyID("firma-\(number)"))
            perMinute[(next.milliseconds / 60_000) % 60, default: 0] += 1
        }
        #expect(perMinute.count == 50)
        // 200 in a minute on the average; a fair throw stays well within half as many more.
        #expect(perMinute.values.allSatisfy { (120...300).contains($0) }, "\(perMinute.values.sorted())")
    }
}

extension ExportBench {
    func make(_ company: CompanyID, due jobs: [JobName]) async throws {
        try await database.transaction(company: company) { transaction in
            try transaction.execute(
                "INSERT INTO company (id, name, code, created_at) VALUES (\(company), \(company), \(company), 0)")
            try transaction.createJobs()
            for job in jobs { _ = try transaction.requestRun(of: job, by: "test") }
        }
    }
}
