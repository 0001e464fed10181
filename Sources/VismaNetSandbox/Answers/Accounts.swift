/// Accounts, subaccounts and account groups (API.md 3.6).
extension SandboxState {
    mutating func listAccounts(_ call: APICall) throws -> SandboxAnswer {
        var rows = try records(call).accounts
        if let active = call.flag("active") { rows = rows.filter { $0.active == active } }
        if ["publicCode", "externalCode1", "externalCode2", "analysisCode"].contains(where: { call.value($0) != nil }) {
            rows = []
        }
        let listing = Listing<AccountRecord>(
            resource: "account", pageLimit: nil, key: \.accountCD, lastModified: \.lastModified)
        return try list(rows, listing, call) { [self] in accountFields($0) }
    }

    func account(_ call: APICall) throws -> SandboxAnswer {
        guard let found = try records(call).accounts.first(where: { sameKey($0.accountCD, call.key()) }) else {
            throw Refusal("Account '\(call.key())' cannot be found in the system.", status: 404)
        }
        return .record(accountFields(found), etag: true, metadata: lightMetadata)
    }

    private var lightMetadata: JSON { SandboxState.metadata(total: 1, limit: configuration.lightPageSize) }

    private func accountFields(_ account: AccountRecord) -> Fields {
        var fields = Fields()
        fields.add("accountID", account.accountID)
        fields.add("accountCD", account.accountCD)
        fields.add("accountGroupCD", account.accountGroup)
        fields.add("type", account.type)
        fields.add("active", account.active)
        fields.add("description", account.description)
        fields.add("useDefaultSub", false)
        fields.add("cashAccount", false)
        fields.add("allowManualEntry", true)
        fields.add("lastModifiedDateTime", shown(account.lastModified))
        fields.addTimeStamp()
        return fields
    }

    mutating func listSubaccounts(_ call: APICall) throws -> SandboxAnswer {
        var rows = try records(call).subaccounts
        if let active = call.flag("active") { rows = rows.filter { $0.active == active } }
        let listing = Listing<SubaccountRecord>(
            resource: "subaccount", pageLimit: configuration.lightPageSize, key: \.number, lastModified: \.lastModified)
        return try list(rows, listing, call) { [self] in subaccountFields($0) }
    }

    func subaccount(_ call: APICall) throws -> SandboxAnswer {
        guard let found = try records(call).subaccounts.first(where: { sameKey($0.number, call.key()) }) else {
            throw Refusal("Subaccount '\(call.key())' cannot be found in the system.", status: 404)
        }
        return .record(subaccountFields(found), etag: true, metadata: lightMetadata)
    }

    private func subaccountFields(_ subaccount: SubaccountRecord) -> Fields {
        var segment = Fields()
        segment.add("segmentId", 1)
        segment.add("segmentDescription", "Avdeling")
        segment.add("segmentValue", subaccount.number)
        segment.add("segmentValueDescription", subaccount.description)
        var fields = Fields()
        fields.add("subaccountNumber", subaccount.number)
        fields.add("subaccountId", subaccount.subaccountID)
        fields.add("description", subaccount.description)
        fields.add("lastModifiedDateTime", shown(subaccount.lastModified))
        fields.add("active", subaccount.active)
        fields.add("segments", .array([segment.json]))
        fields.addTimeStamp()
        return fields
    }

    mutating func listAccountGroups(_ call: APICall) throws -> SandboxAnswer {
        let listing = Listing<AccountGroupRecord>(
            resource: "projectaccountgroup", pageLimit: configuration.lightPageSize, key: \.id,
            lastModified: \.lastModified, created: \.lastModified)
        return try list(try records(call).accountGroups, listing, call) { [self] in accountGroupFields($0) }
    }

    func accountGroup(_ call: APICall) throws -> SandboxAnswer {
        guard let found = try records(call).accountGroups.first(where: { sameKey($0.id, call.key()) }) else {
            throw Refusal("Account group '\(call.key())' cannot be found in the system.", status: 404)
        }
        return .record(accountGroupFields(found), etag: false, metadata: lightMetadata)
    }

    private func accountGroupFields(_ group: AccountGroupRecord) -> Fields {
        var fields = Fields()
        fields.add("accountGroupId", group.id)
        fields.add("active", group.active)
        fields.add("description", group.description)
        fields.add("attributes", .array([]))
        return fields
    }
}
