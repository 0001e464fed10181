import Foundation
import Persistence
import Proresult
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// From SQLite to PostgreSQL and back: every row arrives, and nothing goes to the ERP from both homes.
@Suite struct CompanyMoveTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyRowArrivesAndNothingGoesTwice(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            let neighbour = CompanyID("neighbour")
            try await old.make(neighbour, due: [.items])
            let moved = try await old.move(to: new)
            #expect(moved["hour_entry"]?.rows == 3)
            #expect(moved["export_line"]?.rows == 1)
            #expect((moved["audit"]?.rows ?? 0) > 3)
            #expect(Set(moved.keys) == Set(CompanyTable.all.map(\.name)))

            // The old home is shut for good.
            #expect(try await old.standing() == .moved)
            #expect(try await old.transaction { try $0.requestRun(of: .hours, by: "test") } == false)
            while let finished = try await old.engine().tick() { #expect(finished.company == neighbour) }
            await #expect(throws: CompanyRest.Refused.state(.moved)) {
                try await old.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            }

            // In the new one what waited goes, and what had gone does not.
            #expect(try await new.standing() == .paused)
            #expect(try await new.engine().tick() == nil)
            try await new.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            new.clock.advance(by: .seconds(900))
            try await new.run()
            #expect(try await new.state("e1") == .transferred)
            try await new.run()
            #expect(try await new.state("e2") == .transferred)
            #expect(new.lines.sorted() == ["7 TIMER 3 200", "7 TIMER 8 200"])
            // Pointers within a table came too.
            let corrections = try await new.texts(
                "SELECT id || ' ' || corrects_entry_id AS text FROM hour_entry WHERE corrects_entry_id IS NOT NULL")
            #expect(corrections == ["e3 e1"])
            // No row of anybody else came along.
            #expect(
                try await new.database.readAcrossCompanies { try Company.all($0).map(\.id) } == [ExportBench.company])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyComesBackToWhereItWas(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            try await old.move(to: new)
            try await new.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            try await new.approvedHours("e9", 2, date: "2026-11-13")
            try await new.move(to: old)
            #expect(try await old.standing() == .paused)
            #expect(try await new.standing() == .moved)
            #expect(try await old.state("e9") == .approved)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMoveThatDiedIsMadeAgainAndWhatArrivedNeverOpensBefore(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            let broken = MeddledDatabase(new.database) { table in
                if table == "hour_entry" { throw CancellationError() }
            }
            await #expect(throws: CancellationError.self) { try await old.move(to: new, through: broken) }
            #expect(try await old.standing() == .leaving)
            #expect(try await new.standing() == .arriving)
            await #expect(throws: CompanyRest.Refused.state(.arriving)) {
                try await new.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            }
            #expect(try await new.engine().tick() == nil)
            #expect(try await old.engine().tick() == nil)
            let moved = try await old.move(to: new)
            #expect(moved["hour_entry"]?.rows == 3)
            #expect(try await new.standing() == .paused)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMoveThatDiedMayBeGivenUp(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            let broken = MeddledDatabase(new.database) { if $0 == "project" { throw CancellationError() } }
            await #expect(throws: CancellationError.self) { try await old.move(to: new, through: broken) }
            try await old.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            try await old.run()
            #expect(try await old.state("e2") == .transferred)
            #expect(try await new.standing() == .arriving)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRowThatDiffersKeepsTheNewHomeShut(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new throws in
            let meddling = MeddledDatabase(new.database) { _ in
            } after: { table, connection in
                if table == "hour_entry" {
                    try connection.execute("UPDATE hour_entry SET comment = 'x' WHERE id = 'e2'")
                }
            }
            await #expect(throws: CompanyMove.Refused.differs(table: "hour_entry")) {
                try await old.move(to: new, through: meddling)
            }
            #expect(try await new.standing() == .arriving)
            #expect(try await old.standing() == .leaving)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingMovesWhileARunHasNotEndedOrOntoALivingCompany(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            _ = try await old.transaction { try $0.requestRun(of: .items, by: "test") }
            _ = try await JobClaim.take(
                from: old.database, owner: "w", randomness: old.randomness, lease: .seconds(60))
            await #expect(throws: CompanyRest.Refused.working([.items])) { try await old.move(to: new) }
            #expect(try await old.standing() != .leaving)
            old.clock.advance(by: .seconds(61))
            try await new.make(ExportBench.company, due: [])
            await #expect(throws: CompanyMove.Refused.isThere(.active)) { try await old.move(to: new) }
            _ = try await new.database.transactionAcrossCompanies { connection in
                try connection.execute("DELETE FROM job")
                try connection.execute("DELETE FROM company")
                try connection.execute(
                    "INSERT INTO company (id, name, code, created_at) VALUES ('x', 'X', 'prove', 0)")
            }
            try await old.execute("UPDATE company SET code = 'prove'")
            await #expect(throws: CompanyMove.Refused.codeTaken("prove")) { try await old.move(to: new) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aHomeThatWasLostIsMadeGoodFromTheOldOneWithItsExportsShut(kind: TestDatabaseKind) async throws {
        try await withTwoHomes(kind) { old, new in
            try await old.move(to: new)
            try await new.transaction { try CompanyRest.resume(by: "drift", in: $0) }
            new.clock.advance(by: .seconds(900))
            try await new.run()
            try await new.run()
            #expect(new.lines.count == 2)
            // The new database burns down. The old one does not know of the second document.
            try await old.transaction { transaction in
                try CompanyRest.reclaim(because: "den nye er tapt", by: "drift", in: transaction)
                try CompanyRest.resume(by: "drift", in: transaction)
            }
            old.clock.advance(by: .seconds(900))
            for _ in 0..<3 { try await old.run() }
            #expect(old.lines.count == 2, "nothing went twice")
            #expect(try await old.state("e2") == .transferred)
        }
    }
}

/// Two databases of different kinds before one ERP: an old home with a company that has sent one document, has one entry
/// that waits and one that corrects another, and a new home.
private func withTwoHomes(
    _ kind: TestDatabaseKind, _ body: (ExportBench, ExportBench) async throws -> Void
) async throws {
    try await withExportBench(kind) { old in
        try await old.approvedHours("e1")
        try await old.run()
        try await old.approvedHours("e2", 3, date: "2026-11-13")
        try await old.approvedHours("e3", 1, date: "2026-11-13", approved: false)
        try await old.execute("UPDATE hour_entry SET corrects_entry_id = 'e1' WHERE id = 'e3'")
        let other: TestDatabaseKind = kind == .sqlite ? .postgres : .sqlite
        try await withDatabase(other, clock: old.clock.clock, migrations: SyncSchema.all) { database in
            let new = ExportBench(
                database: database, unrecorded: database, erp: old.erp, clock: old.clock, randomness: .seeded(12))
            try await body(old, new)
        }
    }
}

extension ExportBench {
    @discardableResult
    fileprivate func move(
        to other: ExportBench, through database: (any SQLDatabase)? = nil
    ) async throws -> [String: CompanyMove.Moved] {
        try await CompanyMove(
            company: Self.company, from: self.database, named: "old", to: database ?? other.database, named: "new",
            by: "drift"
        ).run()
    }

    fileprivate func standing() async throws -> CompanyStanding { try await transaction { try $0.companyState() } }
}

/// Calls out before and after each transaction that inserts into a table.
private struct MeddledDatabase: SQLDatabase {
    let inner: any SQLDatabase
    let before: @Sendable (String) throws -> Void
    let after: @Sendable (String, any SQLConnection) throws -> Void

    init(
        _ inner: any SQLDatabase, before: @escaping @Sendable (String) throws -> Void,
        after: @escaping @Sendable (String, any SQLConnection) throws -> Void = { _, _ in }
    ) {
        (self.inner, self.before, self.after) = (inner, before, after)
    }

    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await inner.transaction(over: scope) { connection in
            let meddled = MeddledConnection(inner: connection, before: before, after: after)
            return try body(meddled)
        }
    }

    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await inner.read(over: scope, body)
    }

    func hints() async -> Hints { await inner.hints() }
    func close() async throws { try await inner.close() }
}

private struct MeddledConnection: SQLConnection {
    let inner: any SQLConnection
    let before: (String) throws -> Void
    let after: (String, any SQLConnection) throws -> Void

    func execute(_ sql: SQL) throws -> Int { try inner.execute(sql) }
    func query(_ sql: SQL) throws -> [SQLRow] { try inner.query(sql) }
    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        guard text.hasPrefix("INSERT INTO ") else { return try inner.executeMany(text, rows) }
        let table = String(text.dropFirst("INSERT INTO ".count).prefix { $0 != " " })
        try before(table)
        let count = try inner.executeMany(text, rows)
        try after(table, inner)
        return count
    }
    func now() throws -> Timestamp { try inner.now() }
    func hint() throws { try inner.hint() }
    func lockSchema() throws { try inner.lockSchema() }
    func columnNames(of table: String) throws -> Set<String> { try inner.columnNames(of: table) }
    func separateCompanies() throws -> Bool { try inner.separateCompanies() }
}
