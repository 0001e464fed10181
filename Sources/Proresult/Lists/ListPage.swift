import Persistence

/// Which page of a list is wanted.
public struct PageRequest: Sendable, Hashable {
    /// The first is 1. A page behind the last gives the last.
    public var number: Int
    /// At most 500 rows.
    public var size: Int

    public init(number: Int = 1, size: Int = 50) {
        self.number = max(1, number)
        self.size = min(max(1, size), 500)
    }
}

extension PageRequest {
    /// How many pages there are; one, though it may be empty.
    public func pages(of total: Int) -> Int { max(1, (total + size - 1) / size) }
}

/// One page of a list, and how many rows there are in all.
public struct ListPage<Row: Sendable>: Sendable {
    public let rows: [Row]
    public let total: Int
    /// The page that this is, which is not the one asked for when there are fewer.
    public let number: Int
    public let size: Int

    private init(rows: [Row], total: Int, number: Int, size: Int) {
        (self.rows, self.total, self.number, self.size) = (rows, total, number, size)
    }

    /// The same page of something else.
    public func map<Other: Sendable>(_ other: (Row) throws -> Other) rethrows -> ListPage<Other> {
        ListPage<Other>(rows: try rows.map(other), total: total, number: number, size: size)
    }

    public var pages: Int { max(1, (total + size - 1) / size) }
    public var hasNext: Bool { number < pages }
    public var hasPrevious: Bool { number > 1 }

    /// `read` gets the end of its statement, `LIMIT … OFFSET …`.
    init(_ request: PageRequest, total: Int, read: (_ part: SQL) throws -> [Row]) rethrows {
        self.total = total
        size = request.size
        number = min(request.number, max(1, (total + request.size - 1) / request.size))
        rows = total == 0 ? [] : try read("LIMIT \(size) OFFSET \((number - 1) * size)")
    }
}

extension CompanyTransaction {
    /// The number that a statement gives under the name `total`.
    func count(_ sql: SQL) throws -> Int { try first(sql)?.get("total") ?? 0 }
}

extension CompanyRecord {
    /// The columns of one table of a join, under their own names.
    static func columnList(of alias: String) -> String {
        columns.map { "\(alias).\($0) AS \($0)" }.joined(separator: ", ")
    }
}

extension [SQL] {
    /// All of these conditions.
    func all() -> SQL { dropFirst().reduce(first ?? "1 = 1") { "\(sql: $0) AND \(sql: $1)" } }
}
