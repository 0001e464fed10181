import Foundation

/// A field of a body that is written. Leaving it out means "unchanged" or "the default"; null clears it (API.md 2.5).
public enum Written<Value: Sendable & Equatable>: Sendable, Equatable {
    case leaveOut
    case null
    case value(Value)
}

/// A project transaction to be written (API.md 4.2). Fields that stay ``Written/leaveOut`` are not sent.
public struct ProjectTransactionDraft: Sendable, Equatable {
    public var description: Written<String> = .leaveOut
    /// Leave it out for the company's default; do not send `released` (API.md 4.4).
    public var status: Written<ProjectTransactionStatus> = .leaveOut
    /// `ModulePM` is the workspace Projects.
    public var module: Written<String> = .value("ModulePM")
    public var note: Written<String> = .leaveOut
    public var lines: [Line] = []

    public init() {}

    /// What a PUT does with a line. A POST always inserts.
    public enum Operation: String, Sendable {
        case insert = "Insert"
        case update = "Update"
        case delete = "Delete"
    }

    public struct Line: Sendable, Equatable {
        public var operation = Operation.insert
        /// Only to address a line on PUT.
        public var tranID: Written<Int64> = .leaveOut
        /// Date of work or withdrawal.
        public var date: Written<VismaDate> = .leaveOut
        /// Employee **number**.
        public var employee: Written<String> = .leaveOut
        /// Item **number** (the API calls the field `inventoryId`).
        public var item: Written<String> = .leaveOut
        /// Left out: the item's base unit.
        public var unit: Written<String> = .leaveOut
        public var quantity: Written<Decimal> = .leaveOut
        public var billableQuantity: Written<Decimal> = .leaveOut
        public var unitRate: Written<Decimal> = .leaveOut
        /// Left out: quantity × rate.
        public var amount: Written<Decimal> = .leaveOut
        public var billable: Written<Bool> = .leaveOut
        public var useBillableQuantity: Written<Bool> = .leaveOut
        /// `YYYYMM`; left out: from the date.
        public var financialPeriod: Written<String> = .leaveOut
        /// Project code.
        public var project: Written<String> = .leaveOut
        /// Task code.
        public var projectTask: Written<String> = .leaveOut
        public var accountGroup: Written<String> = .leaveOut
        public var debitAccount: Written<String> = .leaveOut
        public var debitSubaccount: Written<String> = .leaveOut
        public var creditAccount: Written<String> = .leaveOut
        public var creditSubaccount: Written<String> = .leaveOut
        public var branch: Written<String> = .leaveOut
        public var description: Written<String> = .leaveOut
        public var note: Written<String> = .leaveOut

        public init() {}
    }

    /// The exact bytes to send: the same draft always gives the same bytes. Freeze and store these before sending.
    ///
    /// Throws `invalidRequest` for a decimal that is not a number.
    public func body() throws(VismaNetError) -> [UInt8] {
        do {
            return try json().utf8
        } catch {
            let call = VismaNetCall(
                operation: "write project transaction", method: "POST", path: "/v1/projecttransaction")
            throw call.failed(.invalidRequest("\(error.field) is not a number"))
        }
    }
}

private struct NotANumber: Error {
    var field: String
}

extension ProjectTransactionDraft {
    fileprivate func json() throws(NotANumber) -> JSONValue {
        var members = Members()
        members.add("description", description)
        members.add("status", status) { .string($0.rawValue) }
        members.add("module", module)
        members.add("note", note)
        let lines = try lines.enumerated().map { (index, line) throws(NotANumber) in try line.json(at: index) }
        return .object(members.all + [JSONValue.Member("lines", .array(lines))])
    }
}

extension ProjectTransactionDraft.Line {
    fileprivate func json(at index: Int) throws(NotANumber) -> JSONValue {
        var members = Members()
        members.add("tranId", tranID) { .number(String($0)) }
        members.add("date", date) { .string($0.wireText) }
        members.add("employee", employee)
        members.add("inventoryId", item)
        members.add("uom", unit)
        try members.add("quantity", quantity, at: index)
        try members.add("billableQuantity", billableQuantity, at: index)
        try members.add("unitRate", unitRate, at: index)
        try members.add("amount", amount, at: index)
        members.add("billable", billable) { .bool($0) }
        members.add("useBillableQty", useBillableQuantity) { .bool($0) }
        members.add("financialPeriod", financialPeriod)
        members.add("project", project)
        members.add("projectTask", projectTask)
        members.add("accountGroup", accountGroup)
        members.add("debitAccount", debitAccount)
        members.add("creditAccount", creditAccount)
        members.add("debitSubaccount", debitSubaccount)
        members.add("creditSubaccount", creditSubaccount)
        members.add("branch", branch)
        members.add("description", description)
        members.add("note", note)
        // `operation` is the one plain value of a line that is not wrapped.
        return .object([JSONValue.Member("operation", .string(operation.rawValue))] + members.all)
    }
}

/// Collects members in order, each value wrapped as `{"value": …}`.
private struct Members {
    private(set) var all: [JSONValue.Member] = []

    mutating func add<Value>(_ name: String, _ field: Written<Value>, _ json: (Value) -> JSONValue) {
        switch field {
        case .leaveOut: break
        case .null: all.append(.init(name, .object([.init("value", .null)])))
        case .value(let value): all.append(.init(name, .object([.init("value", json(value))])))
        }
    }

    mutating func add(_ name: String, _ field: Written<String>) { add(name, field) { .string($0) } }

    mutating func add(_ name: String, _ field: Written<Decimal>, at index: Int) throws(NotANumber) {
        guard case .value(let number) = field else { return add(name, field) { _ in .null } }
        guard let text = number.jsonText else { throw NotANumber(field: "lines[\(index)].\(name)") }
        add(name, Written.value(text)) { .number($0) }
    }
}
