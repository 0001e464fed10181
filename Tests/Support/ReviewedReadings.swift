import Persistence
import Synchronization

extension WholeReading {
    /// What may read all of a table, or all of a company in one that grows: words of the statement, and why.
    static let reviewed: [(words: String, why: String)] = [
        ("DELETE FROM company WHERE id", "the company has no rows any more; its pointers are looked for"),
        ("SELECT * FROM", "a company that moves or is handed out is read as a whole"),
        (" LIMIT $3)", "a company that is deleted goes page by page"),
        ("SET reverses_entry_id = NULL", "a company is deleted"),
        ("SET corrects_entry_id = NULL", "a company is deleted"),
        ("SET returns_withdrawal_id = NULL", "a company is deleted"),
        ("SELECT max(period) AS period FROM export_document", "before a company is deleted"),
        ("coalesce( (SELECT max(created_at) FROM export_document", "the end of an index, after a restore"),
        ("SELECT max(started_at) AS at FROM run", "the end of an index"),
        ("SELECT latest.id FROM run latest", "the end of an index, once for each of five jobs"),
        ("SELECT max(last.started_at) FROM run last", "the end of an index"),
        ("SELECT DISTINCT period FROM export_document", "an index alone; a document holds up to a hundred lines"),
        ("AND 1 = 1 AND state IN", "a page in the order of their making; only where they are few are all sorted"),
        ("AND state = 'confirmed' LIMIT 1) sent", "one is enough"),
        ("SELECT state, count(*) AS n FROM export_document", "the page of documents counts them all"),
        ("subject_kind = 'connection'", "few: somebody connected, or had to"),
        (
            "FROM run WHERE company_id = $1 AND job IN",
            "the log of runs by choice of jobs and outcomes; how far back is a guess to the planner, and runs have a term"
        ),
        ("FROM job JOIN company", "what the operator sees is counted over all companies, five rows for each"),
        ("DELETE FROM session WHERE company_id = $1 AND (created_at", "sessions live half a day"),
        ("cleared_at IS NULL ORDER BY found_at", "alarms are few: each is something that went wrong"),
        ("cleared_at < $3 LIMIT", "alarms are few"),
        ("created_at < $3 LIMIT", "sessions live half a day"),
    ]

    fileprivate var isReviewed: Bool { Self.reviewed.contains { statement.contains($0.words) } }
}

/// What has been explained in this process: tests send the same texts again and again.
private let explained = Mutex<Set<String>>([])

extension RecordedDatabase {
    /// Where the statements so far would read more than they may after some years, each text looked at once in a process.
    public func unreviewedReadings(
        _ kind: TestDatabaseKind, migrations: [Migration]
    ) async throws -> [WholeReading] {
        let new = statements.filter { statement in
            explained.withLock { $0.insert("\(kind) \(statement.text)").inserted }
        }
        guard !new.isEmpty else { return [] }
        let years = try await YearsOfRows.database(kind, migrations)
        return try await years.wholeReadings(kind, of: new).filter { !$0.isReviewed }
    }
}
