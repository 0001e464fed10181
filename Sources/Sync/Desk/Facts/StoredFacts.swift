import Persistence

extension ERPFacts {
    /// What the ERP last said, in one statement. Nil until all that lines are judged by has been read once.
    public static func stored(in transaction: CompanyTransaction) throws -> ERPFacts? {
        var facts: [Kind: [StoredFact]] = [:]
        var readAt: [Kind: Timestamp] = [:]
        for row in try transaction.query(
            """
            SELECT reading.kind AS kind, reading.read_at AS read_at, fact.number AS number, fact.name AS name,
                fact.detail AS detail, fact.state AS state
            FROM erp_reading reading
            LEFT JOIN erp_fact fact ON fact.company_id = reading.company_id AND fact.kind = reading.kind
            WHERE reading.company_id = \(transaction.company) ORDER BY reading.kind, fact.number
            """)
        {
            let kind: Kind = try row.get("kind")
            readAt[kind] = try row.get("read_at")
            guard let number: String = try row.get("number") else { continue }
            facts[kind, default: []].append(
                try StoredFact(
                    number: number, name: row.get("name"), detail: row.get("detail"), state: row.get("state")))
        }
        guard Kind.needed.allSatisfy({ readAt[$0] != nil }) else { return nil }
        return try ERPFacts(facts, readAt: readAt)
    }

    /// Keeps the lists that were read. What has not changed is not written; that it was read is.
    func store(_ kinds: [Kind], in transaction: CompanyTransaction) throws {
        let now = try transaction.now()
        for kind in kinds {
            try transaction.execute(
                """
                INSERT INTO erp_reading (company_id, kind, read_at) VALUES (\(transaction.company), \(kind), \(now))
                ON CONFLICT (company_id, kind) DO UPDATE SET read_at = excluded.read_at
                """)
        }
        let stored = try StoredFact.all(kinds, in: transaction)
        for kind in kinds { try StoredFact.replace(stored[kind] ?? [:], by: rows(of: kind), kind, in: transaction) }
    }

    private init(_ facts: [Kind: [StoredFact]], readAt: [Kind: Timestamp]) throws {
        try self.init(
            periods: (facts[.periods] ?? []).map { fact in
                guard let start = fact.detail.flatMap({ CalendarDate($0) }) else {
                    throw SQLError.unreadable("period \(fact.number) has no date")
                }
                return FinancialPeriod(
                    id: fact.number, startDate: start, closed: FinancialPeriod.Closed(rawValue: fact.state))
            },
            accounts: (facts[.accounts] ?? []).map {
                ERPAccount(number: $0.number, name: $0.name, accountGroup: $0.detail, isActive: $0.isUsable)
            },
            employees: (facts[.employees] ?? []).map {
                ERPEmployee(number: $0.number, name: $0.name, email: $0.detail, isActive: $0.isUsable)
            },
            subaccounts: (facts[.subaccounts] ?? []).map {
                ERPSubaccount(number: $0.number, name: $0.name, isActive: $0.isUsable)
            },
            accountGroups: (facts[.accountGroups] ?? []).map {
                ERPAccountGroup(number: $0.number, name: $0.name, isActive: $0.isUsable)
            }, readAt: readAt)
    }

    private func rows(of kind: Kind) -> [StoredFact] {
        switch kind {
        case .periods:
            periods.map {
                StoredFact(
                    number: $0.id, name: "", detail: $0.startDate.description,
                    state: $0.closed?.rawValue ?? StoredFact.usable)
            }
        case .accounts: accounts.map { StoredFact($0.number, $0.name, $0.accountGroup, $0.isActive) }
        case .employees: employees.map { StoredFact($0.number, $0.name, $0.email, $0.isActive) }
        case .subaccounts: subaccounts.map { StoredFact($0.number, $0.name, nil, $0.isActive) }
        case .accountGroups: accountGroups.map { StoredFact($0.number, $0.name, nil, $0.isActive) }
        }
    }
}

/// A row of `erp_fact`: `detail` is a period's first day, an account's group, an employee's e-mail.
private struct StoredFact: Hashable {
    static let usable = "usable"
    static let inactive = "inactive"

    var number: String
    var name: String
    var detail: String?
    var state: String
    var isUsable: Bool { state == Self.usable }

    init(number: String, name: String, detail: String?, state: String) {
        (self.number, self.name, self.detail, self.state) = (number, name, detail, state)
    }

    init(_ number: String, _ name: String, _ detail: String?, _ isUsable: Bool) {
        self.init(number: number, name: name, detail: detail, state: isUsable ? Self.usable : Self.inactive)
    }

    static func all(
        _ kinds: [ERPFacts.Kind], in transaction: CompanyTransaction
    ) throws -> [ERPFacts.Kind: [String: StoredFact]] {
        try transaction.query(
            """
            SELECT kind, number, name, detail, state FROM erp_fact
            WHERE company_id = \(transaction.company) AND kind IN (\(list: kinds))
            """
        ).reduce(into: [:]) { all, row in
            let fact = try StoredFact(
                number: row.get("number"), name: row.get("name"), detail: row.get("detail"), state: row.get("state"))
            all[try row.get("kind"), default: [:]][fact.number] = fact
        }
    }

    /// Of two rows with the same number, which the ERP should not have, the usable one counts.
    static func replace(
        _ stored: [String: StoredFact], by told: [StoredFact], _ kind: ERPFacts.Kind,
        in transaction: CompanyTransaction
    ) throws {
        let told = Dictionary(told.map { ($0.number, $0) }) { one, other in one.isUsable ? one : other }
        let changed = told.values.filter { stored[$0.number] != $0 }.sorted { $0.number < $1.number }
        let gone = stored.keys.filter { told[$0] == nil }.sorted()
        let key = [transaction.company.sqlValue, kind.sqlValue]
        if !gone.isEmpty {
            try transaction.executeMany(
                "DELETE FROM erp_fact WHERE company_id = $1 AND kind = $2 AND number = $3",
                gone.map { key + [$0.sqlValue] })
        }
        guard !changed.isEmpty else { return }
        try transaction.executeMany(
            """
            INSERT INTO erp_fact (company_id, kind, number, name, detail, state) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (company_id, kind, number)
            DO UPDATE SET name = excluded.name, detail = excluded.detail, state = excluded.state
            """,
            changed.map { key + [$0.number.sqlValue, $0.name.sqlValue, $0.detail.sqlValue, $0.state.sqlValue] })
    }
}
