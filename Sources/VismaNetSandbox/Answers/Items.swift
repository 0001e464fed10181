import Foundation

/// `/v1/inventory` (API.md 3.4). Expands are on unless switched off, and the version is spelt `timestamp`.
extension SandboxState {
    mutating func listItems(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        var rows = company.items
        if let number = call.value("inventoryNumber") { rows = rows.filter { sameKey($0.inventoryNumber, number) } }
        if let text = call.value("description") { rows = rows.filter { sameKey($0.description, text) } }
        if let status = call.value("status") { rows = rows.filter { $0.status == status } }
        let types = call.values("inventoryTypes")
        if !types.isEmpty { rows = rows.filter { types.contains($0.type) } }
        if call.value("alternateID") != nil || call.value("salesCategory") != nil { rows = [] }
        let listing = Listing<ItemRecord>(
            resource: "inventory", pageLimit: configuration.heavyPageSize, key: \.inventoryNumber,
            lastModified: \.lastModified, created: \.created)
        return try list(rows, listing, call) { [self] in itemFields($0, company, call) }
    }

    func item(_ call: APICall, byInternalID: Bool) throws -> SandboxAnswer {
        let company = try records(call)
        let found = company.items.first {
            byInternalID ? String($0.inventoryID) == call.key() : sameKey($0.inventoryNumber, call.key())
        }
        guard let found else { throw Refusal("Item '\(call.key())' cannot be found in the system.", status: 404) }
        return .record(
            itemFields(found, company, call), etag: false,
            metadata: SandboxState.metadata(total: 1, limit: configuration.heavyPageSize))
    }

    mutating func listItemClasses(_ call: APICall) throws -> SandboxAnswer {
        let listing = Listing<ItemClassRecord>(
            resource: "itemClass", pageLimit: configuration.lightPageSize, key: \.id)
        return try list(try records(call).itemClasses, listing, call) { [self] in itemClassFields($0) }
    }

    private func itemClassFields(_ itemClass: ItemClassRecord) -> Fields {
        var fields = Fields()
        fields.add("type", itemClass.type)
        fields.add("attributes", .array([]))
        fields.add("id", itemClass.id)
        fields.add("description", itemClass.description)
        return fields
    }

    private func itemFields(_ item: ItemRecord, _ company: CompanyRecords, _ call: APICall) -> Fields {
        var fields = Fields()
        fields.add("inventoryId", item.inventoryID)
        fields.add("inventoryNumber", item.inventoryNumber)
        fields.add("status", item.status)
        fields.add("type", item.type)
        fields.add("description", item.description)
        fields.add(
            "itemClass", ifAny: company.itemClasses.first { $0.id == item.itemClassID }.map { itemClassFields($0) })
        fields.add("vatCode", ifAny: .pair(("id", "3"), ("description", "Utgående mva., høy sats")))
        fields.add("defaultPrice", item.defaultPrice)
        fields.add("pendingCost", Decimal())
        fields.add("currentCost", item.currentCost)
        fields.add("lastCost", item.lastCost)
        fields.add("lastModifiedDateTime", shown(item.lastModified))
        fields.add("baseUnit", item.baseUnit)
        fields.add("salesUnit", item.baseUnit)
        fields.add("purchaseUnit", item.baseUnit)
        fields.add("stockItem", item.stockItem)
        fields.add("kitItem", false)
        if item.stockItem && call.flag("addCostPriceStatistics") == true {
            fields.add("costPriceStatistics", ifAny: statistics(item))
        }
        addExpanded(&fields, item, company, call)
        fields.addTimeStamp(named: "timestamp")
        return fields
    }

    private func statistics(_ item: ItemRecord) -> Fields {
        var fields = Fields()
        fields.add("lastCost", item.lastCost)
        fields.add("averageCost", item.averageCost)
        fields.add("minCost", min(item.lastCost, item.averageCost))
        fields.add("maxCost", max(item.lastCost, item.averageCost))
        return fields
    }

    private func addExpanded(_ fields: inout Fields, _ item: ItemRecord, _ company: CompanyRecords, _ call: APICall) {
        func wants(_ name: String) -> Bool { call.flag(name) ?? true }
        if wants("expandAccountInformation"), let account = company.accounts.first(where: { $0.type == "Expense" }) {
            var expense = Fields.pair(("number", account.accountCD), ("description", account.description))
            expense.add("type", account.type)
            var information = Fields()
            information.add("expenseAccount", ifAny: expense)
            fields.add("accountInformation", ifAny: information)
        }
        if wants("expandCrossReference") { fields.add("crossReferences", .array([])) }
        if wants("expandAttachment") { fields.add("attachments", .array([])) }
        if wants("expandAttribute") { fields.add("attributes", .array([])) }
        if wants("expandSupplierDetails") { fields.add("supplierDetails", .array([])) }
        if wants("expandSalesCategories") { fields.add("salesCategories", .array([])) }
        if wants("expandNote") { fields.add("note", "") }
        if wants("expandInventoryUnits") {
            let units = company.units.filter { $0.toUnit == item.baseUnit }.map { unit in
                var row = Fields()
                row.add("inventoryID", item.inventoryID)
                row.add("toUnit", unit.toUnit)
                row.add("fromUnit", unit.fromUnit)
                row.add("unitMultDiv", unit.multiply ? "Multiply" : "Divide")
                row.add("unitRate", unit.rate)
                return row.json
            }
            fields.add("inventoryUnits", .array(units))
        }
        if wants("expandWarehouseDetail") {
            var row = Fields()
            row.add("isDefault", true)
            row.add("warehouse", "1")
            row.add("quantityOnHand", Decimal())
            row.add("available", Decimal())
            row.add("lastModifiedDateTime", shown(item.lastModified))
            fields.add("warehouseDetails", .array(item.stockItem ? [row.json] : []))
        }
    }
}
