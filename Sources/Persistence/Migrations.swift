/// One step of the schema, numbered and never changed once it has landed.
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    public let statements: [String]

    public init(_ number: Int, _ name: String, _ statements: [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }
}

extension SQLDatabase {
    /// Brings the schema up to date, each migration in a transaction of its own, and tells which numbers were applied.
    ///
    /// Throws `SQLError.newerSchema` without any change when the database has a migration that is not in the list.
    /// Two processes may do this at once: the second finds the work done.
    public func migrate(_ migrations: [Migration]) async throws -> [Int] {
        guard zip(migrations, migrations.dropFirst()).allSatisfy({ $0.number < $1.number }) else {
            throw SQLError.statement("the numbers of the migrations must grow")
        }
        let known = Set(migrations.map(\.number))
        try await transactionAcrossCompanies { connection in
            _ = try connection.refuseNewerSchema(known: known)
        }
        var applied: [Int] = []
        for migration in migrations {
            let isNew = try await transactionAcrossCompanies { connection in
                try connection.apply(migration, known: known)
            }
            if isNew { applied.append(migration.number) }
        }
        try await transactionAcrossCompanies { connection in
            try connection.lockSchema()
            try connection.separateCompanies()
        }
        return applied
    }

    /// The highest number applied; 0 for an empty database.
    public func schemaVersion() async throws -> Int {
        try await transactionAcrossCompanies { try $0.appliedMigrations().max() ?? 0 }
    }
}

extension SQLConnection {
    fileprivate func apply(_ migration: Migration, known: Set<Int>) throws -> Bool {
        guard try !refuseNewerSchema(known: known).contains(migration.number) else { return false }
        for statement in migration.statements { try execute(SQL(stringLiteral: statement)) }
        try execute(
            """
            INSERT INTO schema_migration (number, name, applied_at)
            VALUES (\(migration.number), \(migration.name), \(try now()))
            """)
        return true
    }

    fileprivate func refuseNewerSchema(known: Set<Int>) throws -> Set<Int> {
        let applied = try appliedMigrations()
        if let unknown = applied.subtracting(known).max() {
            throw SQLError.newerSchema(found: unknown, known: known.max() ?? 0)
        }
        return applied
    }

    fileprivate func appliedMigrations() throws -> Set<Int> {
        try lockSchema()
        // Not by IF NOT EXISTS alone: PostgreSQL refuses that to a role that may make no tables, also when it is there.
        guard try !hasTable("schema_migration") else {
            return Set(try query("SELECT number FROM schema_migration").map { try $0.get("number") })
        }
        try execute(
            """
            CREATE TABLE schema_migration (
                number BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                applied_at BIGINT NOT NULL
            )
            """)
        return []
    }
}
