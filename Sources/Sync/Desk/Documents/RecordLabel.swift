import Persistence
import Proresult

/// What people call a record that a document carries.
public struct RecordLabel: Sendable, Hashable {
    public var workerName: String
    /// The work type's name, or the text of what was taken out.
    public var matter: String

    /// In two statements, however many records there are.
    public static func of(
        _ records: some Sequence<SourceRecord>, in transaction: CompanyTransaction
    ) throws -> [SourceRecord: RecordLabel] {
        let company = transaction.company
        let ids = Dictionary(grouping: Set(records), by: \.kind).mapValues { $0.map(\.id).sorted() }
        let hours = try transaction.query(
            """
            SELECT entry.id AS id, worker.name AS worker_name, work_type.name AS matter FROM hour_entry entry
            JOIN worker ON worker.company_id = entry.company_id AND worker.id = entry.worker_id
            JOIN project_work_type work_type
                ON work_type.company_id = entry.company_id AND work_type.id = entry.project_work_type_id
            WHERE entry.company_id = \(company) AND entry.id IN (\(list: ids[.hourEntry] ?? [])) ORDER BY entry.id
            """)
        let withdrawals = try transaction.query(
            """
            SELECT withdrawal.id AS id, worker.name AS worker_name, withdrawal.text AS matter FROM withdrawal
            JOIN worker ON worker.company_id = withdrawal.company_id AND worker.id = withdrawal.worker_id
            WHERE withdrawal.company_id = \(company) AND withdrawal.id IN (\(list: ids[.withdrawal] ?? []))
            ORDER BY withdrawal.id
            """)
        var labels: [SourceRecord: RecordLabel] = [:]
        for (kind, rows) in [(ExportCandidate.SourceKind.hourEntry, hours), (.withdrawal, withdrawals)] {
            for row in rows {
                labels[SourceRecord(kind, try row.get("id"))] = RecordLabel(
                    workerName: try row.get("worker_name"), matter: try row.get("matter"))
            }
        }
        return labels
    }
}
