import Persistence

extension ProresultSchema {
    /// What the lists search and order by (`ListKey`), and the indexes that keep them fast.
    public static let lists = Migration(
        12, "lists",
        columns(of: "customer", number: "number", search: ["number", "name", "city"])
            + columns(of: "project", number: "number", search: ["number", "name", "city"])
            + columns(of: "item", number: "number", search: ["number", "name"])
            + columns(
                of: "worker", number: "employee_number",
                search: ["employee_number", "name", "username", "visma_employee_number"]) + [
                "ALTER TABLE customer ADD COLUMN sort_place TEXT NOT NULL DEFAULT ''",
                "UPDATE customer SET sort_place = \(alphabetical("coalesce(city, '')"))",
                "CREATE INDEX customer_by_place ON customer (company_id, sort_place, id, inactive_at)",
                "CREATE INDEX item_by_price ON item (company_id, (CAST(sales_price AS NUMERIC)), id)",
                "CREATE INDEX item_of_group ON item (company_id, item_group_id, inactive_at)",
                "CREATE INDEX project_of_customer ON project (company_id, customer_id)",
                "CREATE INDEX project_of_parent ON project (company_id, parent_project_id)",
                "CREATE INDEX hour_entry_day ON hour_entry (company_id, work_date, worker_id, id)",
                "CREATE INDEX hour_entry_project_day ON hour_entry (company_id, project_id, work_date, id)",
                "CREATE INDEX hour_entry_worker_state ON hour_entry (company_id, worker_id, state, total_hours)",
                "CREATE INDEX withdrawal_day ON withdrawal (company_id, withdrawal_date, id)",
                "CREATE INDEX withdrawal_project_day ON withdrawal (company_id, project_id, withdrawal_date, id)",
                "CREATE INDEX withdrawal_worker_day ON withdrawal (company_id, worker_id, withdrawal_date, id)",
            ])

    /// What the list of withdrawals searches in.
    public static let withdrawalSearch = Migration(
        34, "withdrawal search",
        [
            "ALTER TABLE withdrawal ADD COLUMN search_text TEXT NOT NULL DEFAULT ''",
            "UPDATE withdrawal SET search_text = \(folded("rtrim(text || ' ' || extra_text)"))",
        ])

    /// The columns of every list, filled for the rows that are there, as the records write them from now on.
    private static func columns(of table: String, number: String, search: [String]) -> [String] {
        let together = search.map { "coalesce(' ' || nullif(\($0), ''), '')" }.joined(separator: " || ")
        let folded = folded(number)
        let shut = table == "project" ? "state" : "inactive_at"
        return [
            "ALTER TABLE \(table) ADD COLUMN search_text TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE \(table) ADD COLUMN sort_number TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE \(table) ADD COLUMN sort_name TEXT NOT NULL DEFAULT ''",
            """
            UPDATE \(table) SET search_text = \(self.folded("ltrim(\(together))")),
                sort_name = \(alphabetical("name")), sort_number = \(folded)
            """,
            // The digits begin where all the rest has been trimmed away. What is before them stays.
            """
            UPDATE \(table) SET sort_number =
                substr(sort_number, 1, length(sort_number) - length(ltrim(sort_number, '\(notDigits)')))
                || substr('000000000000', 1, 12 - (length(ltrim(sort_number, '\(notDigits)'))
                    - length(ltrim(ltrim(sort_number, '\(notDigits)'), '0123456789'))))
                || ltrim(sort_number, '\(notDigits)')
            WHERE length(ltrim(sort_number, '\(notDigits)'))
                - length(ltrim(ltrim(sort_number, '\(notDigits)'), '0123456789')) BETWEEN 1 AND 12
            """,
            "CREATE INDEX \(table)_by_number ON \(table) (company_id, sort_number, id, \(shut))",
            "CREATE INDEX \(table)_by_name ON \(table) (company_id, sort_name, id, \(shut))",
            "CREATE INDEX \(table)_search ON \(table) (company_id, \(shut), search_text)",
        ]
    }

    private static let notDigits = "abcdefghijklmnopqrstuvwxyzæøåäöüé -_./:,+*()&#"

    /// SQLite's own lower case ends with ASCII, so the letters that names here have are written out. A rarer one is set
    /// right by the record's next write.
    static func folded(_ column: String) -> String {
        let letters = [("Æ", "æ"), ("Ø", "ø"), ("Å", "å"), ("Ä", "ä"), ("Ö", "ö"), ("Ü", "ü"), ("É", "é")]
        let lowered = letters.reduce("lower(\(column))") { "replace(\($0), '\($1.0)', '\($1.1)')" }
        return "substr(\(lowered), 1, \(ListKey.longest))"
    }

    static func alphabetical(_ column: String) -> String {
        let letters = [("æ", "zza"), ("ø", "zzb"), ("å", "zzc")]
        let ordered = letters.reduce(folded(column)) { "replace(\($0), '\($1.0)', '\($1.1)')" }
        return "substr(\(ordered), 1, \(ListKey.longest))"
    }
}
