/// A period of the general ledger as year and number, written `YYYYPP` (API.md 3.7).
public struct PeriodID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    /// From 1; a company can have 13.
    public let number: Int

    public init?(year: Int, number: Int) {
        guard (1980...2199).contains(year), (1...99).contains(number) else { return nil }
        self.year = year
        self.number = number
    }

    /// Reads `202601`, `012026`, `01-2026` or `2026-01`. The year decides which half is which; without it `YYYYPP` is meant,
    /// and `PPYYYY` only where that makes no sense.
    public init?(_ text: String, year: Int? = nil) {
        let digits = text.filter { $0 != "-" && $0 != " " && $0 != "/" }
        guard digits.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let readings = [(digits.prefix(4), digits.suffix(2)), (digits.suffix(4), digits.prefix(2))]
        let found = readings.lazy.compactMap { PeriodID(year: Int($0) ?? 0, number: Int($1) ?? 0) }
            .first { $0.year == year ?? $0.year }
        guard let found else { return nil }
        self = found
    }

    /// `YYYYPP`, for filters, paths and lines.
    public var text: String { padded(Int64(year), 4) + padded(Int64(number), 2) }

    public var description: String { text }

    public static func < (left: PeriodID, right: PeriodID) -> Bool {
        (left.year, left.number) < (right.year, right.number)
    }
}

/// A financial period (API.md 3.7). Find the one with the latest `startDate` not after the date of work: periods need not be months,
/// and `endDate` may be the first day of the next one.
public struct FinancialPeriod: Sendable, Equatable {
    public var id: PeriodID
    public var startDate: VismaDate
    public var endDate: VismaDate?
    public var description: String?
    public var isActive: Bool
    public var isClosedInGeneralLedger: Bool

    /// Open for posting. Absent flags count as "no": not active, not closed.
    public var isOpen: Bool { isActive && !isClosedInGeneralLedger }
}

extension FinancialPeriod: RowDecodable {
    static let keyNames = ["period"]

    init(row: RowReader) throws(UnreadableField) {
        let year = try row.optionalInteger("year").flatMap { Int(exactly: $0) }
        let text = try row.key("period")
        guard let id = PeriodID(text, year: year) else { throw UnreadableField(path: "period", reason: "not a period") }
        guard let start = try row.optionalDate("startDate") else {
            throw UnreadableField(path: "startDate", reason: "missing")
        }
        self.id = id
        startDate = start
        endDate = try row.optionalDate("endDate")
        description = try row.optionalText("description")
        isActive = try row.optionalFlag("active") ?? false
        isClosedInGeneralLedger = try row.optionalFlag("closedInGeneralLedger") ?? false
    }
}

extension VismaNetClient {
    /// Periods from that year on, perhaps some of the year before; all without it. The ERP gives this list whole.
    public func financialPeriods(fromYear year: Int? = nil) async throws(VismaNetError) -> Page<FinancialPeriod> {
        var query = QueryItems()
        // Whether the year itself is "greater than" itself is not told, so ask from the year before.
        query.add("greaterThanValue", year.map { String($0 - 1) })
        return try await whole("financial periods", ["v1", "financialPeriod"], query: query)
    }

    /// One period. Nil if there is none.
    public func financialPeriod(_ id: PeriodID) async throws(VismaNetError) -> FinancialPeriod? {
        let found: Versioned<FinancialPeriod>? = try await one(
            call("financial period", path: ["v1", "financialPeriod"], key: id.text))
        return found?.record
    }
}
