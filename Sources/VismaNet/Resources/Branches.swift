/// A branch (API.md 3.8).
public struct Branch: Sendable, Equatable {
    public var branchID: Int64
    public var number: String
    public var name: String?
    public var isActive: Bool?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
}

extension Branch: RowDecodable {
    static let keyNames = ["number", "branchId"]

    init(row: RowReader) throws(UnreadableField) {
        branchID = try row.integer("branchId")
        number = try row.key("number")
        name = try row.optionalText("name")
        isActive = try row.optionalFlag("isActive")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
    }
}

extension VismaNetClient {
    /// Branches. The ERP gives this list whole (API.md 2.1).
    public func branches(changedSince: VismaDateTime? = nil) async throws(VismaNetError) -> Page<Branch> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await whole("branches", ["v1", "branch"], query: query)
    }
}
