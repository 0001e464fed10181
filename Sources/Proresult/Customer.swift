import Persistence

public typealias CustomerID = Identifier<Customer>

/// A customer of the contractor. An import finds it by its link or by its number, and then owns name and addresses.
public struct Customer: CompanyRecord {
    public var id: CustomerID
    public var number: String
    public var name: String
    public var address: String?
    public var postalCode: String?
    public var city: String?
    public var deliveryAddress: String?
    public var deliveryPostalCode: String?
    public var deliveryCity: String?
    public var inactiveAt: Timestamp?
    public var erpID: String?
    public var erpNumber: String?
    /// The ERP's own text for its time of change, compared as it stands.
    public var erpModifiedAt: String?
    /// Full passes in a row that did not show this record.
    public var erpMissingPasses: Int
    public var erpDeletedAt: Timestamp?

    public var isActive: Bool { inactiveAt == nil }

    public init(
        id: CustomerID, number: String, name: String, address: String? = nil, postalCode: String? = nil,
        city: String? = nil, deliveryAddress: String? = nil, deliveryPostalCode: String? = nil,
        deliveryCity: String? = nil, inactiveAt: Timestamp? = nil, erpID: String? = nil, erpNumber: String? = nil,
        erpModifiedAt: String? = nil, erpMissingPasses: Int = 0, erpDeletedAt: Timestamp? = nil
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.address = address
        self.postalCode = postalCode
        self.city = city
        self.deliveryAddress = deliveryAddress
        self.deliveryPostalCode = deliveryPostalCode
        self.deliveryCity = deliveryCity
        self.inactiveAt = inactiveAt
        self.erpID = erpID
        self.erpNumber = erpNumber
        self.erpModifiedAt = erpModifiedAt
        self.erpMissingPasses = erpMissingPasses
        self.erpDeletedAt = erpDeletedAt
    }

    public static let kind = RecordKind.customer
    public static let columns = [
        "id", "number", "name", "address", "postal_code", "city", "delivery_address", "delivery_postal_code",
        "delivery_city", "inactive_at", "erp_id", "erp_number", "erp_modified_at", "erp_missing_passes",
        "erp_deleted_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, number.sqlValue, name.sqlValue, address.sqlValue, postalCode.sqlValue, city.sqlValue,
            deliveryAddress.sqlValue, deliveryPostalCode.sqlValue, deliveryCity.sqlValue, inactiveAt.sqlValue,
            erpID.sqlValue, erpNumber.sqlValue, erpModifiedAt.sqlValue, erpMissingPasses.sqlValue,
            erpDeletedAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        number = try row.get("number")
        name = try row.get("name")
        address = try row.get("address")
        postalCode = try row.get("postal_code")
        city = try row.get("city")
        deliveryAddress = try row.get("delivery_address")
        deliveryPostalCode = try row.get("delivery_postal_code")
        deliveryCity = try row.get("delivery_city")
        inactiveAt = try row.get("inactive_at")
        erpID = try row.get("erp_id")
        erpNumber = try row.get("erp_number")
        erpModifiedAt = try row.get("erp_modified_at")
        erpMissingPasses = try row.get("erp_missing_passes")
        erpDeletedAt = try row.get("erp_deleted_at")
    }
}

extension Customer {
    @discardableResult
    public static func create(_ customer: Customer, in transaction: CompanyTransaction) throws -> Customer {
        let customer = try customer.checked(in: transaction)
        try insert([customer], in: transaction)
        return customer
    }

    @discardableResult
    public static func update(_ customer: Customer, in transaction: CompanyTransaction) throws -> Customer {
        _ = try lock(customer.id, in: transaction)
        let customer = try customer.checked(in: transaction)
        try update([customer], in: transaction)
        return customer
    }

    public static func deactivate(_ id: CustomerID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var customer = try lock(id, in: transaction)
        customer.inactiveAt = customer.inactiveAt ?? now
        try update([customer], in: transaction)
    }

    /// Inactive ones too, by number.
    public static func all(in transaction: CompanyTransaction) throws -> [Customer] {
        try rows(
            "SELECT \(raw: columnList) FROM customer WHERE company_id = \(transaction.company) ORDER BY number, id",
            in: transaction)
    }

    private func checked(in transaction: CompanyTransaction) throws -> Customer {
        var customer = self
        customer.number = try number.usable(Self.kind, "number", .required)
        customer.name = try name.usable(Self.kind, "name", .required)
        customer.address = try address.usable(Self.kind, "address")
        customer.postalCode = try postalCode.usable(Self.kind, "postalCode")
        customer.city = try city.usable(Self.kind, "city")
        customer.deliveryAddress = try deliveryAddress.usable(Self.kind, "deliveryAddress")
        customer.deliveryPostalCode = try deliveryPostalCode.usable(Self.kind, "deliveryPostalCode")
        customer.deliveryCity = try deliveryCity.usable(Self.kind, "deliveryCity")
        if let other = try Self.find(number: customer.number, in: transaction), other.id != id {
            throw ProresultError.taken(Self.kind, field: "number", value: customer.number, holder: other.name)
        }
        return customer
    }
}
