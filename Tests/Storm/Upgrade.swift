import Persistence
import Sync
import Synchronization

/// What a newer version of the program would bring: a column, a table that is filled, an index. C13 dies among them.
enum Upgrade {
    static let migrations: [Migration] =
        SyncSchema.all + [
            Migration(
                9001, "storm: one column more",
                [
                    "ALTER TABLE export_document ADD COLUMN storm_note TEXT",
                    "UPDATE export_document SET storm_note = reference",
                ]),
            Migration(
                9002, "storm: a table made from another",
                [
                    """
                    CREATE TABLE storm_week (
                        company_id TEXT NOT NULL REFERENCES company (id),
                        id TEXT NOT NULL,
                        PRIMARY KEY (company_id, id)
                    )
                    """,
                    "INSERT INTO storm_week (company_id, id) SELECT company_id, id FROM hour_entry",
                ]),
            Migration(
                9003, "storm: an index", ["CREATE INDEX storm_by_note ON export_document (company_id, storm_note)"]),
        ]

    /// What the release after that would take away.
    static let contraction = Migration(9004, "storm: a column less", effect: .contracts, ["DROP INDEX storm_by_note"])
}

extension World {
    /// A newer version is installed: one process is stopped, and those that start from now on are of the newer version.
    /// The others go on beside it.
    func upgrade() {
        tell("operator", "installs a newer version")
        state.withLock { state in
            state.isUpgraded = true
            if let index = state.workers.firstIndex(where: { !$0.node.isPaused }) { state.workers.remove(at: index) }
        }
    }

    /// C13: whatever happened on the way, the newer schema is whole. The older version works on it as long as it has only
    /// grown, and refuses it afterwards.
    func judgeSchema() async throws {
        guard state.withLock({ $0.isUpgraded }) else { return }
        _ = try await startWorker()
        let left = try await database.migrate(Upgrade.migrations)
        if !left.isEmpty { violate("C13", "a process works although \(left) are missing") }
        if try await !database.migrate(SyncSchema.all).isEmpty { violate("C13", "an older version changes the schema") }
        do {
            _ = try await database.migrate(Upgrade.migrations + [Upgrade.contraction])
            _ = try await database.migrate(SyncSchema.all)
            violate("C13", "an older version takes what was taken away for its own")
        } catch SQLError.newerSchema {
            // As it should be.
        }
        let count = try await database.transactionAcrossCompanies { connection in
            try connection.query("SELECT id FROM storm_week").count
        }
        tell("judge", "the newer schema is whole, \(count) rows were taken over")
    }
}
