/// One row of an answer, read by column name.
public struct SQLRow: Sendable {
    private let columns: [String: Int]
    private let values: [SQLValue]

    /// `columns` is shared by all rows of one answer.
    public init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// In the order of the answer.
    public var columnNames: [String] { columns.sorted { $0.value < $1.value }.map(\.key) }

    /// Where each column stands; of two with the same name the first.
    static func positions(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The value of a column. Throws `SQLError.unreadable` for a column that the answer does not have or a value of
    /// another form.
    public func get<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let index = columns[column], values.indices.contains(index) else {
            throw SQLError.unreadable("the answer has no column \(column)")
        }
        do {
            return try Value(sqlValue: values[index])
        } catch SQLError.unreadable(let why) {
            throw SQLError.unreadable("column \(column): \(why)")
        }
    }
}
