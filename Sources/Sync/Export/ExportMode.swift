import Persistence

/// How documents are sent to the ERP of a company.
public enum ExportMode: String, SQLConvertible {
    /// One POST with everything. Unguarded: whoever may still be sending cannot be stopped.
    case plain
    /// First an empty document on hold, then its lines by a PUT that only its untouched version accepts. A POST that comes
    /// twice leaves something empty behind; money moves once, whoever else is still at it.
    case shell
}

extension CompanyTransaction {
    /// The harder mode where a probe has shown that the ERP honours all that it rests on, and nothing has spoken against it
    /// since.
    func exportMode() throws -> ExportMode {
        let honoured = try first(
            """
            SELECT 1 AS honoured FROM erp_probe
            WHERE company_id = \(company) AND empty_accepted = 1 AND hold_honoured = 1 AND version_enforced = 1
                AND fell_back_at IS NULL
            """)
        return honoured == nil ? .plain : .shell
    }

    /// The ERP refuses an empty document, which says nothing about its lines: back to the plain way, until the next probe.
    func fallBack(because explanation: String, by actor: String) throws {
        let fell = try execute(
            """
            UPDATE erp_probe SET fell_back_at = \(now()), fell_back_because = \(explanation)
            WHERE company_id = \(company) AND fell_back_at IS NULL
            """)
        guard fell == 1 else { return }
        try audit(by: actor, "plain sending", of: "exports", company.text, because: explanation)
    }
}

extension ExportDocument {
    /// Whether what stands in the ERP is this document's shell, as we left it. One that was never sent from here may have
    /// been sent in a time that the database has forgotten.
    func isShell(_ found: ERPDocument) -> Bool {
        (mode == .shell || attempts == 0) && found.isEmptyOnHold
            && DocumentReference(in: found.description) == reference
    }
}

extension ERPDocument {
    /// Moves no money and cannot by itself: nobody has to look after it.
    var isEmptyOnHold: Bool { lines.isEmpty && status == .hold }
}
