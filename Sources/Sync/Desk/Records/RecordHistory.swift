import Foundation
import Persistence
import Proresult

/// What the imports did to one record, and from it where each of its fields comes from and since when. In two
/// statements.
public struct RecordHistory: Sendable {
    public struct Change: Sendable, Hashable {
        public var at: Timestamp
        public var run: SyncRunID
        public var happened: RunItem.Happened
        public var detail: String
    }

    public enum Origin: Sendable, Hashable {
        /// The ERP owns the field: the next import overwrites what is written here.
        case erp
        case here
    }

    public struct Field: Sendable, Hashable {
        public var origin: Origin
        /// When it last got another value; nil where that is not known.
        public var at: Timestamp?
        /// The person who wrote it here, where that is known.
        public var by: String?

        public init(origin: Origin, at: Timestamp? = nil, by: String? = nil) {
            (self.origin, self.at, self.by) = (origin, at, by)
        }
    }

    /// Newest first.
    public let changes: [Change]
    private let owned: Set<String>
    private let written: [String: (at: Timestamp, by: String)]

    /// More says nothing more to a person.
    static let longest = 200

    public static func of(_ customer: Customer, in transaction: CompanyTransaction) throws -> RecordHistory {
        try RecordHistory(of: customer, number: customer.number, in: transaction)
    }

    public static func of(_ project: Project, in transaction: CompanyTransaction) throws -> RecordHistory {
        try RecordHistory(of: project, number: project.number, in: transaction)
    }

    public static func of(_ item: Item, in transaction: CompanyTransaction) throws -> RecordHistory {
        try RecordHistory(of: item, number: item.number, in: transaction)
    }

    private init<Record: LinkedRecord>(
        of record: Record, number: String, in transaction: CompanyTransaction
    ) throws {
        owned = record.erpID == nil ? [] : Record.ownedColumns
        changes = try transaction.query(
            """
            SELECT run.started_at AS started_at, run.id AS run_id, item.happened AS happened,
                CASE WHEN item.records > 1 THEN '' ELSE item.detail END AS detail
            FROM run_item item JOIN run ON run.company_id = item.company_id AND run.id = item.run_id
            WHERE item.company_id = \(transaction.company) AND item.record_kind = \(Record.word)
                AND item.record_number IN (\(number), '')
                AND (item.record_number <> '' OR \(sql: RunItemRow.isAbout(number, "item")))
            ORDER BY run.started_at DESC, item.run_id DESC, item.position DESC LIMIT \(Self.longest)
            """
        ).map { row in
            try Change(
                at: row.get("started_at"), run: row.get("run_id"), happened: row.get("happened"),
                detail: row.get("detail"))
        }
        // Oldest first, so that the last one stays.
        written = try transaction.query(
            """
            SELECT action, actor, at FROM audit WHERE company_id = \(transaction.company)
                AND subject_kind = \(Record.word) AND subject_id = \(record.id) ORDER BY at, length(id), id
            """
        ).reduce(into: [:]) { written, row in
            let action: String = try row.get("action")
            guard action.hasPrefix(Self.writing) else { return }
            written[String(action.dropFirst(Self.writing.count))] = try (row.get("at"), row.get("actor"))
        }
    }

    public func field(_ column: String) -> Field {
        let brought = owned.contains(column) ? changes.first { $0.brought(column) }?.at : nil
        if let here = written[column], brought.map({ $0 <= here.at }) ?? true {
            return Field(origin: .here, at: here.at, by: here.by)
        }
        return owned.contains(column) ? Field(origin: .erp, at: brought) : Field(origin: .here)
    }

    /// Of columns that are shown together: the one that changed last.
    public func field(_ first: String, _ second: String) -> Field {
        let (one, other) = (field(first), field(second))
        return (other.at ?? Timestamp(milliseconds: 0)) > (one.at ?? Timestamp(milliseconds: 0)) ? other : one
    }

    /// How the audit trail calls it that a person wrote a field which the ERP may own.
    static let writing = "wrote "
}

extension RecordHistory.Change {
    /// Whether the column got a value by it.
    fileprivate func brought(_ column: String) -> Bool {
        switch happened {
        case .created: return true
        case .inactivated, .reactivated, .tombstoned, .revived: return column == "inactive_at"
        case .closed, .reopened: return column == "state"
        case .changed:
            let words = detail.components(separatedBy: "; ")
            let told = RecordHistory.toldAs[column]
            return words.contains { $0.hasPrefix(column + ": ") || $0 == told || $0 == "linked" }
        default: return false
        }
    }
}

extension RecordHistory {
    /// Columns that a run tells of in words.
    fileprivate static let toldAs = ["customer_id": "customer linked", "manager_worker_id": "manager linked"]
}

extension SyncSchema {
    /// For what the imports did to one record.
    static let recordHistory = Migration(
        35, "record history",
        ["CREATE INDEX run_item_record ON run_item (company_id, record_kind, record_number)"])
}
