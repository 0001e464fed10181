/// `/v1/customer` (API.md 3.1).
extension SandboxState {
    mutating func listCustomers(_ call: APICall) throws -> SandboxAnswer {
        var rows = try records(call).customers
        if let name = call.value("name") { rows = rows.filter { sameKey($0.name, name) } }
        if let status = call.value("status") { rows = rows.filter { $0.status == status } }
        if let id = call.value("corporateId") { rows = rows.filter { $0.corporateID == id } }
        if let email = call.value("email") { rows = rows.filter { sameKey($0.email, email) } }
        if let phone = call.value("phone") { rows = rows.filter { $0.phone == phone } }
        let listing = Listing<CustomerRecord>(
            resource: "customer", pageLimit: configuration.heavyPageSize, key: \.number, lastModified: \.lastModified,
            created: \.created, cursorWorks: false)
        return try list(rows, listing, call) { [self] in customerFields($0) }
    }

    func customer(_ call: APICall, byInternalID: Bool) throws -> SandboxAnswer {
        let found = try records(call).customers.first {
            byInternalID ? String($0.internalID) == call.key() : sameKey($0.number, call.key())
        }
        guard let found else { throw Refusal("Customer '\(call.key())' cannot be found in the system.", status: 404) }
        return .record(
            customerFields(found), etag: true,
            metadata: SandboxState.metadata(total: 1, limit: configuration.heavyPageSize))
    }

    func customerFields(_ customer: CustomerRecord) -> Fields {
        var fields = Fields()
        fields.add("internalId", customer.internalID)
        fields.add("number", customer.number)
        fields.add("name", customer.name)
        fields.add("status", customer.status)
        let contact = Fields.contact(
            id: customer.internalID, name: customer.name, email: customer.email, phone: customer.phone)
        fields.add("mainAddress", ifAny: .address(customer.mainAddress))
        fields.add("mainContact", ifAny: contact)
        fields.add("currencyId", "NOK")
        fields.add("invoiceAddress", ifAny: .address(customer.mainAddress))
        fields.add("invoiceContact", ifAny: contact)
        fields.add("deliveryAddress", ifAny: .address(customer.deliveryAddress ?? customer.mainAddress))
        fields.add("deliveryContact", ifAny: contact)
        fields.add("vatRegistrationId", customer.corporateID.map { "NO\($0)MVA" })
        fields.add("corporateId", customer.corporateID)
        if let main = customer.locations.first {
            var location = Fields()
            location.add("countryId", main.address.country)
            location.add("id", main.locationID)
            location.add("name", main.name)
            fields.add("location", ifAny: location)
        }
        fields.add("attributes", .array([]))
        fields.add("lastModifiedDateTime", shown(customer.lastModified))
        fields.add("createdDateTime", shown(customer.created))
        fields.addTimeStamp()
        return fields
    }
}
