import Persistence
import Proresult

/// What a company does once, in this order, before the first hours are in the ERP. Told from the rows: nobody ticks it.
public enum FirstStep: Sendable, CaseIterable {
    case connect, importLists, linkWorkers, chooseSettings, transfer

    /// The steps that are done. In two statements.
    public static func done(
        connection: ConnectionStatus?, in transaction: CompanyTransaction
    ) throws -> Set<FirstStep> {
        let settings = SyncSettings(values: try transaction.settingValues())
        let row = try transaction.first(
            """
            SELECT
                (SELECT count(*) FROM project WHERE company_id = \(transaction.company) AND erp_id IS NOT NULL)
                    AS projects,
                (SELECT count(*) FROM worker WHERE company_id = \(transaction.company) AND inactive_at IS NULL
                    AND visma_employee_number IS NOT NULL) AS linked,
                (SELECT count(*) FROM (SELECT id FROM export_document
                    WHERE company_id = \(transaction.company) AND state = 'confirmed' LIMIT 1) sent) AS documents
            """)
        guard let row else { return [] }
        var done: Set<FirstStep> = []
        if connection?.state == .connected { done.insert(.connect) }
        if try row.get("projects", as: Int.self) > 0 { done.insert(.importLists) }
        if try row.get("linked", as: Int.self) > 0 { done.insert(.linkWorkers) }
        if hours.allSatisfy({ settings[$0] != nil }) { done.insert(.chooseSettings) }
        if try row.get("documents", as: Int.self) > 0 { done.insert(.transfer) }
        return done
    }

    /// What hours cannot go without.
    private static let hours: [SyncSettings.Key] = [.hoursItemNumber, .hoursDebitAccount, .hoursCreditAccount]
}
