import Foundation
import Persistence
import Proresult

/// Before the first import: what exists in both systems by number, and what the import would do to ours. Reads every
/// page of customers, projects and items and changes none of our records; what it finds is stored page by page.
///
/// A person asks for it by a row (`request`), and the process that finds the row makes it (`runNext`). The addresses of a
/// project's customer locations are not asked for: that an address changes is shown only where it comes from the
/// customer itself.
public struct SetUpCheck: Sendable {
    /// The lists that are compared, in the order in which they are imported.
    public static let resources: [ImportResource] = [.customers, .projects, .items]
    /// The findings about numbers that are in both systems.
    static let pairs: [SetUpReport.Finding] = [.otherName, .reopened, .overwritten, .same]
    /// So many new records of a list are shown one by one; all are counted.
    public static let mostCreated = 500
    /// A check without a sign of life for so long has lost its process: another makes it from the beginning.
    public static let patience = Duration.seconds(300)

    let database: any SQLDatabase
    let randomness: Randomness
    let connect: SyncEngine.Connect

    public init(database: any SQLDatabase, randomness: Randomness, connect: @escaping SyncEngine.Connect) {
        self.database = database
        self.randomness = randomness
        self.connect = connect
    }

    /// Asks for a check, whatever the last one found. From here on imports leave alone what nobody has allowed.
    public static func request(by person: String, in transaction: CompanyTransaction) throws {
        let changed = try transaction.execute(
            """
            INSERT INTO setup_check (company_id, id, state, started_by, started_at, changed_at)
            VALUES (\(transaction.company), '', 'requested', \(person), \(transaction.now()), \(transaction.now()))
            ON CONFLICT (company_id) DO UPDATE SET state = excluded.state, started_by = excluded.started_by,
                started_at = excluded.started_at, changed_at = excluded.changed_at, error = NULL, error_code = NULL
            WHERE setup_check.state NOT IN ('requested', 'running')
            """)
        guard changed == 1 else { return }
        try transaction.audit(by: person, "set-up check", of: "import", "all")
        try transaction.hint()
    }

    /// Stops the check that waits or is under way; what it has found stays.
    public static func cancel(in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            UPDATE setup_check SET state = 'cancelled', changed_at = \(transaction.now())
            WHERE company_id = \(transaction.company) AND state IN ('requested', 'running')
            """)
    }

    /// Gives the check up: imports match everything by number again.
    public static func drop(by person: String, in transaction: CompanyTransaction) throws {
        try deleteRows(in: transaction)
        let dropped = try transaction.execute("DELETE FROM setup_check WHERE company_id = \(transaction.company)")
        guard dropped == 1 else { return }
        for resource in resources { try ImportCursor.forget(resource, in: transaction) }
        try transaction.audit(by: person, "set-up check given up", of: "import", "all")
    }

    /// Makes the check that has waited longest, of any company, from the first page to the last. False when none waits.
    /// `takingOver` also takes those whose process is known to be dead.
    ///
    /// A cancellation by a person, or a newer check, ends it between two pages. When the task itself is cancelled the row
    /// stays, and the check is made later.
    public func runNext(takingOver: Bool = false) async throws -> Bool {
        guard let (company, id) = try await take(takingOver) else { return false }
        do {
            let (settings, now) = try await database.read(company: company) { transaction in
                (SyncSettings(values: try transaction.settingValues()), try transaction.now())
            }
            let reading = SetUpReading(
                id: id, company: company, database: database, connector: try await connect(company, .customers))
            try await reading.read(CustomersImport(randomness: randomness, now: now))
            try await reading.read(ProjectsImport(randomness: randomness, settings: settings, now: now))
            try await reading.read(ItemsImport(randomness: randomness, settings: settings, now: now))
            try await end(id, company, .done)
        } catch is SetUpReading.Overtaken {
            return true
        } catch let error as ERPError {
            guard !Task.isCancelled else { throw CancellationError() }
            try await end(id, company, .failed, error)
        }
        return true
    }

    private func take(_ takingOver: Bool) async throws -> (CompanyID, id: String)? {
        let waiting = try await database.readAcrossCompanies { connection in
            let now = try connection.now()
            let dead = takingOver ? now + .milliseconds(1) : now - Self.patience
            return try connection.query(
                """
                SELECT company_id FROM setup_check
                WHERE (state = 'requested' OR (state = 'running' AND changed_at < \(dead)))
                    AND EXISTS (
                        SELECT 1 FROM company WHERE company.id = setup_check.company_id AND company.state = 'active')
                ORDER BY changed_at, company_id LIMIT 10
                """
            ).map { (try $0.get("company_id", as: CompanyID.self), dead) }
        }
        for (company, dead) in waiting {
            let id = Identifier<SetUpCheck>(using: randomness).text
            let isMine = try await database.transaction(company: company) { transaction in
                let taken = try transaction.execute(
                    """
                    UPDATE setup_check SET id = \(id), state = 'running', changed_at = \(transaction.now())
                    WHERE company_id = \(company)
                        AND (state = 'requested' OR (state = 'running' AND changed_at < \(dead)))
                    """)
                if taken == 1 { try Self.deleteRows(in: transaction) }
                return taken == 1
            }
            if isMine { return (company, id) }
        }
        return nil
    }

    private static func deleteRows(in transaction: CompanyTransaction) throws {
        try transaction.execute("DELETE FROM setup_check_row WHERE company_id = \(transaction.company)")
        try transaction.execute("DELETE FROM setup_check_list WHERE company_id = \(transaction.company)")
    }

    private func end(
        _ id: String, _ company: CompanyID, _ state: SetUpReport.State, _ error: ERPError? = nil
    ) async throws {
        try await database.transaction(company: company) { transaction in
            _ = try transaction.execute(
                """
                UPDATE setup_check SET state = \(state), error = \(error.map { "\($0.message) (\($0.request))" }),
                    error_code = \(error?.fault.rawValue), changed_at = \(transaction.now())
                WHERE company_id = \(company) AND id = \(id) AND state = 'running'
                """)
        }
    }
}
