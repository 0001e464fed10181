import Persistence

/// Every kind of row that only grows, and what of it goes. What has no rule here stays: hours, withdrawals and their
/// approvals are the company's own records.
public enum RetentionRule: String, CaseIterable, Sendable {
    /// But for the last of each job and those that made a document.
    case runs
    /// Those that are over.
    case alarms
    /// Confirmed, refused or given up, when their records have come to their end too.
    case documents
    case audit
    case sessions, links, hints

    /// Deletes some, the oldest first, and tells how many rows; 0 when nothing is left to delete.
    func deleteSome(_ most: Int, before limits: RetentionLimits, in transaction: CompanyTransaction) throws -> Int {
        let company = transaction.company
        switch self {
        case .runs: return try OldRuns(limits: limits, most: most).deleteSome(in: transaction)
        case .documents: return try OldDocuments(limits: limits, most: most).deleteSome(in: transaction)
        case .alarms:
            return try transaction.execute(
                """
                DELETE FROM export_alarm WHERE company_id = \(company) AND id IN (
                    SELECT id FROM export_alarm WHERE company_id = \(company) AND cleared_at < \(limits.runs) LIMIT \(most))
                """)
        case .audit:
            // What a document that is still here has been through stays with it.
            return try transaction.execute(
                """
                DELETE FROM audit WHERE company_id = \(company) AND id IN (
                    SELECT id FROM audit WHERE company_id = \(company) AND at < \(limits.audit)
                        AND NOT (subject_kind = 'document' AND EXISTS (
                            SELECT 1 FROM export_document document
                            WHERE document.company_id = audit.company_id AND document.id = audit.subject_id))
                    ORDER BY at LIMIT \(most))
                """)
        case .sessions:
            return try transaction.execute(
                """
                DELETE FROM session WHERE company_id = \(company) AND id IN (
                    SELECT id FROM session WHERE company_id = \(company) AND created_at < \(limits.sessions) LIMIT \(most))
                """)
        case .links:
            return try transaction.execute(
                "DELETE FROM invitation WHERE company_id = \(company) AND expires_at < \(limits.links)")
                + transaction.execute(
                    "DELETE FROM set_up_secret WHERE company_id = \(company) AND expires_at < \(limits.links)")
        case .hints:
            return try transaction.execute(
                """
                DELETE FROM erp_hint WHERE company_id = \(company) AND digest IN (
                    SELECT digest FROM erp_hint WHERE company_id = \(company) AND received_at < \(limits.hints)
                    LIMIT \(most))
                """)
        }
    }
}
