import Persistence
import Proresult

/// Customers are matched by the customer number alone (there is no linking beforehand): the import overwrites name and
/// addresses of the customer that has the number, and makes the ones that nobody has. One that is no longer active in
/// the ERP becomes inactive here.
struct CustomersImport: ImportedRecord {
    let randomness: Randomness
    let now: Timestamp
    let resource = ImportResource.customers

    func page(_ request: ERPPageRequest, from connector: any ERPConnector) async throws -> ERPPage<ERPCustomer> {
        try await connector.customers(request)
    }

    func beside(_ rows: [ERPCustomer], in transaction: CompanyTransaction) throws {}

    func existing(_ rows: [ERPCustomer], _: Void, in transaction: CompanyTransaction) throws -> [Customer] {
        try Customer.find(erpIDs: rows.map(\.id), numbers: rows.map(\.number.unpadded), in: transaction)
    }

    func key(of row: ERPCustomer, _: Void) -> String? { row.number.unpadded }
    func key(of customer: Customer) -> String { customer.number }
    func label(of row: ERPCustomer, _: Void) -> String { row.number.unpadded }

    func make(_ row: ERPCustomer, _: Void, in transaction: CompanyTransaction) -> Customer {
        Customer(id: CustomerID(using: randomness), number: row.number.unpadded, name: row.name)
    }

    func overwrite(_ customer: inout Customer, with row: ERPCustomer, _: Void) {
        customer.number = row.number.unpadded
        customer.erpNumber = row.number.unpadded
        customer.name = row.name
        customer.address = row.address?.street
        customer.postalCode = row.address?.postalCode
        customer.city = row.address?.city
        customer.deliveryAddress = row.deliveryAddress?.street
        customer.deliveryPostalCode = row.deliveryAddress?.postalCode
        customer.deliveryCity = row.deliveryAddress?.city
        customer.inactiveAt = row.isActive ? nil : customer.inactiveAt ?? now
    }
}

extension Customer: LinkedRecord {
    static let word = "customer"
    static let ownedColumns: Set = [
        "number", "name", "address", "postal_code", "city", "delivery_address", "delivery_postal_code",
        "delivery_city", "inactive_at", "erp_number",
    ]
    static let wordForShut = RunItem.Happened.inactivated
    static let wordForOpened = RunItem.Happened.reactivated
    var isUsable: Bool { isActive }
    mutating func shut(at now: Timestamp) { inactiveAt = now }
}
