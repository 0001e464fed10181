import Persistence

/// So much was missing in a list of the ERP that nothing was marked as gone: the list was the likelier fault. It stands
/// until a later reading of the whole list misses less, or a person has said that the records really are gone.
public struct TombstoneBrake: Sendable, Hashable {
    public var job: JobName
    public var resource: ImportResource
    /// `customer` `project` `task` `item`
    public var recordKind: String
    /// How many were missing, and of how many.
    public var told: String
    public var run: SyncRunID
    public var since: Timestamp

    /// What the last full reading of each list left behind.
    public static func standing(in transaction: CompanyTransaction) throws -> [TombstoneBrake] {
        try transaction.query(
            """
            SELECT run.job AS job, reading.resource AS resource, item.record_kind AS record_kind,
                item.detail AS detail, run.id AS run_id, run.started_at AS started_at
            FROM import_cursor reading
            JOIN run ON run.company_id = reading.company_id
                AND run.job = CASE reading.resource WHEN 'tasks' THEN 'projects' ELSE reading.resource END
                AND run.started_at = (
                    SELECT max(started_at) FROM run full_pass
                    WHERE full_pass.company_id = run.company_id AND full_pass.job = run.job
                        AND full_pass.started_at <= reading.full_pass_at)
            JOIN run_item item ON item.company_id = run.company_id AND item.run_id = run.id
                AND item.happened = 'warned' AND item.record_number = ''
                AND item.record_kind = CASE reading.resource WHEN 'customers' THEN 'customer'
                    WHEN 'projects' THEN 'project' WHEN 'tasks' THEN 'task' ELSE 'item' END
            WHERE reading.company_id = \(transaction.company) AND reading.full_pass_at IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1 FROM brake_release released
                    WHERE released.company_id = reading.company_id AND released.resource = reading.resource)
            ORDER BY run.started_at, item.record_kind
            """
        ).map { row in
            try TombstoneBrake(
                job: row.get("job"), resource: row.get("resource"), recordKind: row.get("record_kind"),
                told: row.get("detail"), run: row.get("run_id"), since: row.get("started_at"))
        }
    }
}
