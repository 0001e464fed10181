/// The second guard between companies on PostgreSQL, under the filter that each statement has: a transaction tells the
/// server its company, and every table with a `company_id` shows and takes only rows of that one.
///
/// The policies hold for the owner of the tables too, but never for a superuser or a role with BYPASSRLS.
enum PostgresRowSecurity {
    /// What a transaction says first. The setting ends with it; without one no row can be seen.
    static func entering(_ scope: CompanyScope) throws -> String {
        guard case .one(let company) = scope else { return "; SET LOCAL \(setting) = '\(everyone)'" }
        guard company.text != everyone else { throw SQLError.statement("\(everyone) is not a company") }
        try company.sqlValue.refuseNUL()
        return "; SET LOCAL \(setting) = '\(company.text.replacing("'", with: "''"))'"
    }

    /// The statements that are missing, from the catalog: a table that a later migration makes gets its policy without
    /// anyone's thinking of it. The table `company` is a company's own by its `id`.
    static let missing: SQL = """
        SELECT step.ddl
        FROM pg_class AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND NOT a.attisdropped
            AND a.attname = CASE WHEN t.relname = 'company' THEN 'id' ELSE 'company_id' END
        CROSS JOIN LATERAL (
            VALUES
                (1, NOT t.relrowsecurity, format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname)),
                (2, NOT t.relforcerowsecurity, format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.relname)),
                (3, NOT EXISTS (SELECT 1 FROM pg_policy AS p WHERE p.polrelid = t.oid AND p.polname = 'of_company'),
                    format('CREATE POLICY of_company ON %1$I USING (%2$s) WITH CHECK (%2$s)', t.relname,
                        format('%I = current_setting(''ferje.company'', true)'
                            || ' OR current_setting(''ferje.company'', true) = ''*''', a.attname)))
        ) AS step (number, is_missing, ddl)
        WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relkind IN ('r', 'p') AND step.is_missing
        ORDER BY t.relname, step.number
        """

    private static let setting = "ferje.company"
    private static let everyone = "*"
}
