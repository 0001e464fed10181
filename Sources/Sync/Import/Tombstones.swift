import Persistence
import Proresult

/// Records that the ERP no longer has: marked, never deleted, because hours and withdrawals hang on them.
///
/// Two witnesses are asked: the record is missing in two clean full passes, and the ERP answers a direct read with "no
/// such record".
struct Tombstones<Record: ImportedRecord>: Sendable {
    let resource: ImportResource
    /// The ids that the full pass showed.
    let seen: KeySet

    /// Direct reads of one run; what is left waits for the next full pass.
    static var witnessesPerRun: Int { 100 }
    private static var table: String { Record.Local.kind.rawValue }

    struct Missing: Sendable {
        /// Missing for the second time.
        var candidates: [Candidate] = []
        var warning: RunItem?
        static var none: Missing { Missing() }
    }

    /// Counts the absences of this pass. Changes nothing when so much is missing that the list is the likelier fault,
    /// unless a person has said that it is not.
    func count(in transaction: CompanyTransaction) throws -> Missing {
        var (linked, after) = (0, "")
        var (absent, back): ([Candidate], [Candidate]) = ([], [])
        while true {
            let some = try Self.linked(after: after, in: transaction)
            guard let last = some.last else { break }
            (linked, after) = (linked + some.count, last.id.text)
            absent += some.filter { !seen.contains($0.erpID) }
            back += some.filter { $0.missingPasses > 0 && seen.contains($0.erpID) }
        }
        if let warning = Self.warning(absent: absent.count, of: linked, isEmptyList: seen.isEmpty) {
            guard try BrakeRelease.stands(resource, in: transaction) else { return Missing(warning: warning) }
        } else {
            try BrakeRelease.end(resource, in: transaction)
        }
        try transaction.executeMany(
            "UPDATE \(Self.table) SET erp_missing_passes = $3 WHERE company_id = $1 AND id = $2",
            absent.map { [transaction.company.sqlValue, $0.id.sqlValue, ($0.missingPasses + 1).sqlValue] }
                + back.map { [transaction.company.sqlValue, $0.id.sqlValue, 0.sqlValue] })
        return Missing(candidates: absent.filter { $0.missingPasses >= 1 })
    }

    /// So many of the linked records are read at once: a register of any length goes through little memory, and seldom
    /// enough where a planner sorts the rest of it each time.
    private static var inHand: Int { 10_000 }

    private static func linked(after id: String, in transaction: CompanyTransaction) throws -> [Candidate] {
        try transaction.query(
            """
            SELECT id, erp_id, erp_missing_passes, \(raw: Record.Local.numberColumn) AS number,
                \(raw: Record.Local.labelSQL) AS label
            FROM \(raw: Self.table)
            WHERE company_id = \(transaction.company) AND id > \(id) AND erp_id IS NOT NULL AND erp_deleted_at IS NULL
            ORDER BY id LIMIT \(inHand)
            """
        ).map(Candidate.init(row:))
    }

    private static func warning(absent: Int, of linked: Int, isEmptyList: Bool) -> RunItem? {
        guard absent > 0 else { return nil }
        let isEmptied = isEmptyList && linked > 0
        guard isEmptied || (absent > 20 && absent * 20 > linked) else { return nil }
        let words = "\(absent) of \(linked) linked records are missing in the ERP's list; none was marked as gone"
        return RunItem(Record.Local.word, "", .warned, words)
    }

    struct Candidate: Sendable {
        let id: Identifier<Record.Local>
        let erpID: String
        let number: String
        let label: String
        let missingPasses: Int

        init(row: SQLRow) throws {
            id = try row.get("id")
            erpID = try row.get("erp_id")
            number = try row.get("number")
            label = try row.get("label")
            missingPasses = try row.get("erp_missing_passes")
        }

        /// Nil when the record has been buried or unlinked in the meantime.
        func bury(at now: Timestamp, in transaction: CompanyTransaction) throws -> RunItem? {
            guard var local = try Record.Local.find(id, in: transaction), local.erpID == erpID,
                local.erpDeletedAt == nil
            else { return nil }
            local.erpDeletedAt = now
            if local.isUsable { local.shut(at: now) }
            try Record.Local.overwrite([local], in: transaction)
            return RunItem(Record.Local.word, label, .tombstoned)
        }
    }
}
