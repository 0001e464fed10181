/// A location of a customer or supplier (API.md 3.2).
public struct Location: Sendable, Equatable {
    /// What a project's `customerLocation.id` points at.
    public var internalID: Int64
    public var locationID: String?
    public var name: String?
    /// Whose location.
    public var business: NumberedName?
    public var address: Address?
    public var isActive: Bool?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
}

extension Location: RowDecodable {
    static let keyNames = ["internalId", "locationId"]

    init(row: RowReader) throws(UnreadableField) {
        internalID = try row.integer("internalId")
        locationID = try row.optionalKey("locationId")
        name = try row.optionalText("locationName")
        business = try row.numberedName("baccount")
        address = try row.address("address")
        isActive = try row.optionalFlag("active")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
    }
}

extension VismaNetClient {
    /// Locations of one customer, by customer number (that the number works here is seen in other clients, not promised: API.md 3.8).
    public func locations(
        ofCustomer number: String, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<Location> {
        try await self.page(
            "locations", ["v1", "location"], key: number, query: QueryItems(), page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func locationPages(ofCustomer number: String, pageSize: Int = 500) -> PageSequence<Location> {
        pages("locations", ["v1", "location"]) { (page) async throws(VismaNetError) in
            try await locations(ofCustomer: number, page: page, pageSize: pageSize)
        }
    }
}
