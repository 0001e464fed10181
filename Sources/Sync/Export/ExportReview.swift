import Foundation
import Persistence

/// What a person may decide about a document that no rule can decide.
public struct ExportReview: Sendable {
    public enum Refused: Error, Sendable, Hashable {
        case noSuchDocument(String)
        /// Only a document that waits for a person can be decided; one under way or in doubt never.
        case notWaiting(state: ExportDocument.State)
        case reasonMissing
        /// Confirming needs the number under which the document stands in the ERP.
        case numberMissing
        /// Another document of ours stands under that number.
        case numberTaken(by: DocumentReference)
    }

    public enum Decision: Sendable, Hashable {
        /// It stands in the ERP under this number.
        case confirm(number: String)
        /// It does not stand in the ERP and shall not be sent: the records wait again.
        case void
        /// It does not stand in the ERP: send it again under the same reference.
        case resend
    }

    /// Carries the decision out, with who and why in the audit trail.
    public static func decide(
        _ decision: Decision, on reference: String, by person: String, because reason: String,
        in transaction: CompanyTransaction
    ) throws {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refused.reasonMissing }
        guard
            let document = try transaction.first(
                """
                SELECT \(raw: ExportDocument.columns) FROM export_document
                WHERE company_id = \(transaction.company) AND reference = \(reference)
                """
            ).map(ExportDocument.init)
        else { throw Refused.noSuchDocument(reference) }
        guard document.state == .needsReview else { throw Refused.notWaiting(state: document.state) }
        switch decision {
        case .confirm(let typed):
            let number = typed.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !number.isEmpty else { throw Refused.numberMissing }
            if let other = try transaction.document(erpNumber: number), other.id != document.id {
                throw Refused.numberTaken(by: other.reference)
            }
            _ = try transaction.move(
                document, from: [.needsReview], to: .confirmed, because: reason, by: person,
                setting: DocumentChanges(erpNumber: number))
            try transaction.execute(
                """
                INSERT INTO outbox (company_id, document_id, created_at)
                VALUES (\(transaction.company), \(document.id), \(transaction.now()))
                """)
        case .void:
            _ = try transaction.move(
                document, from: [.needsReview], to: .voided, because: reason, by: person)
            try transaction.releaseLines(of: document.id)
        case .resend:
            _ = try transaction.move(
                document, from: [.needsReview], to: .ready, because: reason, by: person,
                setting: DocumentChanges(absentCount: 0))
            // The person answers for it that nothing of it stands there, a shell included.
            try transaction.execute(
                """
                UPDATE export_document SET erp_number = NULL
                WHERE company_id = \(transaction.company) AND id = \(document.id) AND state = 'ready'
                """)
        }
    }

    /// Lets records that the ERP refused be tried again as they are, for instance after the bookkeeper mended
    /// something in the ERP: all of the kind, or those that are named. Tells how many.
    public static func retryRefused(
        _ kind: JobName, only ids: [String]? = nil, by person: String, in transaction: CompanyTransaction
    ) throws -> Int {
        let source: ExportCandidate.SourceKind = kind == .hours ? .hourEntry : .withdrawal
        let cleared = try transaction.execute(
            """
            UPDATE export_rejection SET cleared_at = \(transaction.now()), cleared_by = \(person)
            WHERE company_id = \(transaction.company) AND source_kind = \(source) AND cleared_at IS NULL
                AND (\(ids == nil ? 1 : 0) = 1 OR source_id IN (\(list: ids ?? [""])))
            """)
        try transaction.audit(
            by: person, "refused records may be tried again", of: "job", kind.rawValue, because: "\(cleared) records")
        return cleared
    }
}

extension CompanyTransaction {
    /// The ERP does not tell upper case from lower.
    fileprivate func document(erpNumber: String) throws -> ExportDocument? {
        try first(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND (erp_number = \(erpNumber) OR upper(erp_number) = \(erpNumber.uppercased()))
            """
        ).map(ExportDocument.init)
    }
}
