import Persistence
import Proresult

/// What the last set-up check found: which numbers stand in both systems, and what the first import would do to ours.
public struct SetUpReport: Sendable {
    public enum State: String, SQLConvertible { case requested, running, done, failed, cancelled }

    /// What the import would do with a number of the ERP's, the most telling first.
    public enum Finding: String, SQLConvertible, CaseIterable {
        /// The number is in both systems with different names: perhaps not the same at all.
        case otherName
        /// Closed or inactive here, open there.
        case reopened
        case overwritten
        /// In both, and nothing but the link would change.
        case same
        /// Only there: a new record here.
        case created

        public var text: Text {
            switch self {
            case .otherName: Text("Samme nummer, ulikt navn", "Same number, different names")
            case .reopened: Text("Gjenopptas", "Reopened")
            case .overwritten: Text("Overskrives", "Overwritten")
            case .same: Text("Like", "Alike")
            case .created: Text("Nye", "New")
            }
        }
    }

    /// A field of ours that would be overwritten; one that opens or closes the record has no values.
    public struct Change: Sendable, Hashable {
        /// The column, or what would happen to the record as a whole.
        public var field: String
        public var before: String?
        public var after: String?

        init(field: String) { self.field = field }

        init(_ change: (column: String, before: SQLValue, after: SQLValue)) {
            field = change.column
            guard FieldWords.keys[field] == nil else { return }
            (before, after) = (FieldWords.text(change.before), FieldWords.text(change.after))
        }

        static func stored(_ changes: [Change]) -> String {
            changes.map { change in
                [change.field, change.before, change.after].compactMap(\.self)
                    .map { $0.filter { $0 != "\u{1E}" && $0 != "\u{1F}" } }.joined(separator: "\u{1F}")
            }.joined(separator: "\u{1E}")
        }

        static func read(_ text: String) -> [Change] {
            text.split(separator: "\u{1E}").map { line in
                let parts = line.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
                var change = Change(field: parts.first ?? "")
                if parts.count == 3 { (change.before, change.after) = (parts[1], parts[2]) }
                return change
            }
        }
    }

    public struct List: Sendable, Hashable {
        public var resource: ImportResource
        public var read: Int
        /// How long the list is, where the ERP tells.
        public var total: Int?
        /// Already linked: the import keeps them as before.
        public var linked: Int
        public var unreadable: Int
        public var isFinished: Bool
        public var findings: [Finding: Int]
        /// Pairs that a person has allowed to be overwritten.
        public var allowed: Int
        /// Pairs that the import leaves alone until somebody allows them.
        public var waiting: Int { SetUpCheck.pairs.reduce(0) { $0 + (findings[$1] ?? 0) } - allowed }
    }

    public var state: State
    public var startedBy: String
    public var startedAt: Timestamp
    /// The last sign of life.
    public var changedAt: Timestamp
    /// The ERP's own words when it could not be read to its end, and the stable word for it.
    public var error: String?
    public var fault: RunFault?
    /// Customers, projects, items; those that were not begun are missing.
    public var lists: [List]

    /// Nil for a company that never made one: then everything is matched by number.
    public static func read(in transaction: CompanyTransaction) throws -> SetUpReport? {
        guard
            let check = try transaction.first(
                """
                SELECT state, started_by, started_at, changed_at, error, error_code FROM setup_check
                WHERE company_id = \(transaction.company)
                """)
        else { return nil }
        var findings: [ImportResource: [Finding: Int]] = [:]
        var allowed: [ImportResource: Int] = [:]
        for row in try transaction.query(
            """
            SELECT found.resource AS resource, found.finding AS finding, count(*) AS n,
                count(permission.number) AS allowed
            FROM setup_check_row found LEFT JOIN import_permission permission
                ON permission.company_id = found.company_id AND permission.resource = found.resource
                AND permission.number = found.number
            WHERE found.company_id = \(transaction.company) AND found.finding <> 'created'
            GROUP BY found.resource, found.finding ORDER BY found.resource, found.finding
            """)
        {
            let resource: ImportResource = try row.get("resource")
            findings[resource, default: [:]][try row.get("finding")] = try row.get("n")
            allowed[resource, default: 0] += try row.get("allowed", as: Int.self)
        }
        let lists = try transaction.query(
            """
            SELECT resource, read_count, total_count, created_count, linked_count, unreadable_count, finished_at
            FROM setup_check_list WHERE company_id = \(transaction.company)
            """
        ).map { row in
            let resource: ImportResource = try row.get("resource")
            var counts = findings[resource] ?? [:]
            let created: Int = try row.get("created_count")
            if created > 0 { counts[.created] = created }
            return List(
                resource: resource, read: try row.get("read_count"), total: try row.get("total_count"),
                linked: try row.get("linked_count"), unreadable: try row.get("unreadable_count"),
                isFinished: try row.get("finished_at", as: Timestamp?.self) != nil, findings: counts,
                allowed: allowed[resource] ?? 0)
        }
        return try SetUpReport(
            state: check.get("state"), startedBy: check.get("started_by"), startedAt: check.get("started_at"),
            changedAt: check.get("changed_at"), error: check.get("error"),
            fault: check.get("error_code", as: String?.self).flatMap(RunFault.init),
            lists: SetUpCheck.resources.compactMap { resource in lists.first { $0.resource == resource } })
    }

    /// How many pairs of a finished check the imports leave alone, of the jobs that are on.
    static func waiting(in transaction: CompanyTransaction) throws -> Int {
        try transaction.first(
            """
            SELECT count(*) AS n FROM setup_check_row found
            JOIN setup_check report ON report.company_id = found.company_id AND report.state = 'done'
            JOIN job ON job.company_id = found.company_id AND job.name = found.resource AND job.enabled_at IS NOT NULL
            LEFT JOIN import_permission permission
                ON permission.company_id = found.company_id AND permission.resource = found.resource
                AND permission.number = found.number
            WHERE found.company_id = \(transaction.company) AND found.finding <> 'created'
                AND permission.number IS NULL
            """)?.get("n") ?? 0
    }

    /// A number of the ERP's beside ours.
    public struct Row: Sendable, Hashable {
        public var resource: ImportResource
        public var number: String
        public var finding: Finding
        public var erpName: String
        /// Nil for what only the ERP has.
        public var ownName: String?
        /// What would be overwritten.
        public var changes: [Change]
        /// True when a person has allowed the import to overwrite ours.
        public var isAllowed: Bool
    }

    /// A page of a list, from 1: what differs most comes first. Of new records no more than `SetUpCheck.mostCreated` are
    /// shown one by one.
    public static func rows(
        _ resource: ImportResource, _ finding: Finding? = nil, page number: Int, size: Int = 100,
        in transaction: CompanyTransaction
    ) throws -> (rows: [Row], total: Int) {
        let findings = finding.map { [$0] } ?? Finding.allCases
        let total =
            try transaction.first(
                """
                SELECT count(*) AS n FROM setup_check_row
                WHERE company_id = \(transaction.company) AND resource = \(resource) AND finding IN (\(list: findings))
                """)?.get("n", as: Int.self) ?? 0
        let rows = try transaction.query(
            """
            SELECT found.number AS number, found.finding AS finding, found.erp_name AS erp_name,
                found.own_name AS own_name, found.changes AS changes, permission.number AS allowed
            FROM setup_check_row found LEFT JOIN import_permission permission
                ON permission.company_id = found.company_id AND permission.resource = found.resource
                AND permission.number = found.number
            WHERE found.company_id = \(transaction.company) AND found.resource = \(resource)
                AND found.finding IN (\(list: findings))
            ORDER BY CASE found.finding WHEN 'otherName' THEN 1 WHEN 'reopened' THEN 2 WHEN 'overwritten' THEN 3
                WHEN 'same' THEN 4 ELSE 5 END, found.number
            LIMIT \(max(size, 1)) OFFSET \(RunLog.offset(number, size))
            """
        ).map { row in
            try Row(
                resource: resource, number: row.get("number"), finding: row.get("finding"),
                erpName: row.get("erp_name"), ownName: row.get("own_name"), changes: Change.read(row.get("changes")),
                isAllowed: row.get("allowed", as: String?.self) != nil)
        }
        return (rows, total)
    }
}
