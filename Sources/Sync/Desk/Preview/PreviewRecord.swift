import Foundation
import Persistence

/// One record as a preview showed it: what would stand in the ERP, as a digest, and a few words to tell it by.
struct PreviewRecord: Sendable, Hashable {
    var id: String
    var digest: String
    /// Date, person, project and quantity.
    var label: String

    init(id: String, digest: String, label: String) {
        (self.id, self.digest, self.label) = (id, digest, label)
    }

    init(_ candidate: ExportCandidate, accounts: ExportAccounts) throws {
        id = candidate.id
        label = "\(candidate.date) \(candidate.workerName) \(candidate.projectNumber) \(candidate.quantity)"
        digest = ExportDocument.sha256(
            try ProjectTransaction(
                description: "\(candidate.kind.rawValue) \(candidate.id)", project: candidate.projectNumber,
                period: candidate.period, lines: candidate.wireLines(accounts, in: nil)
            ).frozen())
    }

    /// Of the whole content, in whatever order it comes.
    static func digest(of records: [PreviewRecord]) -> String {
        ExportDocument.sha256(records.map { "\($0.id) \($0.digest)" }.sorted().joined(separator: "\n"))
    }

    /// What a person has seen and asked to have sent.
    static func requested(_ job: JobName, in transaction: CompanyTransaction) throws -> [PreviewRecord] {
        try transaction.query(
            """
            SELECT source_id, digest, label FROM requested_record
            WHERE company_id = \(transaction.company) AND job = \(job) ORDER BY source_id
            """
        ).map { row in
            try PreviewRecord(id: row.get("source_id"), digest: row.get("digest"), label: row.get("label"))
        }
    }

    static func keep(_ records: [PreviewRecord], requestedOf job: JobName, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            "DELETE FROM requested_record WHERE company_id = \(transaction.company) AND job = \(job)")
        guard !records.isEmpty else { return }
        try transaction.executeMany(
            "INSERT INTO requested_record (company_id, job, source_id, digest, label) VALUES ($1, $2, $3, $4, $5)",
            records.map { record in
                [
                    transaction.company.sqlValue, job.sqlValue, record.id.sqlValue, record.digest.sqlValue,
                    record.label.sqlValue,
                ]
            })
    }
}
