import Foundation
import Persistence

extension CompanyTransaction {
    /// The lines by which the records that waiting ones reverse or return went over, read from the frozen documents, by
    /// record and part.
    func sentOriginals(
        of kind: ExportCandidate.SourceKind
    ) throws -> [String: [ExportCandidate.Line.Part: ProjectTransaction.Line]] {
        // The conditions stand word for word in the indexes of what waits.
        let waiting =
            kind == .hourEntry
            ? "SELECT reverses_entry_id FROM hour_entry WHERE company_id = \(company) AND state <> 'transferred'" as SQL
            : "SELECT returns_withdrawal_id FROM withdrawal WHERE company_id = \(company) AND state = 'registered'"
        let rows = try query(
            """
            SELECT line.source_id AS source_id, line.position AS position, line.part AS part, line.document_id AS id,
                document.payload AS payload
            FROM export_line line
            JOIN export_document document
                ON document.company_id = line.company_id AND document.id = line.document_id
            WHERE line.company_id = \(company) AND line.source_kind = \(kind) AND line.released_at IS NULL
                AND document.state = 'confirmed' AND line.source_id IN (\(sql: waiting))
            ORDER BY line.document_id, line.position
            """)
        var payloads: [String: ProjectTransaction] = [:]
        return try rows.reduce(into: [:]) { lines, row in
            let document: String = try row.get("id")
            let payload = try payloads[document] ?? ProjectTransaction(frozen: row.get("payload"))
            payloads[document] = payload
            let (source, position): (String, Int) = try (row.get("source_id"), row.get("position"))
            guard payload.lines.indices.contains(position) else {
                throw SQLError.unreadable("line \(position) of \(source) is not in its document")
            }
            lines[source, default: [:]][try row.get("part")] = payload.lines[position]
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
