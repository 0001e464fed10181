import Crypto
import Foundation
import Persistence

/// All rows of one company, page by page, with all their columns.
struct CompanyRows: Sendable {
    static let pageSize = 1000

    let table: CompanyTable

    struct Page: Sendable {
        var columns: [String] = []
        /// Each in the order of `columns`.
        var rows: [[SQLValue]] = []
        /// Where the next page begins; nil after the last.
        var next: [SQLValue]?
    }

    /// A table without a key of its own has one row for a company.
    func page(after last: [SQLValue]?, in transaction: CompanyTransaction) throws -> Page {
        var sql: SQL = "SELECT * FROM \(raw: table.name) WHERE company_id = \(transaction.company)"
        let order = table.key.joined(separator: ", ")
        if let last { sql = "\(sql: sql) AND (\(raw: order)) > (\(list: last))" }
        if !table.key.isEmpty { sql = "\(sql: sql) ORDER BY \(raw: order) LIMIT \(Self.pageSize)" }
        let found = try transaction.query(sql)
        guard let first = found.first else { return Page() }
        let columns = first.columnNames
        var page = Page(columns: columns)
        page.rows = try found.map { row in try columns.map { try row.get($0) } }
        if found.count == Self.pageSize, let end = found.last, !table.key.isEmpty {
            page.next = try table.key.map { try end.get($0) }
        }
        return page
    }

    /// Pointers at rows of the same table are left out: what they point at may come later. `point` puts them in.
    func insert(_ page: Page, in transaction: CompanyTransaction) throws {
        guard !page.rows.isEmpty else { return }
        let places = page.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        try transaction.executeMany(
            "INSERT INTO \(table.name) (\(page.columns.joined(separator: ", "))) VALUES (\(places))",
            page.rows.map { row in
                zip(page.columns, row).map { table.ownReferences.contains($0) ? .null : $1 }
            })
    }

    func point(_ page: Page, in transaction: CompanyTransaction) throws {
        for column in table.ownReferences {
            guard let place = page.columns.firstIndex(of: column), let id = page.columns.firstIndex(of: "id") else {
                continue
            }
            let pointing = page.rows.filter { $0[place] != .null }
            try transaction.executeMany(
                "UPDATE \(table.name) SET \(column) = $3 WHERE company_id = $1 AND id = $2",
                pointing.map { [transaction.company.sqlValue, $0[id], $0[place]] })
        }
    }

    /// Deletes some, and tells whether there may be more.
    func deleteSome(in transaction: CompanyTransaction) throws -> Bool {
        let company = transaction.company
        guard !table.key.isEmpty else {
            try transaction.execute("DELETE FROM \(raw: table.name) WHERE company_id = \(company)")
            return false
        }
        let key = table.key.joined(separator: ", ")
        let deleted = try transaction.execute(
            """
            DELETE FROM \(raw: table.name) WHERE company_id = \(company) AND (\(raw: key)) IN (
                SELECT \(raw: key) FROM \(raw: table.name) WHERE company_id = \(company) LIMIT \(Self.pageSize))
            """)
        return deleted == Self.pageSize
    }

    func forgetOwnReferences(in transaction: CompanyTransaction) throws {
        for column in table.ownReferences {
            try transaction.execute(
                """
                UPDATE \(raw: table.name) SET \(raw: column) = NULL
                WHERE company_id = \(transaction.company) AND \(raw: column) IS NOT NULL
                """)
        }
    }
}

/// What a table holds of a company: how many rows, and the digest of each. Two that are equal hold the same, in whatever
/// order their databases sort.
struct CompanyRowDigests: Sendable, Hashable {
    private(set) var rows: Set<[UInt8]> = []

    mutating func add(_ page: CompanyRows.Page) {
        for row in page.rows { rows.insert(Self.digest(page.columns, row)) }
    }

    /// Of all rows together.
    var text: String {
        var hash = SHA256()
        for row in rows.sorted(by: { $0.lexicographicallyPrecedes($1) }) { hash.update(data: row) }
        return hash.finalize().prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// By the names of the columns, since a database may have them in another order.
    private static func digest(_ columns: [String], _ row: [SQLValue]) -> [UInt8] {
        var hash = SHA256()
        for (column, value) in zip(columns, row).sorted(by: { $0.0 < $1.0 }) {
            let text =
                switch value {
                case .null: "-"
                case .integer(let number): "i\(number)"
                case .text(let text): "t\(text.utf8.count):\(text)"
                }
            hash.update(data: Data("\(column)=\(text)\n".utf8))
        }
        return Array(hash.finalize())
    }
}
