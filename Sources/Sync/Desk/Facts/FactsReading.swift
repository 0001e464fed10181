import Persistence

/// Asks the ERP again what is open and known, and keeps the answer for the pages: behind the button "Les på nytt fra
/// Visma", and when a settings page is opened and the facts are old.
public struct FactsReading: Sendable {
    public typealias Connect = @Sendable (CompanyID) async throws -> any ERPConnector

    /// Older facts are read again before somebody chooses among them.
    public static let oldest = Duration.seconds(3600)

    let database: any SQLDatabase
    let connect: Connect

    /// `connect` makes a connector for a person's request. It throws `ERPError`.
    public init(database: any SQLDatabase, connect: @escaping Connect) {
        self.database = database
        self.connect = connect
    }

    /// What came of a reading.
    public struct Reading: Sendable {
        public var facts: ERPFacts
        /// Lists that the ERP did not give, such as those that the sign-in has no right to; what was known of them stays.
        public var unread: [ERPFacts.Kind: ERPError]
    }

    /// Reads all lists. Throws `ERPError` when what lines are judged by cannot be read; then the stored facts stay as
    /// they were.
    @discardableResult
    public func refresh(_ company: CompanyID) async throws -> Reading {
        let (read, unread) = try await Self.read(from: connect(company))
        let facts = try await database.transaction(company: company) { transaction in
            try read.store(ERPFacts.Kind.allCases.filter { unread[$0] == nil }, in: transaction)
            return try ERPFacts.stored(in: transaction) ?? read
        }
        return Reading(facts: facts, unread: unread)
    }

    /// The stored facts, read anew when they are missing or older than an hour.
    public func fresh(_ company: CompanyID) async throws -> Reading {
        let (stored, now) = try await database.read(company: company) { transaction in
            (try ERPFacts.stored(in: transaction), try transaction.now())
        }
        if let stored, let readAt = stored.neededReadAt, now - readAt < Self.oldest {
            return Reading(facts: stored, unread: [:])
        }
        return try await refresh(company)
    }

    static func read(from connector: any ERPConnector) async throws -> (ERPFacts, [ERPFacts.Kind: ERPError]) {
        let needed = try await ERPFacts.read(from: connector)
        var unread: [ERPFacts.Kind: ERPError] = [:]
        var subaccounts: [ERPSubaccount] = []
        var accountGroups: [ERPAccountGroup] = []
        do { subaccounts = try await connector.subaccounts() } catch let error as ERPError {
            unread[.subaccounts] = error
        }
        do { accountGroups = try await connector.accountGroups() } catch let error as ERPError {
            unread[.accountGroups] = error
        }
        let facts = ERPFacts(
            periods: needed.periods, accounts: needed.accounts, employees: needed.employees,
            subaccounts: subaccounts, accountGroups: accountGroups)
        return (facts, unread)
    }
}

extension RunContext {
    /// How old the facts may be before an import reads them again: imports of the same hour share one reading.
    static let oldestFactsOfImport = Duration.seconds(1800)

    /// What an export must know, read now and kept for the pages.
    func readFacts() async throws -> ERPFacts {
        let facts = try await ERPFacts.read(from: connector)
        try await transaction { try facts.store(ERPFacts.Kind.needed, in: $0) }
        return facts
    }

    /// What was read a short while ago: good enough where nothing will be sent by it.
    func freshFacts(in transaction: CompanyTransaction) throws -> ERPFacts? {
        guard let stored = try ERPFacts.stored(in: transaction), let readAt = stored.neededReadAt,
            try transaction.now() - readAt < Self.oldestFactsOfImport
        else { return nil }
        return stored
    }

    /// Keeps the facts fresh beside an import, which does not need them itself: that they cannot be read is told and
    /// hinders nothing.
    func renewFacts() async throws {
        let isFresh = try await read { transaction in
            let oldest = try transaction.first(
                """
                SELECT min(read_at) AS read_at, count(*) AS kinds FROM erp_reading
                WHERE company_id = \(company) AND kind IN (\(list: ERPFacts.Kind.needed))
                """)
            guard let oldest, try oldest.get("kinds", as: Int.self) == ERPFacts.Kind.needed.count,
                let readAt: Timestamp = try oldest.get("read_at")
            else { return false }
            return try transaction.now() - readAt < Self.oldestFactsOfImport
        }
        guard !isFresh else { return }
        do {
            let (facts, unread) = try await FactsReading.read(from: connector)
            try await transaction { transaction in
                try facts.store(ERPFacts.Kind.allCases.filter { unread[$0] == nil }, in: transaction)
            }
        } catch let error as ERPError {
            try await transaction { transaction in
                try transaction.record([RunItem("facts", "", .warned, "not read: \(error.message)")], in: run)
            }
        }
    }
}
