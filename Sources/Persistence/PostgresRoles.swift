/// Two roles on PostgreSQL: one owns the tables and changes their form, the other reads and writes their rows and owns
/// nothing, so that whoever takes over the running program can neither drop a table nor lift the policies of rows.
extension PostgresDatabase {
    /// Who the address signs in as.
    public func roleName() async throws -> String {
        try await readAcrossCompanies { try $0.first("SELECT CAST(current_user AS TEXT) AS role")?.get("role") ?? "" }
    }

    /// Whether the role that the address signs in as may delete rows of a table.
    public func mayDelete(from table: String) async throws -> Bool {
        try await readAcrossCompanies { connection in
            try connection.first("SELECT 1 AS yes WHERE has_table_privilege(CAST(\(table) AS TEXT), 'DELETE')") != nil
        }
    }

    /// Lets another role work with the rows of all tables that there are; called by their owner after each migration.
    /// In the tables of `appendOnly` it reads and adds, and changes and deletes nothing.
    public func lendRows(to role: String, appendOnly: [String]) async throws {
        try await transactionAcrossCompanies { connection in
            try connection.lockSchema()
            let statements = try connection.query(
                """
                SELECT format(step.ddl, current_schema(), CAST(\(role) AS TEXT)) AS ddl FROM (VALUES
                    (1, 'GRANT USAGE ON SCHEMA %1$I TO %2$I'),
                    (2, 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$I TO %2$I'),
                    (3, 'REVOKE INSERT, UPDATE, DELETE ON %1$I.schema_migration FROM %2$I')
                ) AS step (number, ddl) ORDER BY step.number
                """)
            let revoked = try appendOnly.flatMap { table in
                try connection.query(
                    """
                    SELECT format('REVOKE UPDATE, DELETE ON %I.%I FROM %I', current_schema(), CAST(\(table) AS TEXT),
                        CAST(\(role) AS TEXT)) AS ddl
                    """)
            }
            for statement in statements + revoked {
                _ = try connection.execute(SQL(stringLiteral: statement.get("ddl")))
            }
        }
    }
}
