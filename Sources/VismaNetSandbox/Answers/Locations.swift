/// `/v1/location/{bAccountId}`: by customer number or internal id, which of them is unknown (API.md 3.8).
extension SandboxState {
    mutating func listLocations(_ call: APICall) throws -> SandboxAnswer {
        let customer = try locationOwner(call)
        var rows = customer.locations
        if let id = call.value("locationId") { rows = rows.filter { sameKey($0.locationID, id) } }
        if call.value("gln") != nil { rows = [] }
        let listing = Listing<LocationRecord>(
            resource: "location", pageLimit: configuration.lightPageSize, key: \.locationID,
            lastModified: \.lastModified)
        return try list(rows, listing, call) { [self] in locationFields($0, customer) }
    }

    func location(_ call: APICall) throws -> SandboxAnswer {
        let customer = try locationOwner(call)
        guard let found = customer.locations.first(where: { sameKey($0.locationID, call.key(1)) }) else {
            throw Refusal("Location '\(call.key(1))' cannot be found in the system.", status: 404)
        }
        let metadata = SandboxState.metadata(total: 1, limit: configuration.lightPageSize)
        return .record(locationFields(found, customer), etag: false, metadata: metadata)
    }

    private func locationOwner(_ call: APICall) throws -> CustomerRecord {
        let customers = try records(call).customers
        let found =
            customers.first { sameKey($0.number, call.key()) }
            ?? customers.first { String($0.internalID) == call.key() }
        guard let found else { throw Refusal("'\(call.key())' cannot be found in the system.", status: 404) }
        return found
    }

    private func locationFields(_ location: LocationRecord, _ owner: CustomerRecord) -> Fields {
        var account = Fields()
        account.add("internalId", owner.internalID)
        account.add("number", owner.number)
        account.add("name", owner.name)
        var fields = Fields()
        fields.add("baccount", ifAny: account)
        fields.add("locationId", location.locationID)
        fields.add("locationName", location.name)
        fields.add("active", location.active)
        fields.add("address", ifAny: .address(location.address))
        fields.add(
            "contact",
            ifAny: .contact(id: location.internalID, name: owner.name, email: owner.email, phone: owner.phone))
        fields.add("lastModifiedDateTime", shown(location.lastModified))
        fields.add("internalId", location.internalID)
        return fields
    }
}
