import Foundation

/// How one unit converts to another (API.md 3.8).
public struct UnitConversion: Sendable, Equatable {
    public var fromUnit: String
    public var toUnit: String
    /// Whether `rate` multiplies or divides.
    public var operation: Listed<UnitOperation>?
    public var rate: Decimal?
}

extension UnitConversion: RowDecodable {
    static let keyNames = ["fromUnit"]

    init(row: RowReader) throws(UnreadableField) {
        fromUnit = try row.key("fromUnit")
        toUnit = try row.key("toUnit")
        operation = try row.listed("unitMultDiv")
        rate = try row.optionalDecimal("unitRate")
    }
}

/// What to do with the rate.
public enum UnitOperation: String, Sendable, Hashable {
    case multiply = "Multiply"
    case divide = "Divide"
}

extension VismaNetClient {
    /// Unit conversions. The ERP gives this list whole (API.md 2.1).
    public func unitsOfMeasure() async throws(VismaNetError) -> Page<UnitConversion> {
        try await whole("units of measure", ["v1", "unitofmeasure"])
    }
}
