import GRDB

/// What SQLite's planner knows of the tables. Without it one index looks as good to it as another, since all begin with the
/// company, and it may walk through all that a company has.
extension SQLiteDatabase {
    /// So many rows, and what was known of them may be wrong: about a large import, or some weeks of every day.
    static let muchChanged = 10_000
    /// A process that ends leaves its successor statistics when it has changed so many.
    static let worthStatistics = 1000

    /// How many entries of an index are looked at: to the planner no more rows are alike, so a company seems this large.
    package static let analysisLimit = 1000

    /// Between two transactions, so that none is longer for it. It takes some tens of milliseconds, however much there
    /// is. A failure costs only speed, and the transaction before it is committed.
    func takeStatistics(unlessFewerThan least: Int = 0) {
        do {
            let isTaken = try pool.writeWithoutTransaction { database in
                guard database.totalChangesCount - changesInStatistics >= least else { return false }
                // First, so that a full disk is not asked again after every transaction.
                changesInStatistics = database.totalChangesCount
                try database.execute(sql: "PRAGMA analysis_limit = \(Self.analysisLimit); ANALYZE")
                return true
            }
            // Other connections read the statistics when they are opened.
            if isTaken { pool.invalidateReadOnlyConnections() }
        } catch {}
    }
}
