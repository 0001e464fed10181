/// A subaccount (API.md 3.6).
public struct Subaccount: Sendable, Equatable {
    /// Internal.
    public var subaccountID: Int64
    /// The whole number, segments joined.
    public var number: String
    public var description: String?
    public var isActive: Bool?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension Subaccount: RowDecodable {
    static let keyNames = ["subaccountNumber", "subaccountId"]

    init(row: RowReader) throws(UnreadableField) {
        subaccountID = try row.integer("subaccountId")
        number = try row.key("subaccountNumber")
        description = try row.optionalText("description")
        isActive = try row.optionalFlag("active")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

extension VismaNetClient {
    /// Subaccounts. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func subaccounts(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<Subaccount> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page("subaccounts", ["v1", "subaccount"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func subaccountPages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<Subaccount> {
        pages("subaccounts", ["v1", "subaccount"]) { (number) async throws(VismaNetError) in
            try await subaccounts(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }

    /// One subaccount by its whole number. Nil if there is none.
    public func subaccount(number: String) async throws(VismaNetError) -> Subaccount? {
        let call = try call("subaccount", path: ["v1", "subaccount"], key: number)
        let found: Versioned<Subaccount>? = try await one(call)
        return found?.record
    }
}
