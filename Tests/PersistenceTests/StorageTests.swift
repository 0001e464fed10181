import Persistence
import TestSupport
import Testing

/// A disk that is full and a database that only reads: told as `.storage`, with nothing half-written.
@Suite struct StorageTests {
    private func isStorage(_ error: any Error) -> Bool {
        guard case SQLError.storage = error else { return false }
        return true
    }

    private func makeThing(in database: any SQLDatabase) async throws {
        try await database.transactionAcrossCompanies { connection in
            try connection.execute("CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, note TEXT NOT NULL)")
            try connection.execute("INSERT INTO thing (id, note) VALUES ('a', 'old')")
        }
    }

    private func notes(in database: any SQLDatabase) async throws -> [String] {
        try await database.transactionAcrossCompanies { connection in
            try connection.query("SELECT note FROM thing ORDER BY id").map { try $0.get("note") }
        }
    }

    private func changeMuch(in database: any SQLDatabase) async throws {
        try await database.transactionAcrossCompanies { connection in
            try connection.execute("UPDATE thing SET note = 'new' WHERE id = 'a'")
            let long = String(repeating: "x", count: 500)
            try connection.executeMany(
                "INSERT INTO thing (id, note) VALUES ($1, $2)", (0..<100).map { [.text("b\($0)"), .text(long)] })
        }
    }

    /// SQLite refuses to grow a file beyond a number of pages with the same code as a full disk.
    @Test func aFullDiskStopsSQLiteAndLeavesNothingHalfWritten() async throws {
        try await withDatabase(.sqlite) { database in
            try await makeThing(in: database)
            let limit: SQL = "PRAGMA max_page_count = 1"
            _ = try await database.transactionAcrossCompanies { try $0.query(limit).count }
            for _ in 0..<2 {
                await #expect(performing: { try await changeMuch(in: database) }, throws: isStorage)
                #expect(try await notes(in: database) == ["old"])
            }
            // Somebody makes room.
            let room: SQL = "PRAGMA max_page_count = 100000"
            _ = try await database.transactionAcrossCompanies { try $0.query(room).count }
            try await changeMuch(in: database)
            #expect(try await notes(in: database).count == 101)
        }
    }

    @Test func aReadOnlySQLiteTakesNothing() async throws {
        try await withDatabaseAddress(.sqlite) { address in
            let database = try address.open()
            try await makeThing(in: database)
            // The rest of this transaction already feels it.
            await #expect(
                performing: {
                    try await database.transactionAcrossCompanies { connection in
                        try connection.execute("UPDATE thing SET note = 'new'")
                        try connection.execute("PRAGMA query_only = ON")
                        try connection.execute("INSERT INTO thing (id, note) VALUES ('b', 'new')")
                    }
                }, throws: isStorage)
            await #expect(performing: { try await changeMuch(in: database) }, throws: isStorage)
            try await database.close()
            let again = try address.open()
            #expect(try await notes(in: again) == ["old"])
            try await again.close()
        }
    }

    @Test func aReadOnlyPostgresTakesNothing() async throws {
        try await withDatabaseAddress(.postgres) { address in
            let before = try address.open()
            try await makeThing(in: before)
            try await before.transactionAcrossCompanies { connection in
                let name = try connection.first("SELECT CAST(current_database() AS TEXT) AS name")?.get(
                    "name", as: String.self)
                try connection.execute("ALTER DATABASE \(raw: name ?? "") SET default_transaction_read_only = on")
            }
            try await before.close()
            let database = try address.open()
            await #expect(performing: { try await changeMuch(in: database) }, throws: isStorage)
            await #expect(
                performing: {
                    try await database.transactionAcrossCompanies { connection in
                        _ = try connection.executeMany(
                            "INSERT INTO thing (id, note) VALUES ($1, 'new')", [[.text("b")], [.text("c")]])
                    }
                }, throws: isStorage)
            await #expect(performing: { _ = try await database.migrate([Migration(1, "one", [])]) }, throws: isStorage)
            #expect(try await notes(in: database) == ["old"])
            try await database.close()
        }
    }

    /// As after a failover in the middle of a transaction, and with the code of a full disk in the middle of many rows.
    @Test(arguments: ["read_only_sql_transaction", "disk_full"])
    func whatPostgresWroteBeforeItWasFullIsTakenBack(condition: String) async throws {
        try await withDatabase(.postgres) { database in
            try await makeThing(in: database)
            try await database.transactionAcrossCompanies { connection in
                try connection.execute(
                    """
                    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''\(raw: condition)''; END'
                    """)
                try connection.execute(
                    """
                    CREATE TRIGGER full_disk BEFORE INSERT ON thing FOR EACH ROW
                    WHEN (NEW.id = 'b50') EXECUTE FUNCTION full_disk()
                    """)
            }
            await #expect(performing: { try await changeMuch(in: database) }, throws: isStorage)
            #expect(try await notes(in: database) == ["old"])
        }
    }
}
