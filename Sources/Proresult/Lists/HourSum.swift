import Foundation
import Persistence

/// Hours added up. The database counts how many entries have the same figures; the figures are added here, exactly.
public struct HourSum: Sendable, Hashable {
    public private(set) var entries = 0
    public private(set) var total: Decimal = 0
    public private(set) var overtime50: Decimal = 0
    public private(set) var overtime100: Decimal = 0

    public var ordinary: Decimal { total - overtime50 - overtime100 }

    public init() {}

    /// The columns for a statement that ends with `GROUP BY … \(groups)`.
    static func columns(_ alias: String) -> String { "\(groups(alias)), count(*) AS entries" }
    /// The state last: an index that begins with it is of no use here, and SQLite would walk along it to save a sort.
    static func groups(_ alias: String) -> String {
        "\(alias).total_hours, \(alias).overtime50, \(alias).overtime100, \(alias).state"
    }

    static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum.entries += other.entries
        sum.total += other.total
        sum.overtime50 += other.overtime50
        sum.overtime100 += other.overtime100
        return sum
    }

    fileprivate mutating func add(_ row: SQLRow) throws {
        let count = try row.get("entries", as: Int.self)
        entries += count
        total += try row.get("total_hours", as: Decimal.self) * Decimal(count)
        overtime50 += try row.get("overtime50", as: Decimal.self) * Decimal(count)
        overtime100 += try row.get("overtime100", as: Decimal.self) * Decimal(count)
    }
}

/// Hours added up for each state.
public struct HourSums: Sendable, Hashable {
    private var sums: [ApprovalState: HourSum] = [:]

    public init() {}

    init(_ rows: [SQLRow]) throws {
        for row in rows { try sums[try row.get("state"), default: HourSum()].add(row) }
    }

    public subscript(state: ApprovalState) -> HourSum { sums[state] ?? HourSum() }

    public func sum(of states: [ApprovalState]) -> HourSum { states.reduce(HourSum()) { $0 + self[$1] } }

    /// Everything but what was rejected.
    public var counted: HourSum { sum(of: ApprovalState.allCases.filter { $0 != .rejected }) }
    /// What still waits for a leader.
    public var awaitingApproval: HourSum { sum(of: [.registered, .approvedStep1]) }
}
