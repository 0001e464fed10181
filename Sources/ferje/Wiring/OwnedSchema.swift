import Persistence
import Sync

/// The newest schema on PostgreSQL, made by the role that owns the tables and lent to the one that the program works as.
enum OwnedSchema {
    /// Nobody changes or deletes what the audit trail holds.
    private static let appendOnly = ["audit"]

    static func prepare(owner: String, for app: any SQLDatabase) async throws {
        guard let app = app as? PostgresDatabase else {
            throw ConfigurationError(.databaseOwnerURL, "FERJE_DATABASE_URL is missing")
        }
        let role = try await app.roleName()
        let database = try PostgresDatabase(url: owner)
        do {
            guard try await database.roleName() != role else {
                throw ConfigurationError(.databaseOwnerURL, "the same role as in FERJE_DATABASE_URL")
            }
            _ = try await database.migrate(SyncSchema.all)
            try await database.lendRows(to: role, appendOnly: appendOnly)
            try await database.close()
        } catch {
            try? await database.close()
            throw error
        }
    }
}

extension Installation {
    /// Signed in as the role that owns the tables, where the program works as another: that one deletes nothing from the
    /// audit trail.
    func ownersDatabase() throws -> (any SQLDatabase)? {
        try configuration.databaseOwnerURL.map { try DatabasePlace.postgres(url: $0).open(clock: surroundings.clock) }
    }
}
