import Foundation
import Persistence

/// A document with all that is known of its way: its lines and their records, every attempt, and who decided what.
public struct ExportTrail: Sendable {
    public struct Line: Sendable {
        public var record: SourceRecord
        public var part: ExportCandidate.Line.Part
        /// False when the record was set free again, and may stand in a later document.
        public var holdsRecord: Bool
        public var sent: ProjectTransaction.Line
    }

    public struct Attempt: Sendable, Hashable {
        public var number: Int
        /// `sent`, `answered`, or `late` for an answer after another run had taken over.
        public var event: String
        public var at: Timestamp
        public var answer: String?
    }

    /// A change of state, who or what made it, and why.
    public struct Step: Sendable, Hashable {
        public var at: Timestamp
        public var actor: String
        public var state: ExportDocument.State?
        public var why: String
    }

    public var document: ExportDocument
    public var run: SyncRunID
    /// The refused document that this one is a half of.
    public var splitFrom: ExportDocumentID?
    public var lines: [Line]
    public var attempts: [Attempt]
    public var steps: [Step]

    /// The documents that a record stands or stood in, newest first.
    public static func of(_ record: SourceRecord, in transaction: CompanyTransaction) throws -> [ExportTrail] {
        try read(
            """
            id IN (SELECT document_id FROM export_line WHERE company_id = \(transaction.company)
                AND source_kind = \(record.kind) AND source_id = \(record.id))
            """, in: transaction)
    }

    /// The document with this reference of ours, or this number of the ERP's.
    public static func of(_ referenceOrNumber: String, in transaction: CompanyTransaction) throws -> ExportTrail? {
        try read(
            """
            id IN (SELECT id FROM export_document
                    WHERE company_id = \(transaction.company) AND reference = \(referenceOrNumber)
                UNION SELECT id FROM export_document
                    WHERE company_id = \(transaction.company) AND erp_number = \(referenceOrNumber))
            """, in: transaction
        ).first
    }

    private static func read(_ condition: SQL, in transaction: CompanyTransaction) throws -> [ExportTrail] {
        let company = transaction.company
        // The condition's own bindings come first, so that its text need not be renumbered.
        let rows = try transaction.query(
            SQL(
                """
                SELECT \(ExportDocument.columns), run_id, split_from FROM export_document
                WHERE \(condition.text) AND company_id = $\(condition.bindings.count + 1)
                ORDER BY created_at DESC, id
                """, bindings: condition.bindings + [company.sqlValue]))
        var trails = try rows.map { row in
            try ExportTrail(
                document: ExportDocument(row), run: row.get("run_id"), splitFrom: row.get("split_from"), lines: [],
                attempts: [], steps: [])
        }
        let ids = trails.map(\.document.id)
        let lines = try lines(of: trails.map(\.document), in: transaction)
        let attempts = try attempts(of: ids, in: transaction)
        let steps = try steps(of: ids, in: transaction)
        for index in trails.indices {
            let id = trails[index].document.id
            trails[index].lines = lines[id] ?? []
            trails[index].attempts = attempts[id] ?? []
            trails[index].steps = steps[id] ?? []
        }
        return trails
    }

    private static func lines(
        of documents: [ExportDocument], in transaction: CompanyTransaction
    ) throws -> [ExportDocumentID: [Line]] {
        let payloads = try Dictionary(documents.map { ($0.id, try $0.transaction()) }) { first, _ in first }
        return try transaction.query(
            """
            SELECT document_id, position, source_kind, source_id, part, released_at FROM export_line
            WHERE company_id = \(transaction.company) AND document_id IN (\(list: documents.map(\.id)))
            ORDER BY document_id, position
            """
        ).reduce(into: [:]) { lines, row in
            let (id, position): (ExportDocumentID, Int) = try (row.get("document_id"), row.get("position"))
            guard let sent = payloads[id]?.lines, sent.indices.contains(position) else {
                throw SQLError.unreadable("line \(position) is not in document \(id)")
            }
            lines[id, default: []].append(
                Line(
                    record: try SourceRecord(row.get("source_kind"), row.get("source_id")),
                    part: try row.get("part"),
                    holdsRecord: try row.get("released_at", as: Timestamp?.self) == nil, sent: sent[position]))
        }
    }

    private static func attempts(
        of ids: [ExportDocumentID], in transaction: CompanyTransaction
    ) throws -> [ExportDocumentID: [Attempt]] {
        try transaction.query(
            """
            SELECT document_id, number, event, at, answer FROM export_attempt
            WHERE company_id = \(transaction.company) AND document_id IN (\(list: ids))
            ORDER BY document_id, number, at, CASE event WHEN 'sent' THEN 1 WHEN 'answered' THEN 2 ELSE 3 END
            """
        ).reduce(into: [:]) { attempts, row in
            attempts[try row.get("document_id"), default: []].append(
                try Attempt(
                    number: row.get("number"), event: row.get("event"), at: row.get("at"), answer: row.get("answer")))
        }
    }

    private static func steps(
        of ids: [ExportDocumentID], in transaction: CompanyTransaction
    ) throws -> [ExportDocumentID: [Step]] {
        try transaction.query(
            """
            SELECT subject_id, at, actor, reason, after_digest FROM audit
            WHERE company_id = \(transaction.company) AND subject_kind = 'document' AND subject_id IN (\(list: ids))
            ORDER BY subject_id, at, length(id), id
            """
        ).reduce(into: [:]) { steps, row in
            let state: String? = try row.get("after_digest")
            steps[try row.get("subject_id"), default: []].append(
                try Step(
                    at: row.get("at"), actor: row.get("actor"), state: state.flatMap(ExportDocument.State.init),
                    why: row.get("reason")))
        }
    }
}
