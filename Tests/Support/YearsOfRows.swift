import Foundation
import Persistence
import Synchronization

/// A database with the tables of some migrations that looks to its planner as if companies had worked in it for years:
/// what a statement costs then is seen from its plan. One for each kind of database, for the whole process.
enum YearsOfRows {
    private static let made = Mutex<[String: Task<any SQLDatabase, any Error>]>([:])

    static func database(_ kind: TestDatabaseKind, _ migrations: [Migration]) async throws -> any SQLDatabase {
        try await made.withLock { made in
            let key = "\(kind) \(migrations.map(\.number))"
            if let known = made[key] { return known }
            let task = Task<any SQLDatabase, any Error> {
                switch kind {
                case .sqlite: try await SQLiteYears.make(migrations)
                case .postgres: try await PostgresYears.make(migrations)
                }
            }
            made[key] = task
            return task
        }.value
    }

    static let lists: Set = [
        "customer", "project", "project_work_type", "item", "worker", "worker_wage", "app_user", "job", "erp_fact",
    ]
}

/// SQLite's planner only knows what `ANALYZE` wrote down, and that can be written without any rows. Ours looks at a part of
/// each index only, so that no more rows than those seem alike.
private enum SQLiteYears {
    private static let rows = 1_000_000
    /// How many different values a column has; of any other, many.
    private static let different = [
        "company_id": 20, "job": 5, "name": 5, "kind": 2, "outcome": 4, "state": 5, "source_kind": 2, "record_kind": 5,
        "subject_kind": 5, "worker_id": 100, "project_id": 2000, "work_date": 2500, "withdrawal_date": 2500,
        "period": 120,
    ]

    static func make(_ migrations: [Migration]) async throws -> any SQLDatabase {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ferje-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        folders.withLock { $0.append(folder) }
        atexit { SQLiteYears.folders.withLock { $0 }.forEach { try? FileManager.default.removeItem(at: $0) } }
        let path = folder.appending(path: "years.sqlite").path
        let fresh = try SQLiteDatabase(path: path, clock: .frozen)
        _ = try await fresh.migrate(migrations)
        try await fresh.transactionAcrossCompanies { connection in
            try connection.execute("ANALYZE")
            try connection.execute("DELETE FROM sqlite_stat1")
            try connection.executeMany(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", try statistics(connection))
        }
        // Statistics are read when a file is opened, and written anew when it is closed: so it is not closed first.
        try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
        for ending in ["-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.copyItem(atPath: path + ending, toPath: path + ".copy" + ending)
        }
        return try SQLiteDatabase(path: path + ".copy", clock: .frozen)
    }

    private static let folders = Mutex<[URL]>([])

    private static func statistics(_ connection: any SQLConnection) throws -> [[SQLValue]] {
        let columns = try connection.query(
            """
            SELECT t.name AS owner, i.name AS name, i."unique" AS is_unique, i.partial AS is_partial, c.name AS part
            FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
            WHERE t.type = 'table' ORDER BY t.name, i.name, c.seqno
            """)
        let indexes = try Dictionary(grouping: columns) { try $0.get("name", as: String.self) }
        return try indexes.sorted { $0.key < $1.key }.compactMap { name, columns in
            guard let first = columns.first else { return nil }
            let table: String = try first.get("owner")
            let known = WholeReading.growing.contains(table) || YearsOfRows.lists.contains(table)
            let isPartial = try first.get("is_partial", as: Int.self) == 1
            let all = isPartial ? rows / 100 : known ? rows : rows / 100
            var each = all
            var stat = ["\(all)"]
            for column in columns {
                let part: String? = try column.get("part")
                let isEmpty = !isPartial && part.map(WholeReading.mostlyEmpty.contains) == true
                each = max(1, each / (isEmpty ? 1 : part.flatMap { different[$0] } ?? 100_000))
                stat.append("\(min(each, SQLiteDatabase.analysisLimit + 1))")
            }
            return [table.sqlValue, name.sqlValue, stat.joined(separator: " ").sqlValue]
        }
    }
}

/// PostgreSQL's planner looks at the tables themselves, so they get rows: as many as it takes to tell indexes apart, of no
/// meaning, and without the checks and pointers that such rows would not pass.
private enum PostgresYears {
    private static func rows(of table: String) -> Int { table == "run" ? 40_000 : 4000 }
    private static let values = [
        "company_id": "(ARRAY['company', 'c1', 'firma', 'other'])[1 + g % 4]",
        "job": "(ARRAY['customers', 'projects', 'items', 'hours', 'withdrawals'])[1 + g / 4 % 5]",
        "kind": "(ARRAY['hours', 'withdrawals'])[1 + g / 4 % 2]",
        "source_kind": "(ARRAY['hourEntry', 'withdrawal'])[1 + g / 4 % 2]",
        "record_kind": "'customer'", "subject_kind": "'document'",
        "outcome": "CASE WHEN g % 400 = 0 THEN 'running' ELSE 'succeeded' END", "worker_id": "CAST(g % 97 AS TEXT)",
        "project_id": "CAST(g % 397 AS TEXT)", "document_id": "CAST(g / 10 AS TEXT)", "run_id": "CAST(g / 10 AS TEXT)",
        "work_date": "to_char(DATE '2017-01-01' + g % 3650, 'YYYY-MM-DD')",
        "withdrawal_date": "to_char(DATE '2017-01-01' + g % 3650, 'YYYY-MM-DD')",
        "period": "to_char(DATE '2017-01-01' + g % 3650, 'YYYYMM')",
        "hour_entry.state": "CASE WHEN g % 50 = 0 THEN 'registered' ELSE 'transferred' END",
        "withdrawal.state": "CASE WHEN g % 50 = 0 THEN 'registered' ELSE 'invoiced' END",
        "export_document.state": "CASE WHEN g % 50 = 0 THEN 'unknown' ELSE 'confirmed' END",
        "released_at": "CAST(NULL AS BIGINT)", "dead_at": "CAST(NULL AS BIGINT)",
    ]

    static func make(_ migrations: [Migration]) async throws -> any SQLDatabase {
        let database = try PostgresDatabase(
            url: try await PostgresForTests.lastingDatabase(migrations: migrations), poolSize: 1, clock: .frozen)
        try await database.transactionAcrossCompanies { connection in
            let hindrances = try connection.query(
                """
                SELECT format('ALTER TABLE %I DROP CONSTRAINT %I CASCADE', t.relname, c.conname) AS ddl
                FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
                WHERE c.contype IN ('c', 'f') AND t.relnamespace = CAST(current_schema() AS regnamespace)
                ORDER BY c.contype DESC, c.conname
                """)
            for row in hindrances { try connection.execute(SQL(stringLiteral: row.get("ddl"))) }
            let columns = try connection.query(
                """
                SELECT CAST(table_name AS TEXT) AS owner, CAST(column_name AS TEXT) AS name,
                    CAST(data_type AS TEXT) AS type
                FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position
                """)
            let tables = try Dictionary(grouping: columns) { try $0.get("owner", as: String.self) }
            for (table, columns) in tables.sorted(by: { $0.key < $1.key })
            where WholeReading.growing.contains(table) || YearsOfRows.lists.contains(table) {
                let names = try columns.map { try $0.get("name", as: String.self) }
                let made = try columns.map { column in
                    let name: String = try column.get("name")
                    let type = try column.get("type", as: String.self) == "text" ? "TEXT" : "BIGINT"
                    let empty = WholeReading.mostlyEmpty.contains(name) ? "CAST(NULL AS \(type))" : nil
                    return values["\(table).\(name)"] ?? values[name] ?? empty ?? "CAST(g AS \(type))"
                }
                try connection.execute(
                    """
                    INSERT INTO \(raw: table) (\(raw: names.joined(separator: ", ")))
                    SELECT \(raw: made.joined(separator: ", ")) FROM generate_series(1, \(raw: String(rows(of: table)))) AS g
                    ON CONFLICT DO NOTHING
                    """)
            }
            try connection.execute("ANALYZE")
        }
        return database
    }
}
