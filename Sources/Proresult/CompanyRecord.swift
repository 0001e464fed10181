import Persistence

/// A row of one company: a struct that has one property per column of its table, and the statements that every
/// record needs. The company itself is not a property; it comes with the transaction.
public protocol CompanyRecord: Hashable, Sendable {
    static var kind: RecordKind { get }
    /// The columns without `company_id`, `id` first, in the order of `values`.
    static var columns: [String] { get }
    var id: Identifier<Self> { get }
    var values: [SQLValue] { get }
    init(row: SQLRow) throws

    /// Columns made from the others, for lists to search and order by: written with every write, never read back.
    static var listColumns: [String] { get }
    var listValues: [SQLValue] { get }
}

extension CompanyRecord {
    public static var listColumns: [String] { [] }
    public var listValues: [SQLValue] { [] }

    static var table: String { kind.rawValue }
    static var columnList: String { columns.joined(separator: ", ") }
    private static var writtenColumns: [String] { columns + listColumns }

    /// Writes new rows as they are, without asking the rules: for imports, which bring what the other side decided.
    public static func insert(_ many: [Self], in transaction: CompanyTransaction) throws {
        guard !many.isEmpty else { return }
        let (names, company) = (writtenColumns, transaction.company.sqlValue)
        let places = (1...names.count + 1).map { "$\($0)" }.joined(separator: ", ")
        try transaction.executeMany(
            "INSERT INTO \(table) (company_id, \(names.joined(separator: ", "))) VALUES (\(places))",
            many.map { record in
                // One array for each record and not one for each step: an import makes a hundred thousand of them.
                var row = [company]
                row.reserveCapacity(names.count + 1)
                row += record.values
                row += record.listValues
                return row
            })
    }

    /// Writes all columns of rows that exist, without asking the rules. Throws `ProresultError.vanished` when one of
    /// them is not there.
    public static func update(_ many: [Self], in transaction: CompanyTransaction) throws {
        guard !many.isEmpty else { return }
        let changes = writtenColumns.enumerated().dropFirst().map { "\($1) = $\($0 + 2)" }.joined(separator: ", ")
        let changed = try transaction.executeMany(
            "UPDATE \(table) SET \(changes) WHERE company_id = $1 AND id = $2",
            many.map { [transaction.company.sqlValue] + $0.values + $0.listValues })
        guard changed == many.count else { throw ProresultError.vanished(kind) }
    }

    public static func find(_ id: Identifier<Self>, in transaction: CompanyTransaction) throws -> Self? {
        try rows(
            """
            SELECT \(raw: columnList) FROM \(raw: table)
            WHERE company_id = \(transaction.company) AND id = \(id)
            """, in: transaction
        ).first
    }

    public static func find(_ ids: [Identifier<Self>], in transaction: CompanyTransaction) throws -> [Self] {
        guard !ids.isEmpty else { return [] }
        return try rows(
            """
            SELECT \(raw: columnList) FROM \(raw: table)
            WHERE \(sql: transaction.among(ids, in: "id")) ORDER BY id
            """, in: transaction)
    }

    /// The record, or `ProresultError.notFound`.
    public static func get(_ id: Identifier<Self>, in transaction: CompanyTransaction) throws -> Self {
        guard let record = try find(id, in: transaction) else {
            throw ProresultError.notFound(kind, key: id.text)
        }
        return record
    }

    /// Reads the record and keeps others from changing it until the transaction ends: an update that changes nothing
    /// locks the row on PostgreSQL and costs little on SQLite. Every rule that reads before it writes starts here.
    static func lock(_ id: Identifier<Self>, in transaction: CompanyTransaction) throws -> Self {
        // A column that no other row points at: for one that some do, SQLite looks all of them up.
        let column = columns.last ?? "id"
        let found = try rows(
            """
            UPDATE \(raw: table) SET \(raw: column) = \(raw: column) WHERE company_id = \(transaction.company) AND id = \(id)
            RETURNING \(raw: columnList)
            """, in: transaction)
        guard let record = found.first else { throw ProresultError.notFound(kind, key: id.text) }
        return record
    }

    /// The next number after the largest plain number in a column: `1` in an empty table. Numbers of more than nine
    /// digits are somebody's own series and do not count.
    static func nextNumber(column: String, in transaction: CompanyTransaction) throws -> String {
        let taken = try transaction.query(
            """
            SELECT \(raw: column) AS number FROM \(raw: table)
            WHERE company_id = \(transaction.company) AND length(\(raw: column)) <= 9
            """
        ).compactMap { Int(try $0.get("number", as: String.self)) }
        return String((taken.max() ?? 0) + 1)
    }

    static func rows(_ sql: SQL, in transaction: CompanyTransaction) throws -> [Self] {
        try transaction.query(sql).map(Self.init(row:))
    }
}
