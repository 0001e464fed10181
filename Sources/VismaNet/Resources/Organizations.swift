/// A company as the connection sees it (API.md 3.8): shows which one a token reaches.
public struct Organization: Sendable, Equatable {
    public var code: String
    public var name: String?
    /// Organisation number.
    public var corporateID: String?
    public var baseCurrency: String?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
}

extension Organization: RowDecodable {
    static let keyNames = ["organizationCd"]

    init(row: RowReader) throws(UnreadableField) {
        code = try row.key("organizationCd")
        name = try row.optionalText("name")
        corporateID = try row.optionalText("corporateId")
        baseCurrency = try row.optionalText("baseCurrency")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
    }
}

extension VismaNetClient {
    /// The organisations that the token reaches. A connection test should look at the name, not at the status alone (API.md 1.5). The ERP gives this list whole (API.md 2.1).
    public func organizations(changedSince: VismaDateTime? = nil) async throws(VismaNetError) -> Page<Organization> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await whole("organizations", ["v1", "organization"], query: query)
    }
}
