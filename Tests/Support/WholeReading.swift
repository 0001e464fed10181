import Persistence

/// A place in a statement's plan where all rows of a table are read, or all that a company has in a table that grows for
/// ever or where keys are looked up. What such a statement costs grows with the years, or with the register.
public struct WholeReading: Sendable, Hashable, CustomStringConvertible {
    public enum Extent: String, Sendable {
        case table = "the whole table"
        case company = "all of a company"
    }

    public var table: String
    public var extent: Extent
    /// The statement on one line.
    public var statement: String
    /// The line of the plan.
    public var step: String

    public var description: String { "\(extent.rawValue): \(table), by “\(step)” in: \(statement)" }

    /// What is added to every day and never taken back by the business. Other tables are as large as the company is.
    public static let growing: Set = [
        "hour_entry", "approval", "withdrawal", "run", "run_item", "export_document", "export_line", "export_attempt",
        "export_rejection", "export_week", "outbox", "audit", "export_alarm", "erp_hint", "session", "sign_in_attempt",
    ]
    /// One row, or one for each company.
    static let small: Set = [
        "schema_migration", "installation", "company", "connection", "erp_gate", "export_shutter", "setup_check",
    ]
    /// What many rows of a company have in common.
    static let broad: Set = ["company_id", "job", "kind", "outcome", "source_kind", "record_kind", "subject_kind"]
    /// Pointers that few rows have.
    static let mostlyEmpty: Set = [
        "reverses_entry_id", "corrects_entry_id", "returns_withdrawal_id", "external_reference", "parent_project_id",
        "parent_id",
    ]
}

extension SQLDatabase {
    /// Explains the statements to the database that they were made for, in one transaction that writes nothing.
    ///
    /// On PostgreSQL reading a table from end to end is made dear first: what is small is read so in any case, and the
    /// question is whether an index could serve.
    public func wholeReadings(_ kind: TestDatabaseKind, of statements: [SQL]) async throws -> [WholeReading] {
        try await readAcrossCompanies { connection in
            let catalog = try IndexCatalog(kind, connection)
            return try statements.filter(\.hasPlan).flatMap { statement in
                try statement.plan(kind, connection).compactMap { step in
                    step.wholeReading(in: statement, catalog)
                }
            }
        }
    }
}

/// Which table an index belongs to, and whether it holds only some of its rows.
struct IndexCatalog {
    private let indexes: [String: (table: String, isPartial: Bool)]

    init(_ kind: TestDatabaseKind, _ connection: any SQLConnection) throws {
        let rows =
            switch kind {
            case .sqlite:
                try connection.query(
                    "SELECT name, tbl_name AS owner, coalesce(sql, '') AS made FROM sqlite_master WHERE type = 'index'")
            case .postgres:
                try connection.query(
                    """
                    SELECT CAST(indexname AS TEXT) AS name, CAST(tablename AS TEXT) AS owner, indexdef AS made
                    FROM pg_indexes WHERE schemaname = current_schema()
                    """)
            }
        indexes = try Dictionary(
            rows.map { row in
                let made: String = try row.get("made")
                return (try row.get("name"), (try row.get("owner"), made.contains(" WHERE ")))
            }, uniquingKeysWith: { $1 })
    }

    func table(of index: String) -> String? { indexes[index]?.table }
    func isPartial(_ index: String) -> Bool { indexes[index]?.isPartial ?? false }
}

/// One step of a plan that reads a table.
struct PlanStep {
    /// The table's name, or what the statement calls it.
    var name: String
    var index: String?
    /// The columns of the index that are looked up; without any it is read from end to end.
    var columns: Set<String>
    /// Rows come in the order that is wanted and the reading may stop early.
    var mayStopEarly: Bool
    var text: String

    func wholeReading(in statement: SQL, _ catalog: IndexCatalog) -> WholeReading? {
        guard let table = index.flatMap(catalog.table) ?? statement.tables(called: name).first,
            !WholeReading.small.contains(table), index.map(catalog.isPartial) != true,
            !(mayStopEarly && !columns.isEmpty)
        else { return nil }
        let extent: WholeReading.Extent
        if columns.isEmpty {
            extent = .table
        } else if columns.subtracting(WholeReading.broad).isEmpty && WholeReading.growing.contains(table)
            || columns == ["company_id"] && statement.looksKeysUp
        {
            extent = .company
        } else {
            return nil
        }
        return WholeReading(table: table, extent: extent, statement: statement.oneLine, step: text)
    }
}

/// Keys in a list, such as `erp_id IN ($3, $4)`.
private var keyList: Regex<(Substring, Substring, Substring)> { #/\b(\w*(?:id|number)) IN \((\$[^()]+)\)/# }

extension SQL {
    /// Rows that are named by a list of keys must not be looked for among all, however few a company has.
    var looksKeysUp: Bool { text.contains(keyList) || text.contains(") IN (VALUES ($") }

    /// The same statement for a whole page: each list of keys is five hundred long.
    private var withLongLists: SQL {
        let text = text.replacing(keyList) { list in
            let keys = list.2.split(separator: ", ")
            return "\(list.1) IN (" + (0..<max(500, keys.count)).map { keys[$0 % keys.count] }.joined(separator: ", ")
                + ")"
        }
        return SQL(text, bindings: bindings)
    }

    var oneLine: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    fileprivate var hasPlan: Bool {
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains { text.hasPrefix($0) } && !text.contains("pg_")
            && !text.contains("sqlite_master") && !text.contains("IN (NULL)") && !text.contains("WHERE FALSE")
    }

    /// The tables of the schema that the statement calls so; what grows comes first. What it puts aside itself is none.
    fileprivate func tables(called name: String) -> [String] {
        let aside = Set(text.matches(of: #/\b(\w+) AS MATERIALIZED \(/#).map { String($0.1) })
        let places = text.matches(of: #/\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/#)
        let found = places.filter { String($0.1) == name || $0.2.map(String.init) == name }.map { String($0.1) }
            .filter { !aside.contains($0) }
        return found.filter(WholeReading.growing.contains) + found.filter { !WholeReading.growing.contains($0) }
    }

    fileprivate func plan(_ kind: TestDatabaseKind, _ connection: any SQLConnection) throws -> [PlanStep] {
        switch kind {
        case .sqlite: try sqlitePlan(connection)
        case .postgres: try postgresPlan(connection)
        }
    }

    /// Such as `SEARCH h USING INDEX hour_entry_day (company_id=? AND work_date>?)` and `SCAN h`.
    private func sqlitePlan(_ connection: any SQLConnection) throws -> [PlanStep] {
        let statement = withLongLists
        let lines = try connection.query(SQL("EXPLAIN QUERY PLAN " + statement.text, bindings: bindings)).map {
            try $0.get("detail", as: String.self)
        }
        let sorts = lines.contains { $0.hasPrefix("USE TEMP B-TREE FOR ORDER BY") || $0.contains("FOR GROUP BY") }
        let form = #/(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?:.*?\((.*)\))?.*/#
        return lines.compactMap { line in
            guard let match = line.wholeMatch(of: form), match.2 != "CONSTANT" else { return nil }
            let sought =
                match.4.map { terms in
                    terms.split(separator: " AND ").map { String($0.prefix { !"=<>".contains($0) }) }
                } ?? []
            return PlanStep(
                name: String(match.2), index: match.3.map(String.init),
                columns: match.1 == "SCAN" || line.contains("AUTOMATIC") ? [] : Set(sought.filter(isChoosing)),
                mayStopEarly: text.contains("LIMIT") && !sorts, text: line)
        }
    }

    /// SQLite takes an empty pointer for as rare as any other value.
    private func isChoosing(_ column: String) -> Bool {
        !WholeReading.mostlyEmpty.contains(column) || !text.contains("\(column) IS NULL")
    }

    /// Such as `->  Index Scan using hour_entry_day on hour_entry h` and, below it, `Index Cond: ((company_id = …`.
    private func postgresPlan(_ connection: any SQLConnection) throws -> [PlanStep] {
        try connection.execute("SET LOCAL enable_seqscan = off")
        // A company that has no rows there is read in any way, as cheap as another: it is one with many that counts.
        let bindings = bindings.map { $0 == .text("annet") ? SQLValue.text("firma") : $0 }
        let lines = try connection.query(SQL("EXPLAIN (COSTS OFF) " + text, bindings: bindings)).map {
            try $0.get("QUERY PLAN", as: String.self)
        }
        let form =
            #/(?:-> +)?(?<kind>Seq Scan|Index Scan|Index Only Scan|Bitmap Index Scan)(?: Backward)?(?: using (?<index>\w+))? on (?<name>\w+).*/#
        var above: [(depth: Int, node: Substring)] = []
        var steps: [PlanStep] = []
        for line in lines {
            let depth = line.prefix { $0 == " " }.count
            let node = line.dropFirst(depth)
            if node.hasPrefix("Index Cond: "), let last = steps.indices.last {
                steps[last].columns = Set(node.matches(of: #/\(+(\w+)\)* (?:=|<|>)/#).map { String($0.1) })
                steps[last].text += " \(node)"
            }
            guard node.hasPrefix("->") || depth == 0 else { continue }
            above.removeAll { $0.depth >= depth }
            if let match = node.wholeMatch(of: form) {
                let isBitmap = match.kind == "Bitmap Index Scan"
                let index = isBitmap ? match.name : match.index
                steps.append(
                    PlanStep(
                        name: String(match.name), index: index.map(String.init), columns: [],
                        mayStopEarly: Self.stopsEarly(above.map(\.node)), text: String(node)))
            }
            above.append((depth, node.drop { "-> ".contains($0) }))
        }
        return steps
    }

    /// Whether a limit stands above, and nothing between that must first have all rows.
    private static func stopsEarly(_ above: [Substring]) -> Bool {
        guard let limit = above.lastIndex(where: { $0.hasPrefix("Limit") }) else { return false }
        return !above[limit...].contains { node in
            ["Sort", "Aggregate", "HashAggregate", "Hash", "Bitmap Heap", "Unique"].contains { node.hasPrefix($0) }
        }
    }
}
