import Foundation
import Persistence
import Proresult

/// How hours become project transactions: which entries may go, why the others are held, and how one becomes up to
/// three lines.
struct HoursExport: ExportedKind {
    /// Fixed: the group that hours are posted to.
    static let accountGroup = "5"

    let kind = JobName.hours
    let settings: SyncSettings

    var accounts: ExportAccounts {
        ExportAccounts(
            debit: settings[.hoursDebitAccount], credit: settings[.hoursCreditAccount],
            debitSubaccount: settings[.hoursDebitSubaccount], creditSubaccount: settings[.hoursCreditSubaccount],
            group: Self.accountGroup)
    }

    var missingSettings: [SyncSettings.Key] {
        [.hoursDebitAccount, .hoursCreditAccount, .hoursItemNumber].filter { settings[$0] == nil }
    }

    var startDate: CalendarDate? { settings[.hoursStartDate].flatMap { CalendarDate($0) } }

    func candidates(in transaction: CompanyTransaction) throws -> [ExportCandidate] {
        let reserved = try transaction.reservedSources(.hourEntry)
        let refused = try transaction.refusedSources(.hourEntry)
        let workers = try ExportWorker.waiting("hour_entry", in: transaction)
        let projects = try ExportProject.waiting("hour_entry", in: transaction)
        let workTypes = try ExportWorkType.usedByWaitingHours(in: transaction)
        let wages = try ExportWages.waiting(in: transaction)
        return try HourEntry.waitingForTransfer(in: transaction).compactMap { entry in
            guard !reserved.contains(entry.id.text) else { return nil }
            guard let worker = workers[entry.workerID.text], let project = projects[entry.projectID.text],
                let workType = workTypes[entry.projectWorkTypeID.text]
            else { throw SQLError.unreadable("hour entry \(entry.id) points at nothing") }
            var blockers = project.blockers + worker.blockers
            switch entry.state {
            case .approved: break
            case .rejected: blockers.append(.rejectedByLeader)
            default: blockers.append(.notApproved)
            }
            blockers += workType.blockers(project: project.number)
            let wage = wages.wage(of: entry.workerID.text, on: entry.date)
            if wage == nil { blockers.append(.noWage(worker: worker.name, date: entry.date)) }
            if entry.total == 0 { blockers.append(.badQuantity) }
            if let refusal = refused[entry.id.text], refusal.version == entry.version {
                blockers.append(.refusedByERP(explanation: refusal.explanation))
            }
            var lines = lines(of: entry, wage: wage ?? 0, task: workType.task ?? "")
            if let original = entry.reversesEntryID {
                let sent = try transaction.sentLines(of: .hourEntry, original.text)
                if sent.isEmpty { blockers.append(.originalNotTransferred) }
                lines = lines.map { $0.reversing(sent[$0.part]) }
            }
            return ExportCandidate(
                kind: .hourEntry, id: entry.id.text, version: entry.version, date: entry.date,
                projectNumber: project.number, workerName: worker.name, employee: worker.employee ?? "", period: "",
                lines: lines, blockers: blockers)
        }
    }

    private func lines(of entry: HourEntry, wage: Decimal, task: String) -> [ExportCandidate.Line] {
        entry.hourParts.map { part in
            let (line, text): (ExportCandidate.Line.Part, String) =
                switch part.part {
                case .ordinary: (.ordinary, "Timer")
                case .overtime50: (.overtime50, "Overtid 50 %")
                case .overtime100: (.overtime100, "Overtid 100 %")
                }
            return ExportCandidate.Line(
                part: line, quantity: part.hours, billableQuantity: part.billableHours, rate: wage * part.wageFactor,
                item: settings[.hoursItemNumber] ?? "", task: task, text: text)
        }
    }

    func markTransferred(
        _ sources: [String], run: String, reference: String, in transaction: CompanyTransaction
    ) throws {
        try HourEntry.markTransferred(
            sources.map { HourEntryID($0) }, run: run, reference: reference, at: transaction.now(), in: transaction)
    }
}
