import Foundation

/// The body of POST and PUT as sent: every plain value in a wrapper (API.md 2.5, 4.2).
struct TransactionBody {
    var refNbr: String?
    var description: String?
    var status: String?
    var module: String?
    var note: String?
    var lines: [Line]

    struct Line {
        var operation: String?
        var tranID: Int?
        /// `yyyy-MM-dd` in the server's zone.
        var date: String?
        var item: String?
        var unit: String?
        var quantity: Decimal?
        var billableQuantity: Decimal?
        var unitRate: Decimal?
        var amount: Decimal?
        var isBillable: Bool?
        var usesBillableQuantity: Bool?
        var period: String?
        var project: String?
        var task: String?
        var accountGroup: String?
        var debitAccount: String?
        var creditAccount: String?
        var debitSubaccount: String?
        var creditSubaccount: String?
        var branch: String?
        var employee: String?
        var customerVendor: String?
        var location: String?
        var description: String?
        var note: String?
    }

    static let statuses = ["Hold", "Balanced", "Released"]
    static let modules = [
        "GL", "AP", "AR", "CA", "CM", "IN", "SO", "PO", "DR", "FA", "EP", "PM", "TX", "CR",
    ].map { "Module" + $0 }

    init(_ bytes: [UInt8], strict: Bool) throws {
        let json: JSON
        do {
            json = try JSONReader.read(bytes)
        } catch {
            throw Refusal("Unexpected character in the body at position \(error.offset).")
        }
        var body = try WrappedObject(json, "document", strict: strict)
        refNbr = try body.text("refNbr")
        description = try body.text("description")
        status = try body.choice("status", TransactionBody.statuses)
        module = try body.choice("module", TransactionBody.modules)
        note = try body.text("note")
        lines = try body.objects("lines").map { try Line($0, strict: strict) }
        try body.finish()
    }
}

extension TransactionBody.Line {
    init(_ json: JSON, strict: Bool) throws {
        var line = try WrappedObject(json, "line", strict: strict)
        operation = try line.plainChoice("operation", ["Insert", "Update", "Delete"])
        tranID = try line.integer("tranId")
        date = try line.day("date")
        item = try line.text("inventoryId")
        unit = try line.text("uom")
        quantity = try line.decimal("quantity")
        billableQuantity = try line.decimal("billableQuantity")
        unitRate = try line.decimal("unitRate")
        amount = try line.decimal("amount")
        isBillable = try line.flag("billable")
        usesBillableQuantity = try line.flag("useBillableQty")
        period = try line.text("financialPeriod")
        _ = try line.text("batchNbr")
        project = try line.text("project")
        task = try line.text("projectTask")
        accountGroup = try line.text("accountGroup")
        debitAccount = try line.text("debitAccount")
        creditAccount = try line.text("creditAccount")
        debitSubaccount = try line.text("debitSubaccount")
        creditSubaccount = try line.text("creditSubaccount")
        branch = try line.text("branch")
        employee = try line.text("employee")
        customerVendor = try line.text("customerVendor")
        location = try line.text("location")
        description = try line.text("description")
        note = try line.text("note")
        try line.finish()
    }
}
