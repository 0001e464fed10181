import Foundation
import Persistence
import Proresult

/// The records that documents carry: on their way, in doubt, waiting for a decision, or sent lately.
enum BoardDocuments {
    /// In two statements. `sentSince` nil leaves out what is sent and locked.
    static func lines(
        of jobs: [JobName], sentSince: Timestamp?, in transaction: CompanyTransaction
    ) throws -> [BoardLine] {
        let company = transaction.company
        let shown = shown(of: company, sentSince: sentSince ?? Timestamp(milliseconds: .max))
        let documents = try transaction.query(
            """
            SELECT document.id AS id, document.kind AS kind, document.reference AS reference,
                document.state AS state, document.period AS period, document.payload AS payload,
                document.erp_number AS erp_number, document.changed_at AS changed_at, outbox.done_at AS done_at
            FROM export_document document
            LEFT JOIN outbox ON outbox.company_id = document.company_id AND outbox.document_id = document.id
            WHERE document.company_id = \(company) AND document.kind IN (\(list: jobs)) AND document.id IN (\(sql: shown))
            ORDER BY document.id
            """
        ).map(Carrier.init)
        guard !documents.isEmpty else { return [] }
        let byID = Dictionary(documents.map { ($0.id, $0) }) { first, _ in first }
        var lines: [SourceRecord: BoardLine] = [:]
        for row in try transaction.query(
            """
            SELECT line.document_id AS document_id, line.source_kind AS source_kind, line.source_id AS source_id,
                line.position AS position, worker.id AS worker_id, worker.name AS worker_name,
                project.id AS project_id, project.name AS project_name, project.number AS project_number,
                work_type.name AS work_type_name, withdrawal.text AS withdrawal_text
            FROM export_document document
            JOIN export_line line ON line.company_id = document.company_id AND line.document_id = document.id
            LEFT JOIN hour_entry entry ON line.source_kind = 'hourEntry' AND entry.company_id = line.company_id
                AND entry.id = line.source_id
            LEFT JOIN withdrawal ON line.source_kind = 'withdrawal' AND withdrawal.company_id = line.company_id
                AND withdrawal.id = line.source_id
            JOIN worker ON worker.company_id = line.company_id
                AND worker.id = coalesce(entry.worker_id, withdrawal.worker_id)
            JOIN project ON project.company_id = line.company_id
                AND project.id = coalesce(entry.project_id, withdrawal.project_id)
            LEFT JOIN project_work_type work_type ON work_type.company_id = line.company_id
                AND work_type.id = entry.project_work_type_id
            WHERE document.company_id = \(company) AND document.kind IN (\(list: jobs)) AND line.released_at IS NULL
                AND document.id IN (\(sql: shown))
            ORDER BY line.document_id, line.position
            """)
        {
            guard let document = try byID[row.get("document_id")] else { continue }
            let record = try SourceRecord(row.get("source_kind"), row.get("source_id"))
            let sent = try document.line(at: row.get("position"))
            var line = try lines[record] ?? document.boardLine(row, record, date: sent.date)
            line.quantity += sent.quantity.value
            line.amount += sent.amount
            lines[record] = line
        }
        return Array(lines.values)
    }

    /// Three short readings: one condition with OR would read every document that there ever was.
    private static func shown(of company: CompanyID, sentSince: Timestamp) -> SQL {
        """
        SELECT id FROM export_document
                WHERE company_id = \(company) AND state IN ('ready', 'sending', 'unknown', 'needsReview')
            UNION SELECT id FROM export_document
                WHERE company_id = \(company) AND state = 'confirmed' AND changed_at >= \(sentSince)
            UNION SELECT document_id FROM outbox WHERE company_id = \(company) AND done_at IS NULL
        """
    }

    private struct Carrier {
        let id: String
        let job: JobName
        let document: BoardLine.Document
        let period: String
        let payload: ProjectTransaction
        let isLocked: Bool

        init(_ row: SQLRow) throws {
            id = try row.get("id")
            job = try row.get("kind")
            document = try BoardLine.Document(
                reference: row.get("reference"), state: row.get("state"), erpNumber: row.get("erp_number"),
                changedAt: row.get("changed_at"))
            period = try row.get("period")
            payload = try ProjectTransaction(frozen: row.get("payload"))
            isLocked = try row.get("done_at", as: Timestamp?.self) != nil
        }

        private var standing: BoardStanding {
            switch document.state {
            case .unknown: .inDoubt
            case .needsReview: .needsReview
            case .confirmed: isLocked ? .sent : .underWay
            case .ready, .sending, .rejected, .voided: .underWay
            }
        }

        func line(at position: Int) throws -> ProjectTransaction.Line {
            guard payload.lines.indices.contains(position) else {
                throw SQLError.unreadable("line \(position) is not in document \(id)")
            }
            return payload.lines[position]
        }

        func boardLine(_ row: SQLRow, _ record: SourceRecord, date: CalendarDate) throws -> BoardLine {
            let workType: String? = try row.get("work_type_name")
            let text: String? = try row.get("withdrawal_text")
            return try BoardLine(
                record: record, job: job, date: date, workerID: row.get("worker_id"),
                workerName: row.get("worker_name"),
                projectID: row.get("project_id"), projectNumber: row.get("project_number"),
                projectName: row.get("project_name"), matter: workType ?? text ?? "", quantity: 0, amount: 0,
                period: period, standing: standing, reasons: [], document: document)
        }
    }
}
