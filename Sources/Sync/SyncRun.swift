import Persistence

/// What a run has done so far, in figures.
public struct RunCounts: Sendable, Hashable {
    public var read = 0
    public var created = 0
    public var changed = 0
    public var unchanged = 0
    /// Rows put aside because they could not be read.
    public var quarantined = 0
    public var sentLines = 0
    public var documents = 0
    /// Lines that could not go, each with its reasons on the ready board.
    public var held = 0
    public init() {}
}

/// One thing that happened to one record in a run; only where something did happen.
public struct RunItem: Sendable, Hashable {
    public enum Happened: String, SQLConvertible {
        case created, changed, inactivated, reactivated, closed, reopened, quarantined, conflict, tombstoned, revived
        case notImported, sent, confirmed, rejected, split, unknown, needsReview, absent, warned
    }
    /// `customer` `project` `task` `item` `document`
    public var recordKind: String
    public var number: String
    public var happened: Happened
    /// Plain words or `field: before → after`; no personal data beyond what the record's list shows.
    public var detail: String

    public init(_ recordKind: String, _ number: String, _ happened: Happened, _ detail: String = "") {
        self.recordKind = recordKind
        self.number = number
        self.happened = happened
        self.detail = detail
    }
}

extension CompanyTransaction {
    /// Writes what happened to records, after what the run has already told.
    public func record(_ items: [RunItem], in run: SyncRunID) throws {
        guard !items.isEmpty else { return }
        // By max() PostgreSQL reads all that the run has told, at every page of it: a policy of rows is in the way.
        let last = try first(
            """
            SELECT position + records AS next FROM run_item WHERE company_id = \(company) AND run_id = \(run)
            ORDER BY position DESC LIMIT 1
            """)
        var position = try last?.get("next", as: Int.self) ?? 0
        try executeMany(
            """
            INSERT INTO run_item (company_id, run_id, position, record_kind, record_number, happened, detail, records)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            RunItemRow.rows(of: items).map { row in
                defer { position += row.records }
                return [
                    company.sqlValue, run.sqlValue, position.sqlValue, row.item.recordKind.sqlValue,
                    row.item.number.sqlValue, row.item.happened.sqlValue, row.item.detail.sqlValue,
                    row.records.sqlValue,
                ]
            })
    }
}
