/// One step of the schema, numbered and never changed once it has landed.
public struct Migration: Sendable {
    /// What a step means to a program that does not know it. Stands beside its number in the database, so that an older
    /// program can read there what a newer one has done.
    public enum Effect: String, SQLConvertible {
        /// It only adds. Older programs go on, and may be started.
        case expands
        /// It takes away, or asks more of those who write. No older program may be at work or started.
        case contracts
    }

    public let number: Int
    public let name: String
    public let effect: Effect
    public let statements: [String]

    public init(_ number: Int, _ name: String, effect: Effect = .expands, _ statements: [String]) {
        self.number = number
        self.name = name
        self.effect = effect
        self.statements = statements
    }
}

extension SQLDatabase {
    /// Brings the schema up to date, each migration in a transaction of its own, and tells which numbers were applied.
    ///
    /// Throws `SQLError.newerSchema` without any change when the database has a migration that is not in the list and
    /// contracts, or that is not in the list while others of the list are missing: only a program that has nothing to add
    /// may work on a schema that has grown beyond it.
    /// Two processes may do this at once: the second finds the work done.
    public func migrate(_ migrations: [Migration]) async throws -> [Int] {
        guard zip(migrations, migrations.dropFirst()).allSatisfy({ $0.number < $1.number }) else {
            throw SQLError.statement("the numbers of the migrations must grow")
        }
        let known = Set(migrations.map(\.number))
        try await transactionAcrossCompanies { connection in
            _ = try connection.refuseForeignSchema(known: known)
        }
        var applied: [Int] = []
        for migration in migrations {
            let isNew = try await transactionAcrossCompanies { connection in
                try connection.apply(migration, known: known)
            }
            if isNew { applied.append(migration.number) }
        }
        for _ in 0..<Self.mostTables {
            let mayBeMore = try await transactionAcrossCompanies { connection in
                try connection.lockSchema()
                return try connection.separateCompanies()
            }
            if !mayBeMore { break }
        }
        return applied
    }

    /// More than a schema of ours will have: a mistake must not go on for ever.
    private static var mostTables: Int { 1000 }

    /// The highest number applied; 0 for an empty database.
    public func schemaVersion() async throws -> Int {
        try await transactionAcrossCompanies { try $0.appliedMigrations().keys.max() ?? 0 }
    }

    /// For what takes along or deletes whole tables: throws `SQLError.newerSchema` when the schema has grown beyond the
    /// list, since there may be tables then that this program does not know.
    public func refuseGrownSchema(beyond migrations: [Migration]) async throws {
        let known = Set(migrations.map(\.number))
        let applied: [Int] = try await readAcrossCompanies { connection in
            try connection.query("SELECT number FROM schema_migration").map { try $0.get("number") }
        }
        if let unknown = Set(applied).subtracting(known).max() {
            throw SQLError.newerSchema(found: unknown, known: known.max() ?? 0)
        }
    }
}

extension SQLConnection {
    fileprivate func apply(_ migration: Migration, known: Set<Int>) throws -> Bool {
        guard try refuseForeignSchema(known: known)[migration.number] == nil else { return false }
        for statement in migration.statements { try execute(SQL(stringLiteral: statement)) }
        if try !columnNames(of: "schema_migration").contains("effect") { try tellEffectsFromNowOn() }
        try execute(
            """
            INSERT INTO schema_migration (number, name, applied_at, effect)
            VALUES (\(migration.number), \(migration.name), \(try now()), \(migration.effect))
            """)
        return true
    }

    fileprivate func refuseForeignSchema(known: Set<Int>) throws -> [Int: Migration.Effect] {
        let applied = try appliedMigrations()
        let unknown = applied.filter { !known.contains($0.key) }
        let isComplete = known.isSubset(of: applied.keys)
        let foreign = isComplete ? unknown.filter { $0.value == .contracts } : unknown
        if let found = foreign.keys.max() {
            throw SQLError.newerSchema(found: found, known: known.max() ?? 0)
        }
        return applied
    }

    fileprivate func appliedMigrations() throws -> [Int: Migration.Effect] {
        try lockSchema()
        // Not by IF NOT EXISTS alone: PostgreSQL refuses that to a role that may make no tables, also when it is there.
        let columns = try columnNames(of: "schema_migration")
        guard !columns.isEmpty else {
            try execute(
                """
                CREATE TABLE schema_migration (
                    number BIGINT NOT NULL PRIMARY KEY,
                    name TEXT NOT NULL,
                    applied_at BIGINT NOT NULL
                )
                """)
            try tellEffectsFromNowOn()
            return [:]
        }
        // What was applied before effects were told may have had any.
        let effect: SQL = columns.contains("effect") ? "effect" : "'contracts'"
        let rows = try query("SELECT number, \(sql: effect) AS effect FROM schema_migration")
        return Dictionary(try rows.map { (try $0.get("number"), try $0.get("effect")) }) { first, _ in first }
    }

    private func tellEffectsFromNowOn() throws {
        try execute(
            """
            ALTER TABLE schema_migration ADD COLUMN effect TEXT NOT NULL DEFAULT 'contracts'
                CHECK (effect IN ('expands', 'contracts'))
            """)
    }
}
