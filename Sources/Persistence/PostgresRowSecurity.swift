/// The second guard between companies on PostgreSQL, under the filter that each statement has: a transaction tells the
/// server its company, and every table with a `company_id` shows and takes only rows of that one.
///
/// The policies hold for the owner of the tables too, but never for a superuser or a role with BYPASSRLS.
enum PostgresRowSecurity {
    /// What a transaction tells the server of whose rows it is about.
    static func word(for scope: CompanyScope) throws -> String {
        guard case .one(let company) = scope else { return everyone }
        guard company.text != everyone else { throw SQLError.statement("\(everyone) is not a company") }
        try company.sqlValue.refuseNUL()
        return company.text
    }

    /// The statements that are missing, from the catalog: a table that a later migration makes gets its policy without
    /// anyone's thinking of it. The table `company` is a company's own by its `id`. What `renews` a policy of an older
    /// program locks a table that others are at.
    ///
    /// The form counts for the planner: it takes a `CASE` to let half of the rows through. For a plain `OR` it thought of
    /// one row in two hundred, and read and sorted all due jobs for each claim instead of walking their index.
    static let missing: SQL = """
        SELECT step.ddl, CASE WHEN step.number = 4 THEN 1 ELSE 0 END AS renews
        FROM pg_class AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND NOT a.attisdropped
            AND a.attname = CASE WHEN t.relname = 'company' THEN 'id' ELSE 'company_id' END
        LEFT JOIN pg_policy AS p ON p.polrelid = t.oid AND p.polname = 'of_company'
        CROSS JOIN LATERAL (
            SELECT format('USING (%1$s) WITH CHECK (%1$s)', format(
                'CASE WHEN current_setting(''ferje.company'', true) = ''*'' THEN true'
                    || ' ELSE %I = current_setting(''ferje.company'', true) END', a.attname)) AS rule
        ) AS wanted
        CROSS JOIN LATERAL (
            VALUES
                (1, NOT t.relrowsecurity, format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname)),
                (2, NOT t.relforcerowsecurity, format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.relname)),
                (3, p.oid IS NULL, format('CREATE POLICY of_company ON %I %s', t.relname, wanted.rule)),
                (4, pg_get_expr(p.polqual, p.polrelid) NOT LIKE '%CASE%',
                    format('ALTER POLICY of_company ON %I %s', t.relname, wanted.rule))
        ) AS step (number, is_missing, ddl)
        WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relkind IN ('r', 'p') AND step.is_missing
        ORDER BY t.relname, step.number
        """

    static let setting = "ferje.company"
    private static let everyone = "*"
}
