import Persistence

/// What an export needs from hours.
extension HourEntry {
    /// Everything that has not been transferred, whatever its state, by date: what cannot go is shown with its reason.
    public static func waitingForTransfer(in transaction: CompanyTransaction) throws -> [HourEntry] {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry WHERE company_id = \(transaction.company)
            AND state <> 'transferred' ORDER BY work_date, id
            """, in: transaction)
    }

    /// Locks approved entries while a run carries them: what is on its way must not change under it. Throws
    /// `vanished` when one of them is no longer as it was read.
    public static func hold(_ entries: [HourEntry], run: String, in transaction: CompanyTransaction) throws {
        let seen = entries.map { ($0.id, $0.version) }
        guard try hold(seen, run: run, in: transaction) else { throw ProresultError.vanished(kind) }
    }

    /// The same by what was seen of them. False when one of them is no longer so; the others are locked then.
    public static func hold(
        _ seen: [(id: HourEntryID, version: Int)], run: String, in transaction: CompanyTransaction
    ) throws -> Bool {
        try transaction.executeMany(
            """
            UPDATE hour_entry SET transferred_run = $4 WHERE company_id = $1 AND id = $2 AND version = $3
            AND state = 'approved' AND (transferred_run IS NULL OR transferred_run = $4)
            """,
            seen.map { [transaction.company.sqlValue, $0.id.sqlValue, $0.version.sqlValue, run.sqlValue] }
        ) == seen.count
    }

    /// Lets entries go again that were not transferred after all.
    public static func release(_ ids: [HourEntryID], in transaction: CompanyTransaction) throws {
        try transaction.executeMany(
            """
            UPDATE hour_entry SET transferred_run = NULL
            WHERE company_id = $1 AND id = $2 AND state <> 'transferred'
            """, ids.map { [transaction.company.sqlValue, $0.sqlValue] })
    }

    /// Marks entries as transferred and locks them for good. Repeatable: an entry that has the same reference already
    /// is left as it is. Refuses one that is not approved, or went with another reference.
    public static func markTransferred(
        _ ids: [HourEntryID], run: String, reference: String, at now: Timestamp, in transaction: CompanyTransaction
    ) throws {
        let entries = try find(ids, in: transaction)
        guard entries.count == Set(ids).count else { throw ProresultError.vanished(kind) }
        for entry in entries where entry.state == .transferred && entry.transferredReference != reference {
            throw ProresultError.transferredElsewhere(kind, reference: entry.transferredReference ?? "")
        }
        let waiting = entries.filter { $0.state != .transferred }
        guard waiting.allSatisfy({ $0.state == .approved }) else { throw ProresultError.notApproved }
        let marked = try transaction.executeMany(
            """
            UPDATE hour_entry SET state = 'transferred', transferred_at = $3, transferred_run = $4,
            transferred_reference = $5 WHERE company_id = $1 AND id = $2 AND state = 'approved'
            """,
            waiting.map {
                [transaction.company.sqlValue, $0.id.sqlValue, now.sqlValue, run.sqlValue, reference.sqlValue]
            })
        guard marked == waiting.count else { throw ProresultError.vanished(kind) }
    }
}
