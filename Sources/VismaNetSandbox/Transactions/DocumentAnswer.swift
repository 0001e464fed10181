/// A project transaction as read back (API.md 4.3).
extension SandboxState {
    func documentFields(_ document: StoredDocument, _ company: CompanyRecords, withNote: Bool) -> Fields {
        var fields = Fields()
        fields.add("refNbr", document.refNbr)
        fields.add("description", document.description)
        if let original = document.reverses {
            fields.add("origDocNbr", original)
            fields.add("origDocType", "Reversal")
        }
        fields.add("status", document.status)
        fields.add("module", document.module)
        if withNote { fields.add("note", document.note) }
        fields.add("timeStamp", RowVersion.of(number: UInt64(document.version)))
        let released = document.status == "Released"
        fields.add("lines", .array(document.lines.map { lineFields($0, company, released, withNote).json }))
        return fields
    }

    private func lineFields(_ line: StoredLine, _ company: CompanyRecords, _ released: Bool, _ withNote: Bool) -> Fields
    {
        var fields = Fields()
        fields.add("tranId", line.tranID)
        fields.add("date", shownDay(line.date))
        if let item = company.items.first(where: { sameKey($0.inventoryNumber, line.item) }) {
            fields.add("inventoryId", ifAny: .pair(("number", item.inventoryNumber), ("description", item.description)))
        }
        fields.add("description", line.description)
        fields.add("uom", line.unit)
        fields.add("quantity", line.quantity)
        fields.add("unitRate", line.unitRate)
        fields.add("amount", line.amount)
        fields.add("billable", line.isBillable)
        fields.add("released", released)
        fields.add("allocated", false)
        fields.add("billableQuantity", line.billableQuantity)
        fields.add("financialPeriod", configuration.periodLayout.shown(line.period))
        fields.add("batchNbr", nil as String?)
        fields.add("useBillableQty", line.usesBillableQuantity)
        fields.add("startDate", nil as String?)
        fields.add("endDate", nil as String?)
        fields.add("lastModifiedDateTime", shown(OsloTime.text(line.lastModified)))
        addProject(&fields, line, company)
        addAccounts(&fields, line, company)
        fields.add("branch", ifAny: branchPair(line.branch, company))
        if let employee = company.employees.first(where: { sameKey($0.employeeNumber, line.employee) }) {
            fields.add("employee", ifAny: employeeFields(employee, company))
        }
        if let customer = company.customers.first(where: { sameKey($0.number, line.customer) }) {
            var party = Fields()
            party.add("internalId", customer.internalID)
            party.add("number", customer.number)
            party.add("name", customer.name)
            fields.add("customerVendor", ifAny: party)
        }
        if withNote { fields.add("note", line.note) }
        return fields
    }

    private func addProject(_ fields: inout Fields, _ line: StoredLine, _ company: CompanyRecords) {
        func reference(_ id: Int, _ code: String, _ description: String) -> Fields {
            var fields = Fields()
            fields.add("internalId", id)
            fields.add("id", code)
            fields.add("description", description)
            return fields
        }
        guard let project = company.projects.first(where: { sameKey($0.projectID, line.project) }) else { return }
        fields.add("project", ifAny: reference(project.internalID, project.projectID, project.description))
        let task = company.tasks.first { $0.projectInternalID == project.internalID && sameKey($0.taskID, line.task) }
        fields.add("projectTask", ifAny: task.map { reference($0.internalID, $0.taskID, $0.description) })
    }

    private func addAccounts(_ fields: inout Fields, _ line: StoredLine, _ company: CompanyRecords) {
        func group(_ id: String?) -> Fields? {
            company.accountGroups.first { sameKey($0.id, id) }.map {
                .pair(("number", $0.id), ("name", $0.description))
            }
        }
        func account(_ number: String?) -> AccountRecord? { company.accounts.first { sameKey($0.accountCD, number) } }
        func accountFields(_ account: AccountRecord?) -> Fields? {
            guard let account else { return nil }
            var fields = Fields()
            fields.add("type", account.type)
            fields.add("active", account.active)
            fields.add("number", account.accountCD)
            fields.add("description", account.description)
            return fields
        }
        func subaccountFields(_ number: String?) -> Fields? {
            guard let found = company.subaccounts.first(where: { sameKey($0.number, number) }) else { return nil }
            var fields = Fields()
            fields.add("active", found.active)
            fields.add("id", found.number)
            fields.add("description", found.description)
            return fields
        }
        fields.add("debitAccount", ifAny: accountFields(account(line.debitAccount)))
        fields.add("debitSubaccount", ifAny: subaccountFields(line.debitSubaccount))
        fields.add("creditAccount", ifAny: accountFields(account(line.creditAccount)))
        fields.add("creditSubaccount", ifAny: subaccountFields(line.creditSubaccount))
        fields.add("accountGroup", ifAny: group(line.accountGroup))
        fields.add("debitAccountGroup", ifAny: group(line.accountGroup))
        fields.add("creditAccountGroup", ifAny: group(account(line.creditAccount)?.accountGroup))
    }
}
