/// A postal address (API.md 3.1).
public struct Address: Sendable, Equatable {
    public var line1: String?
    public var line2: String?
    public var line3: String?
    public var postalCode: String?
    public var city: String?
    /// ISO 3166, two letters.
    public var countryID: String?

    public init(
        line1: String? = nil, line2: String? = nil, line3: String? = nil, postalCode: String? = nil,
        city: String? = nil,
        countryID: String? = nil
    ) {
        self.line1 = line1
        self.line2 = line2
        self.line3 = line3
        self.postalCode = postalCode
        self.city = city
        self.countryID = countryID
    }

    init(row: RowReader) throws(UnreadableField) {
        line1 = try row.optionalText("addressLine1")
        line2 = try row.optionalText("addressLine2")
        line3 = try row.optionalText("addressLine3")
        postalCode = try row.optionalText("postalCode")
        city = try row.optionalText("city")
        countryID = try row.optionalRow("country")?.optionalText("id")
    }
}

/// A reference by number, with the name to show.
public struct NumberedName: Sendable, Equatable {
    public var number: String
    public var name: String?

    public init(number: String, name: String? = nil) {
        self.number = number
        self.name = name
    }
}

extension RowReader {
    func address(_ name: String) throws(UnreadableField) -> Address? {
        guard let row = try optionalRow(name) else { return nil }
        return try Address(row: row)
    }

    /// Nil also for an object without number: the API sends such shells for "none".
    func numberedName(
        _ name: String, number: String = "number", text: String = "name"
    ) throws(UnreadableField) -> NumberedName? {
        guard let row = try optionalRow(name) else { return nil }
        let wrapped = try row.optionalKey("value")
        let plain = try row.optionalKey(number)
        guard let found = plain ?? wrapped else { return nil }
        return NumberedName(number: found, name: try row.optionalText(text))
    }
}
