import Foundation
import Persistence
import Sync
import VismaNet

extension VismaNetConnector {
    /// Sends once and never asks for a background job: an answer that speaks of one is an unknown outcome.
    public func post(_ document: Sync.ProjectTransaction, _ mode: ExportMode) async -> ERPPostOutcome {
        let body: [UInt8]
        do {
            let draft =
                switch mode {
                case .plain: ProjectTransactionDraft(document)
                case .shell: ProjectTransactionDraft(shell: document.description)
                }
            body = try draft.body()
        } catch {
            return .notSent(ERPError(error))
        }
        switch await client.postProjectTransaction(body).outcome {
        case .notSent(let error): return .notSent(ERPError(error))
        case .created(let created): return .created(number: created.refNbr, version: created.etag?.text)
        case .accepted(let jobID): return .accepted(job: jobID)
        case .notApplied(let refusal):
            return .notApplied(Self.turnedAway(refusal, request: "POST /v1/projecttransaction"))
        case .refused(let refusal): return .refused(refusal.message ?? "status \(refusal.status)")
        case .unknown(let reason): return .unknown(reason)
        }
    }

    /// The lines are inserted, so that a version that the ERP did not check would show as doubled lines, not as money that
    /// nobody sees.
    public func fill(_ document: Sync.ProjectTransaction, number: String, version: String) async -> ERPFillOutcome {
        var draft = ProjectTransactionDraft(document)
        draft.status = .value(.balanced)
        return await change(number, draft, version: version)
    }

    public func describe(_ text: String, number: String, version: String) async -> ERPFillOutcome {
        var draft = ProjectTransactionDraft()
        draft.description = .value(text)
        return await change(number, draft, version: version)
    }

    private func change(_ number: String, _ draft: ProjectTransactionDraft, version: String) async -> ERPFillOutcome {
        guard let version = ETag(version) else {
            return .notApplied(ERPError(.bug, "'\(version)' is not a version of Visma.net", request: Self.putRequest))
        }
        do {
            _ = try await client.updateProjectTransaction(refNbr: number, draft, ifMatch: version)
            return .done
        } catch {
            switch error.failure {
            case .noAnswer(let why): return .unknown(why)
            case .refused(let refusal):
                switch refusal.kind {
                case .preconditionFailed: return .stale
                case .unauthorized, .forbidden, .rateLimited:
                    return .notApplied(Self.turnedAway(refusal, request: Self.putRequest))
                // Somebody has it open, or it is gone: not a word about its lines.
                case .conflict, .notFound: return .unknown(refusal.message ?? "status \(refusal.status)")
                case .validation: return .refused(refusal.message ?? "status \(refusal.status)")
                }
            case .badAnswer: return .unknown("\(error)")
            default: return .notApplied(ERPError(error))
            }
        }
    }

    private static let putRequest = "PUT /v1/projecttransaction"

    /// We never ask for a background call; but the ERP may queue one all the same (API.md 2.4).
    public func queuedCall(_ job: String) async throws -> ERPQueuedCall {
        try await inERPErrors {
            guard case .job(let found) = try await client.backgroundJob(job) else { return .vanished }
            switch found.outcome {
            case nil: return .pending
            case .created(let created): return .created(number: created.refNbr)
            case .refused(let refusal):
                let text = try await client.backgroundJobMessage(job)
                return .refused(text ?? refusal.message ?? "status \(refusal.status)")
            case .unknown(let reason): return .failed(reason)
            default: return .failed("status \(found.statusCode)")
            }
        }
    }

    /// One document by its number, with the version that guards a change.
    public func document(number: String) async throws -> ERPDocument? {
        try await inERPErrors {
            guard let found = try await client.projectTransaction(refNbr: number) else { return nil }
            return ERPDocument(found.record, version: found.etag ?? found.record.etag)
        }
    }

    /// A token may die between two calls. The next call gets a new one, and reads find out whether the sign-in itself
    /// is refused; so a 401 here is no case for a person.
    private static func turnedAway(_ refusal: Refusal, request: String) -> ERPError {
        guard refusal.kind == .unauthorized else { return ERPError(refusal, request: request) }
        return ERPError(
            .tryLater(after: nil), "the access token was refused, the next call gets a new one", request: request)
    }
}

extension ProjectTransactionDraft {
    /// No amount and no unit: the ERP's own are quantity × rate and the item's base unit (API.md 4.2).
    init(_ document: Sync.ProjectTransaction) {
        self.init()
        description = .value(document.description)
        lines = document.lines.map { Line($0, of: document) }
    }

    /// An empty document on hold.
    init(shell text: String) {
        self.init()
        description = .value(text)
        status = .value(.hold)
    }
}

extension ProjectTransactionDraft.Line {
    fileprivate init(_ line: Sync.ProjectTransaction.Line, of document: Sync.ProjectTransaction) {
        self.init()
        date = VismaDate(line.date.description).map(Written.value) ?? .leaveOut
        employee = .value(line.employee)
        item = .value(line.item)
        quantity = .value(line.quantity.value)
        billableQuantity = line.billableQuantity.map { .value($0.value) } ?? .leaveOut
        unitRate = .value(line.rate.value)
        financialPeriod = .value(document.period)
        project = .value(document.project)
        projectTask = .value(line.task)
        accountGroup = .value(line.accountGroup)
        debitAccount = .value(line.debitAccount)
        creditAccount = .value(line.creditAccount)
        debitSubaccount = line.debitSubaccount.map(Written.value) ?? .leaveOut
        creditSubaccount = line.creditSubaccount.map(Written.value) ?? .leaveOut
        description = .value(line.description)
    }
}

extension ERPDocument {
    init(_ document: VismaNet.ProjectTransaction, version: ETag?) {
        self.init(
            number: document.refNbr, description: document.description ?? "", status: Status(document.status),
            version: version?.text, lines: document.lines.map(Line.init))
    }
}

extension ERPDocument.Status {
    fileprivate init(_ status: Listed<ProjectTransactionStatus>?) {
        self =
            switch status {
            case .known(.hold): .hold
            case .known(.balanced): .balanced
            case .known(.released): .released
            case .unknown(let text): .other(text)
            case nil: .other("")
            }
    }
}

extension ERPDocument.Line {
    /// What the ERP leaves out can equal nothing that we sent.
    fileprivate init(_ line: VismaNet.ProjectTransaction.Line) {
        self.init(
            date: line.date.flatMap { CalendarDate($0.text) }, employee: line.employee?.trimmed ?? "",
            project: line.project?.trimmed ?? "", task: line.projectTask?.trimmed ?? "",
            item: line.item?.trimmed ?? "", quantity: line.quantity ?? 0, rate: line.unitRate ?? 0,
            amount: line.amount ?? 0, debitAccount: line.debitAccount?.trimmed ?? "",
            creditAccount: line.creditAccount?.trimmed ?? "", description: line.description ?? "")
    }
}
