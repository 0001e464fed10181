import Foundation

/// A project transaction as read back (API.md 4.3). The document has no date of its own.
public struct ProjectTransaction: Sendable, Equatable {
    public var refNbr: String
    public var description: String?
    public var status: Listed<ProjectTransactionStatus>?
    public var module: String?
    public var note: String?
    /// What it was made from, for example the number of the reversed document.
    public var originalNumber: String?
    /// For example `Reversal` or `Timecard`.
    public var originalType: String?
    public var lines: [Line]
    /// The row version, field `timeStamp`.
    public var etag: ETag?

    public struct Line: Sendable, Equatable {
        public var tranID: Int64?
        public var date: VismaDate?
        /// Item **number** (the API calls the object `inventoryId`).
        public var item: String?
        public var description: String?
        public var unit: String?
        public var quantity: Decimal?
        public var billableQuantity: Decimal?
        public var unitRate: Decimal?
        public var amount: Decimal?
        public var billable: Bool?
        public var released: Bool?
        /// As the API wrote it; see ``PeriodID`` for its forms.
        public var financialPeriod: String?
        public var batchNumber: String?
        public var project: String?
        public var projectTask: String?
        public var accountGroup: String?
        public var debitAccount: String?
        public var debitSubaccount: String?
        public var creditAccount: String?
        public var creditSubaccount: String?
        public var branch: String?
        /// Employee **number**.
        public var employee: String?
        public var note: String?
        public var lastModified: VismaDateTime?
    }
}

/// Status of a project transaction (API.md 4.4): draft, ready to release, posted and final.
public enum ProjectTransactionStatus: String, Sendable, Hashable {
    case hold = "Hold"
    case balanced = "Balanced"
    case released = "Released"
}

extension ProjectTransaction: RowDecodable {
    static let keyNames = ["refNbr"]

    init(row: RowReader) throws(UnreadableField) {
        refNbr = try row.key("refNbr")
        description = try row.optionalText("description")
        status = try row.listed("status")
        module = try row.optionalText("module")
        note = try row.optionalText("note")
        originalNumber = try row.optionalKey("origDocNbr")
        originalType = try row.optionalText("origDocType")
        lines = try row.rows("lines").map { (row) throws(UnreadableField) in try Line(row: row) }
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

extension ProjectTransaction.Line: RowDecodable {
    static let keyNames = ["tranId"]

    init(row: RowReader) throws(UnreadableField) {
        func key(_ name: String, _ field: String) throws(UnreadableField) -> String? {
            try row.optionalRow(name)?.optionalKey(field)
        }
        tranID = try row.optionalInteger("tranId")
        date = try row.optionalDate("date")
        item = try key("inventoryId", "number")
        description = try row.optionalText("description")
        unit = try row.optionalKey("uom")
        quantity = try row.optionalDecimal("quantity")
        billableQuantity = try row.optionalDecimal("billableQuantity")
        unitRate = try row.optionalDecimal("unitRate")
        amount = try row.optionalDecimal("amount")
        billable = try row.optionalFlag("billable")
        released = try row.optionalFlag("released")
        financialPeriod = try row.optionalKey("financialPeriod")
        batchNumber = try row.optionalKey("batchNbr")
        project = try key("project", "id")
        projectTask = try key("projectTask", "id")
        accountGroup = try key("accountGroup", "number")
        debitAccount = try key("debitAccount", "number")
        debitSubaccount = try key("debitSubaccount", "id")
        creditAccount = try key("creditAccount", "number")
        creditSubaccount = try key("creditSubaccount", "id")
        branch = try key("branch", "number")
        employee = try key("employee", "employeeNumber")
        note = try row.optionalText("note")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
    }
}
