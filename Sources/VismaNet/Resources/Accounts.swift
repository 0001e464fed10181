/// An account of the general ledger (API.md 3.6).
public struct Account: Sendable, Equatable {
    /// Internal.
    public var accountID: Int64
    /// The account number.
    public var number: String
    /// The project account group it belongs to; without one it cannot be used on projects.
    public var accountGroup: String?
    public var type: Listed<AccountType>?
    public var isActive: Bool?
    public var description: String?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension Account: RowDecodable {
    static let keyNames = ["accountCD", "accountID"]

    init(row: RowReader) throws(UnreadableField) {
        accountID = try row.integer("accountID")
        number = try row.key("accountCD")
        accountGroup = try row.optionalKey("accountGroupCD")
        type = try row.listed("type")
        isActive = try row.optionalFlag("active")
        description = try row.optionalText("description")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

/// Type of an account.
public enum AccountType: String, Sendable, Hashable {
    case asset = "Asset"
    case liability = "Liability"
    case income = "Income"
    case expense = "Expense"
}

extension VismaNetClient {
    /// Accounts. The ERP gives this list whole (API.md 2.1).
    public func accounts(changedSince: VismaDateTime? = nil) async throws(VismaNetError) -> Page<Account> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await whole("accounts", ["v1", "account"], query: query)
    }

    /// One account by number. Nil if there is none.
    public func account(number: String) async throws(VismaNetError) -> Account? {
        let call = try call("account", path: ["v1", "account"], key: number)
        let found: Versioned<Account>? = try await one(call)
        return found?.record
    }
}
