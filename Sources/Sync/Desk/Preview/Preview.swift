import Foundation
import Persistence
import Proresult

/// Exactly the lines that would go now, document by document, by what Visma last said. Nothing is sent and nobody asked.
public struct Preview: Sendable {
    public struct Document: Sendable {
        public var projectNumber: String
        public var projectName: String
        /// `YYYYPP`
        public var period: String
        public var lines: [Line]
        public var amount: Decimal { lines.map(\.sent.amount).reduce(0, +) }
    }

    public struct Line: Sendable {
        public var record: SourceRecord
        public var part: ExportCandidate.Line.Part
        public var workerName: String
        /// The work type's name, or the text of what was taken out.
        public var matter: String
        /// Date, employee, item, quantity, billable quantity, rate, amount, accounts and task as they will stand there.
        public var sent: ProjectTransaction.Line
    }

    public var job: JobName
    /// The period that was chosen; nil puts each line in the period of its date.
    public var period: String?
    public var documents: [Document]
    /// Stands for this very content: dates, people, items, quantities, rates, accounts, tasks and periods.
    public var digest: String
    /// What does not go, with its reasons.
    public var held: [BoardLine]
    public var factsReadAt: Timestamp?
    let records: [PreviewRecord]
    let accounts: ExportAccounts

    public var amount: Decimal { documents.map(\.amount).reduce(0, +) }
    public var lineCount: Int { documents.map(\.lines.count).reduce(0, +) }

    /// Debit positive, credit negative: the accounts of the settings, also when nothing goes.
    public var amountByAccount: [(account: String, amount: Decimal)] {
        var sums: [(account: String, amount: Decimal)] = []
        for (account, amount) in [(accounts.debit, amount), (accounts.credit, -amount)] {
            guard let account else { continue }
            if let known = sums.firstIndex(where: { $0.account == account }) {
                sums[known].amount += amount
            } else {
                sums.append((account, amount))
            }
        }
        return sums
    }

    public var amountByProject: [(project: String, name: String, amount: Decimal)] {
        Dictionary(grouping: documents, by: \.projectNumber).sorted { $0.key < $1.key }.map { number, documents in
            (number, documents.first?.projectName ?? "", documents.map(\.amount).reduce(0, +))
        }
    }

    /// Throws `PeriodRefused` for a chosen period that cannot take lines, and `FactsMissing` before Visma was read.
    public static func read(
        _ job: JobName, into period: String? = nil, in transaction: CompanyTransaction
    ) throws -> Preview {
        guard let facts = try ERPFacts.stored(in: transaction) else { throw FactsMissing() }
        if let period { try facts.demandOpen(period) }
        let settings = SyncSettings(values: try transaction.settingValues())
        let kind = exportedKind(of: job, settings: settings)
        let board = try kind.board(facts: facts, period: period, in: transaction)
        let ready = board.filter(\.canGo)
        let documents = Collect.batches(of: ready).map { Document($0, accounts: kind.accounts) }
        let records = try ready.map { try PreviewRecord($0, accounts: kind.accounts) }
        return Preview(
            job: job, period: period, documents: documents, digest: PreviewRecord.digest(of: records),
            held: board.filter { !$0.canGo }.map { BoardLine($0, settings: settings) },
            factsReadAt: facts.neededReadAt, records: records, accounts: kind.accounts)
    }

    /// What Visma says has never been read, so nothing can be judged.
    public struct FactsMissing: Error, Sendable, Hashable {
        public let text = Text(
            "Visma er ikke lest ennå. Les fra Visma først.", "Visma has not been read yet. Read from Visma first.")

        public init() {}
    }
}

extension Preview.Document {
    init(_ batch: [ExportCandidate], accounts: ExportAccounts) {
        projectNumber = batch.first?.projectNumber ?? ""
        projectName = batch.first?.projectName ?? ""
        period = batch.first?.period ?? ""
        lines = batch.flatMap { candidate in
            zip(candidate.lines, candidate.wireLines(accounts, in: nil)).map { line, sent in
                Preview.Line(
                    record: SourceRecord(candidate.kind, candidate.id), part: line.part,
                    workerName: candidate.workerName, matter: candidate.matter, sent: sent)
            }
        }
    }
}
