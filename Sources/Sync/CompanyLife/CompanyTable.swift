/// A table with rows of companies, for what is done with all rows of one company: copied, handed out, deleted.
struct CompanyTable: Sendable, Hashable {
    var name: String
    /// The columns that with `company_id` tell a row from the others.
    var key: [String]
    /// Columns that point at rows of the same table.
    var ownReferences: [String] = []
    /// What no file may hold.
    var secrets = Secrets.none

    enum Secrets: Sendable, Hashable {
        case none
        case columns(Set<String>)
        /// Nothing but secrets.
        case all
    }

    /// Every one, such that a row only points at rows of itself and of those before it. A test holds it against the catalog.
    static let all: [CompanyTable] = [
        CompanyTable(name: "setting", key: ["key"]),
        CompanyTable(name: "app_user", key: ["id"]),
        CompanyTable(name: "user_password", key: ["user_id"], secrets: .all),
        CompanyTable(name: "session", key: ["id"], secrets: .all),
        CompanyTable(name: "set_up_secret", key: [], secrets: .all),
        CompanyTable(name: "invitation", key: ["user_id"], secrets: .all),
        CompanyTable(name: "program_key", key: ["id"], secrets: .columns(["digest"])),
        CompanyTable(name: "worker", key: ["id"]),
        CompanyTable(name: "worker_wage", key: ["worker_id", "valid_from"]),
        CompanyTable(name: "customer", key: ["id"]),
        CompanyTable(name: "project", key: ["id"], ownReferences: ["parent_project_id"]),
        CompanyTable(name: "work_type", key: ["id"]),
        CompanyTable(name: "project_work_type", key: ["id"]),
        CompanyTable(name: "item_group", key: ["id"], ownReferences: ["parent_id"]),
        CompanyTable(name: "item", key: ["id"]),
        CompanyTable(name: "hour_entry", key: ["id"], ownReferences: ["reverses_entry_id", "corrects_entry_id"]),
        CompanyTable(name: "approval", key: ["id"]),
        CompanyTable(name: "withdrawal", key: ["id"], ownReferences: ["returns_withdrawal_id"]),
        CompanyTable(name: "connection", key: [], secrets: .columns(["grant_sealed", "previous_grant_sealed"])),
        CompanyTable(name: "connection_pending", key: [], secrets: .all),
        CompanyTable(name: "erp_gate", key: []),
        CompanyTable(name: "job", key: ["name"]),
        CompanyTable(name: "requested_record", key: ["job", "source_id"]),
        CompanyTable(name: "import_cursor", key: ["resource"]),
        CompanyTable(name: "run", key: ["id"]),
        CompanyTable(name: "run_item", key: ["run_id", "position"]),
        CompanyTable(name: "export_document", key: ["id"]),
        CompanyTable(name: "export_line", key: ["document_id", "position"]),
        CompanyTable(name: "export_attempt", key: ["document_id", "number", "event"]),
        CompanyTable(name: "export_rejection", key: ["document_id", "source_kind", "source_id"]),
        CompanyTable(name: "outbox", key: ["document_id"]),
        CompanyTable(name: "export_week", key: ["document_id", "week_start"]),
        CompanyTable(name: "audit", key: ["id"]),
        CompanyTable(name: "export_audit", key: ["job"]),
        CompanyTable(name: "export_alarm", key: ["id"]),
        CompanyTable(name: "export_shutter", key: []),
        CompanyTable(name: "erp_probe", key: []),
        CompanyTable(name: "erp_reading", key: ["kind"]),
        CompanyTable(name: "erp_fact", key: ["kind", "number"]),
        CompanyTable(name: "setup_check", key: []),
        CompanyTable(name: "setup_check_list", key: ["resource"]),
        CompanyTable(name: "setup_check_row", key: ["resource", "number"]),
        CompanyTable(name: "import_permission", key: ["resource", "number"]),
        CompanyTable(name: "brake_release", key: ["resource"]),
        CompanyTable(name: "erp_hint", key: ["digest"]),
    ]
}
