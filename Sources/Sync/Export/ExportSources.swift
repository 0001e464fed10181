import Foundation
import Persistence

extension CompanyTransaction {
    /// Sources that a document already holds: they are on their way, in doubt, or in the ERP.
    func reservedSources(_ kind: ExportCandidate.SourceKind) throws -> Set<String> {
        try Set(
            query(
                """
                SELECT DISTINCT line.source_id AS source_id FROM export_line line
                JOIN export_document document
                    ON document.company_id = line.company_id AND document.id = line.document_id
                LEFT JOIN outbox ON outbox.company_id = document.company_id AND outbox.document_id = document.id
                WHERE line.company_id = \(company) AND line.source_kind = \(kind) AND line.released_at IS NULL
                    AND (document.state <> 'confirmed' OR outbox.done_at IS NULL)
                """
            ).map { try $0.get("source_id", as: String.self) })
    }

    /// Sources that the ERP has refused in the version they have, and that nobody has asked to try again.
    func refusedSources(_ kind: ExportCandidate.SourceKind) throws -> [String: (version: Int, explanation: String)] {
        try query(
            """
            SELECT source_id, source_version, explanation FROM export_rejection
            WHERE company_id = \(company) AND source_kind = \(kind) AND cleared_at IS NULL
            ORDER BY rejected_at
            """
        ).reduce(into: [:]) { refused, row in
            refused[try row.get("source_id")] = try (row.get("source_version"), row.get("explanation"))
        }
    }

    /// The lines by which a record went over, read from the frozen document; empty when it has not gone.
    func sentLines(
        of kind: ExportCandidate.SourceKind, _ source: String
    ) throws -> [ExportCandidate.Line.Part: ProjectTransaction.Line] {
        let rows = try query(
            """
            SELECT document.payload AS payload, line.position AS position, line.part AS part FROM export_line line
            JOIN export_document document
                ON document.company_id = line.company_id AND document.id = line.document_id
            WHERE line.company_id = \(company) AND line.source_kind = \(kind) AND line.source_id = \(source)
                AND line.released_at IS NULL AND document.state = 'confirmed'
            """)
        return try rows.reduce(into: [:]) { lines, row in
            let payload = try ProjectTransaction(frozen: row.get("payload"))
            let position: Int = try row.get("position")
            guard payload.lines.indices.contains(position) else {
                throw SQLError.unreadable("line \(position) of \(source) is not in its document")
            }
            lines[try row.get("part")] = payload.lines[position]
        }
    }

    func settingValues() throws -> [String: String] {
        try query("SELECT key, value FROM setting WHERE company_id = \(company)")
            .reduce(into: [:]) { values, row in values[try row.get("key")] = try row.get("value", as: String.self) }
    }
}

extension ProjectTransaction {
    /// The one text that is stored, hashed and, said in the ERP's words, sent.
    func frozen() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    init(frozen text: String) throws {
        self = try JSONDecoder().decode(ProjectTransaction.self, from: Data(text.utf8))
    }
}
