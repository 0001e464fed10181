/// A customer (API.md 3.1).
public struct Customer: Sendable, Equatable {
    /// Stays when the number is changed.
    public var internalID: Int64
    public var number: String
    public var name: String?
    public var status: Listed<CustomerStatus>?
    public var mainAddress: Address?
    public var deliveryAddress: Address?
    public var invoiceAddress: Address?
    /// Organisation number.
    public var corporateID: String?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension Customer: RowDecodable {
    static let keyNames = ["number", "internalId"]

    init(row: RowReader) throws(UnreadableField) {
        internalID = try row.integer("internalId")
        number = try row.key("number")
        name = try row.optionalText("name")
        status = try row.listed("status")
        mainAddress = try row.address("mainAddress")
        deliveryAddress = try row.address("deliveryAddress")
        invoiceAddress = try row.address("invoiceAddress")
        corporateID = try row.optionalText("corporateId")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

/// Status of a customer (API.md 3.1).
public enum CustomerStatus: String, Sendable, Hashable {
    case active = "Active"
    case onHold = "OnHold"
    case creditHold = "CreditHold"
    case inactive = "Inactive"
    case oneTime = "OneTime"
}

extension VismaNetClient {
    /// Customers. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func customers(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<Customer> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page("customers", ["v1", "customer"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func customerPages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<Customer> {
        pages("customers", ["v1", "customer"]) { (number) async throws(VismaNetError) in
            try await customers(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }

    /// One customer by number. Nil if there is none.
    public func customer(number: String) async throws(VismaNetError) -> Customer? {
        let call = try call("customer", path: ["v1", "customer"], key: number)
        let found: Versioned<Customer>? = try await one(call)
        return found?.record
    }

    /// One customer by internal id, which survives renumbering. Nil if there is none.
    public func customer(internalID: Int64) async throws(VismaNetError) -> Customer? {
        let call = try call("customer", path: ["v1", "customer", "internal"], key: String(internalID))
        let found: Versioned<Customer>? = try await one(call)
        return found?.record
    }
}
