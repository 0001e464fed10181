import Persistence

/// Which of our records an import may take over because their number stands in the ERP too.
///
/// Without a set-up check everything is matched by number. Once one was made, an import leaves alone what is not linked
/// yet and not allowed, until a person allows it or gives the check up.
public enum ImportPermission {
    /// What a run says of a row that it left alone for this reason.
    public static let isWaiting = "the number is in both systems: waits for the set-up check"

    /// Of some numbers those that the import must leave alone.
    static func waiting(
        _ numbers: [String], of resource: ImportResource, in transaction: CompanyTransaction
    ) throws -> Set<String> {
        guard !numbers.isEmpty, SetUpCheck.resources.contains(resource) else { return [] }
        let wasChecked = try transaction.first(
            "SELECT id FROM setup_check WHERE company_id = \(transaction.company)")
        guard wasChecked != nil else { return [] }
        let allowed = try transaction.query(
            """
            SELECT number FROM import_permission WHERE company_id = \(transaction.company)
                AND resource = \(resource) AND number IN (\(list: numbers))
            """
        ).map { try $0.get("number", as: String.self) }
        return Set(numbers).subtracting(allowed)
    }

    /// Allows some pairs of the last check to be overwritten. Tells how many were not allowed before.
    @discardableResult
    public static func allow(
        _ resource: ImportResource, numbers: [String], by person: String, in transaction: CompanyTransaction
    ) throws -> Int {
        var allowed = 0
        for number in Set(numbers).sorted() {
            allowed += try transaction.execute(
                """
                INSERT INTO import_permission (company_id, resource, number, allowed_by, allowed_at)
                SELECT company_id, resource, number, CAST(\(person) AS TEXT), CAST(\(transaction.now()) AS BIGINT)
                FROM setup_check_row WHERE company_id = \(transaction.company) AND resource = \(resource)
                    AND number = \(number) AND finding <> 'created'
                ON CONFLICT (company_id, resource, number) DO NOTHING
                """)
        }
        try wasAllowed(allowed, resource, by: person, in: transaction)
        return allowed
    }

    /// Allows all pairs of one finding, such as all that are alike.
    @discardableResult
    public static func allowAll(
        _ resource: ImportResource, _ finding: SetUpReport.Finding, by person: String,
        in transaction: CompanyTransaction
    ) throws -> Int {
        guard finding != .created else { return 0 }
        let allowed = try transaction.execute(
            """
            INSERT INTO import_permission (company_id, resource, number, allowed_by, allowed_at)
            SELECT company_id, resource, number, CAST(\(person) AS TEXT), CAST(\(transaction.now()) AS BIGINT)
            FROM setup_check_row WHERE company_id = \(transaction.company) AND resource = \(resource)
                AND finding = \(finding)
            ON CONFLICT (company_id, resource, number) DO NOTHING
            """)
        try wasAllowed(allowed, resource, by: person, in: transaction)
        return allowed
    }

    /// Takes permissions back. What an import has linked meanwhile stays linked.
    public static func takeBack(
        _ resource: ImportResource, numbers: [String], by person: String, in transaction: CompanyTransaction
    ) throws {
        let taken = try transaction.executeMany(
            "DELETE FROM import_permission WHERE company_id = $1 AND resource = $2 AND number = $3",
            Set(numbers).sorted().map { [transaction.company.sqlValue, resource.sqlValue, $0.sqlValue] })
        guard taken > 0 else { return }
        try transaction.audit(
            by: person, "overwriting not allowed", of: "import", resource.rawValue, because: "\(taken) numbers")
    }

    private static func wasAllowed(
        _ count: Int, _ resource: ImportResource, by person: String, in transaction: CompanyTransaction
    ) throws {
        guard count > 0 else { return }
        // The import has passed these rows by; only a whole reading meets them again.
        try ImportCursor.forget(resource, in: transaction)
        try transaction.audit(
            by: person, "overwriting allowed", of: "import", resource.rawValue, because: "\(count) numbers")
    }
}
