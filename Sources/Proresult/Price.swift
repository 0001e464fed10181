import Foundation

/// Which of an item's two prices is meant.
public enum Price: String, Sendable, CaseIterable {
    case sales, cost

    /// Kroner per unit: not negative, at most four decimals.
    static func check(_ price: Decimal, of record: RecordKind, field: String) throws {
        guard price >= 0 else { throw ProresultError.negative(record, field: field) }
        guard price.decimals <= 4 else { throw ProresultError.tooManyDecimals(record, field: field, limit: 4) }
    }
}
