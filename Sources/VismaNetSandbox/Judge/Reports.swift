import Foundation

extension LedgerEntry {
    var report: JSON {
        var fields = Fields()
        fields.add("event", event.rawValue)
        fields.add("time", .number(String(time)))
        fields.add("tenantID", tenantID)
        fields.add("request", request.map(JSON.int) ?? .null)
        fields.add("clientID", clientID)
        fields.add("document", document.report(tenantID: tenantID))
        return fields.json
    }
}

extension StoredDocument {
    func report(tenantID: String) -> JSON {
        var fields = Fields()
        fields.add("tenantID", tenantID)
        fields.add("refNbr", refNbr)
        fields.add("description", description)
        fields.add("status", status)
        fields.add("module", module)
        fields.add("reverses", reverses)
        fields.add("created", .number(String(created)))
        fields.add("lines", .array(lines.map(\.report)))
        return fields.json
    }
}

extension StoredLine {
    /// Numbers are decimal texts, so that no reader takes them for doubles.
    var report: JSON {
        var fields = Fields()
        fields.add("tranID", tranID)
        fields.add("date", date)
        fields.add("period", period)
        fields.add("project", project)
        fields.add("task", task)
        fields.add("item", item)
        fields.add("unit", unit)
        fields.add("quantity", quantity.description)
        fields.add("billableQuantity", billableQuantity.description)
        fields.add("unitRate", unitRate.description)
        fields.add("amount", amount.description)
        fields.add("isBillable", isBillable)
        fields.add("accountGroup", accountGroup)
        fields.add("debitAccount", debitAccount)
        fields.add("creditAccount", creditAccount)
        fields.add("debitSubaccount", debitSubaccount)
        fields.add("creditSubaccount", creditSubaccount)
        fields.add("branch", branch)
        fields.add("employee", employee)
        fields.add("description", description)
        return fields.json
    }
}

extension SandboxRequest {
    var report: JSON {
        var fields = Fields()
        fields.add("number", number)
        fields.add("time", .number(String(time)))
        fields.add("method", method)
        fields.add("path", path)
        fields.add("query", query)
        fields.add("status", status)
        fields.add("clientID", clientID)
        fields.add("tenantID", tenantID)
        fields.add("fault", fault?.rawValue)
        return fields.json
    }
}
