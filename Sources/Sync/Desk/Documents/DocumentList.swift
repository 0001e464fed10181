import Foundation
import Persistence
import Proresult

/// The documents that were made of hours and withdrawals, newest first: in three statements, however many there are.
public struct DocumentList: Sendable, Hashable {
    public var kind: JobName?
    /// Empty: all.
    public var states: Set<ExportDocument.State>
    /// `YYYYPP`
    public var period: String?
    /// A part of the reference, of the number in the ERP or of the project's number.
    public var search: String
    /// Only those that carry or carried this record.
    public var record: SourceRecord?

    public init(
        kind: JobName? = nil, states: Set<ExportDocument.State> = [], period: String? = nil, search: String = "",
        record: SourceRecord? = nil
    ) {
        self.kind = kind
        self.states = states
        self.period = period
        self.search = search
        self.record = record
    }

    public struct Row: Sendable {
        public var document: ExportDocument
        public var lines: Int
        /// Kroner.
        public var amount: Decimal

        init(_ row: SQLRow) throws {
            document = try ExportDocument(row)
            let sent = try document.transaction().lines
            (lines, amount) = (sent.count, sent.map(\.amount).reduce(0, +))
        }
    }

    public struct Page: Sendable {
        public var rows: [Row]
        public var total: Int
        /// How many there are in each state, whatever states are wanted.
        public var counts: [ExportDocument.State: Int]
        /// Every period that has a document, newest first.
        public var periods: [String]
    }

    public func page(_ number: Int, size: Int = 50, in transaction: CompanyTransaction) throws -> Page {
        let company = transaction.company
        let counts = try transaction.query(
            """
            SELECT state, count(*) AS n FROM export_document
            WHERE company_id = \(company) AND \(sql: conditions(company)) GROUP BY state ORDER BY state
            """
        ).reduce(into: [ExportDocument.State: Int]()) { counts, row in
            counts[try row.get("state")] = try row.get("n", as: Int.self)
        }
        let wanted = states.isEmpty ? Set(ExportDocument.State.allCases) : states
        let (skipped, overflow) = (max(number, 1) - 1).multipliedReportingOverflow(by: max(size, 1))
        let rows = try transaction.query(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND \(sql: conditions(company))
                AND state IN (\(list: wanted.sorted { $0.rawValue < $1.rawValue }))
            ORDER BY created_at DESC, id LIMIT \(max(size, 1)) OFFSET \(overflow ? .max : skipped)
            """
        ).map(Row.init)
        let periods = try transaction.query(
            "SELECT DISTINCT period FROM export_document WHERE company_id = \(company) ORDER BY period DESC"
        ).map { try $0.get("period", as: String.self) }
        return Page(
            rows: rows, total: counts.filter { wanted.contains($0.key) }.values.reduce(0, +), counts: counts,
            periods: periods)
    }

    /// All but the states.
    private func conditions(_ company: CompanyID) -> SQL {
        let text = search.trimmingCharacters(in: .whitespacesAndNewlines)
        let literal = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%")
            .replacing("_", with: "\\_")
        let found: SQL =
            text.isEmpty
            ? "1 = 1"
            // SQLite's `lower` knows only ASCII: a project's number with other letters is found as it is written.
            : """
            (lower(reference) LIKE \("%\(literal)%") ESCAPE '\\' OR lower(erp_number) LIKE \("%\(literal)%") ESCAPE '\\'
                OR lower(project_number) LIKE \("%\(literal)%") ESCAPE '\\' OR project_number = \(text))
            """
        let carries: SQL =
            record.map { record in
                """
                id IN (SELECT document_id FROM export_line WHERE company_id = \(company)
                    AND source_kind = \(record.kind) AND source_id = \(record.id))
                """
            } ?? "1 = 1"
        return """
            (CAST(\(kind) AS TEXT) IS NULL OR kind = CAST(\(kind) AS TEXT))
                AND (CAST(\(period) AS TEXT) IS NULL OR period = CAST(\(period) AS TEXT))
                AND \(sql: found) AND \(sql: carries)
            """
    }
}
