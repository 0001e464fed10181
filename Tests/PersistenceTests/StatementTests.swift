import Foundation
import Persistence
import Testing
import TestSupport

/// What a statement takes and gives, alike on both databases.
@Suite struct StatementTests {
    static let things = [
        Migration(
            1, "things",
            ["CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, name TEXT, count BIGINT NOT NULL DEFAULT 0)"])
    ]

    @Test(arguments: TestDatabaseKind.allCases) func interpolatedValuesAreBound(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let found = try await database.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id, name, count) VALUES (\("a"), \("Bolt M8"), \(12))")
                return try connection.first("SELECT name, count FROM thing WHERE id = \("a") AND count > \(11)")
                    .map { (try $0.get("name", as: String.self), try $0.get("count", as: Int.self)) }
            }
            #expect(found?.0 == "Bolt M8")
            #expect(found?.1 == 12)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func aParameterMayBeUsedTwice(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let names = try await database.transactionAcrossCompanies { connection in
                try connection.executeMany(
                    "INSERT INTO thing (name, id) VALUES ($2, $1)",
                    [[.text("a"), .text("x")], [.text("b"), .text("a")], [.text("c"), .text("z")]])
                let sql = SQL(
                    "SELECT id FROM thing WHERE name <> $2 AND (id = $1 OR name = $1) ORDER BY id",
                    bindings: [.text("a"), .text("z")])
                return try connection.query(sql).map { try $0.get("id", as: String.self) }
            }
            #expect(names == ["a", "b"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func listsFillAnIN(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let counts = try await database.transactionAcrossCompanies { connection in
                try connection.executeMany(
                    "INSERT INTO thing (id) VALUES ($1)", ["a", "b", "c"].map { [.text($0)] })
                return try [["a", "c", "q"], [], ["b"]].map { ids in
                    try connection.query("SELECT id FROM thing WHERE id IN (\(list: ids))").count
                }
            }
            #expect(counts == [2, 0, 1])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func keysOfAPageAreAmongItsRows(kind: TestDatabaseKind) async throws {
        let notes = Migration(
            1, "notes", ["CREATE TABLE note (company_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (company_id, id))"]
        )
        try await withDatabase(kind, migrations: [notes]) { database in
            let counts = try await database.transactionAcrossCompanies { connection in
                try connection.executeMany(
                    "INSERT INTO note (company_id, id) VALUES ($1, $2)",
                    [("one", "a"), ("one", "b"), ("one", "c"), ("two", "a"), ("two", "q")].map {
                        [.text($0.0), .text($0.1)]
                    })
                return try [["a", "c", "q"], [], ["b", "b"]].map { ids in
                    let among = connection.among(ids, in: "id", of: CompanyID("one"))
                    return try connection.query("SELECT id FROM note WHERE 1 = \(1) AND \(sql: among) AND 2 = \(2)")
                        .count
                }
            }
            #expect(counts == [2, 0, 1])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func nullsGoInAndComeBack(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let names: [String?] = try await database.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id, name) VALUES ('a', \(String?.none)), ('b', \("B"))")
                try connection.execute("UPDATE thing SET name = \(String?.none) WHERE id = 'b'")
                return try connection.query("SELECT name FROM thing ORDER BY id").map { try $0.get("name") }
            }
            #expect(names == [nil, nil])
        }
    }

    @Test(
        arguments: TestDatabaseKind.allCases,
        ["æøå ÆØÅ", "👷🏽‍♀️ på taket", "O'Brien \"Bob\" \\ $1 ? :x", "'; DROP TABLE thing; --", "", " \n\t", "e\u{301}"])
    func textComesBackUnchanged(kind: TestDatabaseKind, text: String) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let found: [String] = try await database.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id, name) VALUES ('a', \(text))")
                return try connection.query("SELECT name FROM thing WHERE name = \(text)").map { try $0.get("name") }
            }
            #expect(found.map { Array($0.utf8) } == [Array(text.utf8)])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func theCharacterNULIsRefused(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            for text in ["a\0b", "\0"] {
                await #expect(throws: SQLError.statement("a text to be stored contains the character NUL")) {
                    try await database.transactionAcrossCompanies { connection in
                        try connection.execute("INSERT INTO thing (id) VALUES (\(text))")
                    }
                }
                await #expect(throws: SQLError.statement("a text to be stored contains the character NUL")) {
                    try await database.transactionAcrossCompanies { connection in
                        try connection.executeMany(
                            "INSERT INTO thing (id) VALUES ($1)", [[.text("ok")], [.text(text)]])
                    }
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func integersKeepAll64Bits(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let numbers: [Int64] = [.min, -1, 0, 1, 9_007_199_254_740_993, .max]
            let found: [Int64] = try await database.transactionAcrossCompanies { connection in
                for number in numbers {
                    try connection.execute("INSERT INTO thing (id, count) VALUES (\("n\(number)"), \(number))")
                }
                return try connection.query("SELECT count FROM thing ORDER BY count").map { try $0.get("count") }
            }
            #expect(found == numbers)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func decimalsStayExact(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let texts = ["0.07", "-12.5", "99999999999999999999.99", "0", "1000", "0.0000000001"]
            let decimals = try texts.map { try #require(Decimal(exact: $0)) }
            let found: [Decimal] = try await database.transactionAcrossCompanies { connection in
                for (index, decimal) in decimals.enumerated() {
                    try connection.execute("INSERT INTO thing (id, name) VALUES (\("d\(index)"), \(decimal))")
                }
                return try connection.query("SELECT name FROM thing ORDER BY id").map { try $0.get("name") }
            }
            #expect(found == decimals)
            #expect(found.map(\.description) == texts)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func countsTellTheChangedRows(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let counts = try await database.transactionAcrossCompanies { connection in
                let inserted = try connection.execute("INSERT INTO thing (id) VALUES ('a'), ('b'), ('c')")
                let updated = try connection.execute("UPDATE thing SET count = 1 WHERE id <> \("a")")
                let missed = try connection.execute("DELETE FROM thing WHERE id = \("q")")
                let created = try connection.execute("CREATE TABLE other (id TEXT)")
                let read = try connection.execute("SELECT id FROM thing")
                return [inserted, updated, missed, created, read]
            }
            #expect(counts == [3, 2, 0, 0, 0])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func anUpsertReturnsItsRow(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            for (name, expected) in [("first", 1), ("second", 2)] {
                let row = try await database.transactionAcrossCompanies { connection in
                    try connection.first(
                        """
                        INSERT INTO thing (id, name, count) VALUES ('a', \(name), 1)
                        ON CONFLICT (id) DO UPDATE SET name = excluded.name, count = thing.count + 1
                        RETURNING name, count
                        """)
                }
                #expect(try row?.get("name") == name)
                #expect(try row?.get("count") == expected)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func aConditionalUpdateHitsOnce(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let hits = try await database.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id, count) VALUES ('a', 7)")
                return try (0..<2).map { _ in
                    try connection.query(
                        "UPDATE thing SET count = count + 1 WHERE id = 'a' AND count = \(7) RETURNING count"
                    ).count
                }
            }
            #expect(hits == [1, 0])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func manyRowsAreCounted(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let counts = try await database.transactionAcrossCompanies { connection in
                let rows: [[SQLValue]] = (0..<450).map {
                    [.text("t\($0)"), $0.isMultiple(of: 3) ? .null : .text("n"), .integer(Int64($0))]
                }
                let text = "INSERT INTO thing (id, name, count) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING"
                let first = try connection.executeMany(text, rows)
                let again = try connection.executeMany(text, rows + [[.text("new"), .null, .integer(1)]])
                let none = try connection.executeMany(text, [])
                let held = try connection.query("SELECT id FROM thing").count
                return [first, again, none, held]
            }
            #expect(counts == [450, 1, 0, 451])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aBadRowAmongManyLeavesNothing(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            var rows: [[SQLValue]] = (0..<450).map { [.text("t\($0)"), .integer(Int64($0))] }
            rows[333][0] = .null
            let many = rows
            await #expect(throws: SQLError.constraint(.notNull, "thing.id")) {
                try await database.transactionAcrossCompanies { connection in
                    try connection.executeMany("INSERT INTO thing (id, count) VALUES ($1, $2)", many)
                }
            }
            let held = try await database.transactionAcrossCompanies { try $0.query("SELECT id FROM thing").count }
            #expect(held == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func aWrongTextIsOurBug(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            for text in ["SELEC 1", "SELECT nothing FROM thing", "SELECT 1 FROM nowhere", "SELECT 1; SELECT 2"] {
                await #expect {
                    try await database.transactionAcrossCompanies { try $0.query(SQL(stringLiteral: text)).count }
                } throws: { error in
                    guard case SQLError.statement = error else { return false }
                    return true
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func valuesAreReadAsWhatTheyAre(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let row = try await database.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id, name, count) VALUES ('secret', 'secret', 5)")
                return try connection.first("SELECT id, name, count, COUNT(*) AS total FROM thing GROUP BY id")
            }
            let found = try #require(row)
            #expect(try found.get("total", as: Int.self) == 1)
            #expect(throws: SQLError.unreadable("the answer has no column nothing")) {
                try found.get("nothing", as: String.self)
            }
            // The value itself must not be in the error: it can be a person's.
            #expect(throws: SQLError.unreadable("column name: integer expected, found a text")) {
                try found.get("name", as: Int.self)
            }
            #expect(throws: SQLError.unreadable("column name: decimal expected")) {
                try found.get("name", as: Decimal.self)
            }
            #expect(throws: SQLError.unreadable("column name: date expected (yyyy-mm-dd)")) {
                try found.get("name", as: CalendarDate.self)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func manyRowsKeepWhatTheyHold(kind: TestDatabaseKind) async throws {
        let names: [String?] = [
            "a \"b\" \\ {c}, d", nil, "NULL", "", " ", "æøå 😀", "{}", "line\nline", "$1", #"\x41"#,
        ]
        try await withDatabase(kind, migrations: Self.things) { database in
            let (count, stored) = try await database.transactionAcrossCompanies { connection in
                let rows = (0..<2500).map { number in
                    [String(10_000 + number).sqlValue, names[number % names.count].sqlValue, number.sqlValue]
                }
                let count = try connection.executeMany(
                    "INSERT INTO thing (id, name, count) VALUES ($1, $2, $3)", rows)
                let stored: [String?] = try connection.query("SELECT name FROM thing ORDER BY id").map {
                    try $0.get("name")
                }
                return (count, stored)
            }
            #expect(count == 2500)
            #expect(stored == (0..<2500).map { names[$0 % names.count] })
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func oneOfManyRowsThatBreaksARuleUndoesAll(
        kind: TestDatabaseKind
    ) async throws {
        try await withDatabase(kind, migrations: Self.things) { database in
            let error = await #expect(throws: SQLError.self) {
                try await database.transactionAcrossCompanies { connection in
                    _ = try connection.executeMany(
                        "INSERT INTO thing (id, name) VALUES ($1, $2)",
                        ["a", "b", "a"].map { [.text($0), .text("x")] })
                }
            }
            guard case .constraint(.unique, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let left = try await database.transactionAcrossCompanies { try $0.query("SELECT id FROM thing").count }
            #expect(left == 0)
        }
    }
}
