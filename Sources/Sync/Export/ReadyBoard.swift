import Foundation
import Persistence

/// What would go now and what would not, without sending anything: the ready board and the preview.
public enum ReadyBoard {
    public struct Document: Sendable {
        public var project: String
        public var period: String
        public var candidates: [ExportCandidate]

        public var amount: Decimal {
            candidates.reduce(0) { $0 + $1.amount }
        }
    }

    public struct Content: Sendable {
        public var documents: [Document]
        public var held: [ExportCandidate]
        public var accounts: (debit: String?, credit: String?)
    }

    /// Reads the board with the ERP's own word on what is open. Throws `PeriodRefused` for a chosen period that cannot
    /// take lines, and `ERPError` when the ERP does not answer.
    public static func read(
        _ job: JobName, company: CompanyID, period: String?, database: any SQLDatabase, connector: any ERPConnector
    ) async throws -> Content {
        let facts = try await ERPFacts.read(from: connector)
        if let period { try facts.demandOpen(period) }
        return try await database.transaction(company: company) { transaction in
            let settings = SyncSettings(values: try transaction.settingValues())
            let kind = exportedKind(of: job, settings: settings)
            let board = try kind.board(facts: facts, period: period, in: transaction)
            let documents = Collect.batches(of: board.filter(\.canGo)).map { batch in
                Document(
                    project: batch.first?.projectNumber ?? "", period: batch.first?.period ?? "", candidates: batch)
            }
            return Content(
                documents: documents, held: board.filter { !$0.canGo },
                accounts: (kind.accounts.debit, kind.accounts.credit))
        }
    }
}

func exportedKind(of job: JobName, settings: SyncSettings) -> any ExportedKind {
    job == .hours ? HoursExport(settings: settings) : WithdrawalsExport(settings: settings)
}
