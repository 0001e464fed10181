import Persistence
import TestSupport
import Testing

@Suite struct ReadingTests {
    private static let table = Migration(1, "note", ["CREATE TABLE note (text TEXT NOT NULL)"])

    @Test(arguments: TestDatabaseKind.allCases)
    func aReadingCannotWrite(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [Self.table]) { database in
            await #expect(throws: SQLError.self) {
                try await database.readAcrossCompanies { _ = try $0.execute("INSERT INTO note (text) VALUES ('x')") }
            }
            let count = try await database.readAcrossCompanies {
                try $0.first("SELECT count(*) AS n FROM note")?.get("n", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    /// A body that swallows the error of a statement must not get away with it.
    @Test(arguments: TestDatabaseKind.allCases)
    func aSwallowedFailureStillFailsTheReading(kind: TestDatabaseKind) async throws {
        _ = try await withDatabase(kind, migrations: [Self.table]) { database in
            await #expect(throws: SQLError.self) {
                try await database.readAcrossCompanies { connection in
                    _ = try? connection.query("SELECT nothing FROM note")
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasCommittedIsRead(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [Self.table]) { database in
            for number in 1...5 {
                try await database.transactionAcrossCompanies {
                    _ = try $0.execute("INSERT INTO note (text) VALUES (\(String(number)))")
                }
                let count = try await database.readAcrossCompanies {
                    try $0.first("SELECT count(*) AS n FROM note")?.get("n", as: Int.self)
                }
                #expect(count == number)
            }
        }
    }
}
