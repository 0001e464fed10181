/// Branches, organisation, units, earning types and the subaccount dimension (API.md 3.6, 3.8).
extension SandboxState {
    mutating func listBranches(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        let listing = Listing<BranchRecord>(
            resource: "branch", pageLimit: nil, hasMetadata: false, key: \.number, lastModified: \.lastModified)
        return try list(company.branches, listing, call) { [self] in branchFields($0, company) }
    }

    func branch(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        guard let found = company.branches.first(where: { sameKey($0.number, call.key()) }) else {
            throw Refusal("Branch '\(call.key())' cannot be found in the system.", status: 404)
        }
        return .record(branchFields(found, company), etag: false)
    }

    private func branchFields(_ branch: BranchRecord, _ company: CompanyRecords) -> Fields {
        var fields = Fields()
        fields.add("branchId", branch.branchID)
        fields.add("number", branch.number)
        fields.add("name", branch.name)
        fields.add("organizationId", 1)
        fields.add("isMainBranch", branch.number == company.branches.first?.number)
        fields.add("isActive", true)
        fields.add("lastModifiedDateTime", shown(branch.lastModified))
        fields.add("corporateId", company.corporateID)
        return fields
    }

    mutating func listOrganizations(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        let stamp = company.branches.first?.lastModified ?? "2020-01-01T00:00:00.000"
        let listing = Listing<CompanyRecords>(
            resource: "organization", pageLimit: nil, hasMetadata: false, key: \.organizationCd,
            lastModified: { _ in stamp })
        return try list([company], listing, call) { [self] company in
            var fields = Fields()
            fields.add("organizationCd", company.organizationCd)
            fields.add("name", company.name)
            fields.add("baseCurrency", "NOK")
            fields.add("corporateId", company.corporateID)
            fields.add("vatRegistrationId", "NO\(company.corporateID)MVA")
            fields.add("lastModifiedDateTime", shown(stamp))
            if call.flag("expandBranches") == true {
                let branches = company.branches.map { Fields.pair(("number", $0.number), ("name", $0.name)).json }
                fields.add("branches", .array(branches))
            }
            fields.addTimeStamp()
            return fields
        }
    }

    mutating func listUnits(_ call: APICall) throws -> SandboxAnswer {
        let listing = Listing<UnitRecord>(
            resource: "unitofmeasure", pageLimit: nil, hasMetadata: false, key: \.fromUnit)
        return try list(try records(call).units, listing, call) { unit in
            var fields = Fields()
            fields.add("fromUnit", unit.fromUnit)
            fields.add("toUnit", unit.toUnit)
            fields.add("unitMultDiv", unit.multiply ? "Multiply" : "Divide")
            fields.add("unitRate", unit.rate)
            return fields
        }
    }

    mutating func listEarningTypes(_ call: APICall) throws -> SandboxAnswer {
        let listing = Listing<EarningTypeRecord>(
            resource: "earningtype", pageLimit: nil, hasMetadata: false, key: \.code, lastModified: \.lastModified)
        return try list(try records(call).earningTypes, listing, call) { [self] type in
            var fields = Fields()
            fields.add("code", type.code)
            fields.add("description", type.description)
            fields.add("isOvertime", type.isOvertime)
            fields.add("isBillable", type.isBillable)
            fields.add("isActive", true)
            fields.add("overtimeMultiplier", type.overtimeMultiplier)
            fields.add("lastModifiedDateTime", shown(type.lastModified))
            return fields
        }
    }

    func dimension(_ call: APICall) throws -> SandboxAnswer {
        guard sameKey(call.key(), "SUBACCOUNT") else {
            throw Refusal("Dimension '\(call.key())' cannot be found in the system.", status: 404)
        }
        let subaccounts = try records(call).subaccounts
        let length = subaccounts.map(\.number.count).max() ?? 0
        var segment = Fields()
        segment.add("segmentId", 1)
        segment.add("description", "Avdeling")
        segment.add("length", length)
        segment.add("validate", true)
        if call.flag("expandSegmentsValues") ?? true {
            let values = subaccounts.map { subaccount in
                var value = Fields()
                value.add("segmentId", 1)
                value.add("valueId", subaccount.number)
                value.add("description", subaccount.description)
                value.add("active", subaccount.active)
                return value.json
            }
            segment.add("segmentValues", .array(values))
        }
        var fields = Fields()
        fields.add("id", "SUBACCOUNT")
        fields.add("length", length)
        fields.add("description", "Delkonto")
        fields.add("segments", .array([segment.json]))
        return .json(fields.json)
    }
}
