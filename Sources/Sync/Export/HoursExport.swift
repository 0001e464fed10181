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
        let waiting = try WaitingRecords.hours(in: transaction)
        let wages = try ExportWages.waiting(in: transaction)
        let originals = try transaction.sentOriginals(of: .hourEntry)
        return try waiting.map { row in
            let entry = try HourEntry(row: row)
            let (worker, project, workType) = try (ExportWorker(row), ExportProject(row), ExportWorkType(row))
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
            if let refusal: String = try row.get("refusal") { blockers.append(.refusedByERP(explanation: refusal)) }
            var lines = lines(of: entry, wage: wage ?? 0, task: workType.task ?? "")
            if let original = entry.reversesEntryID {
                let sent = originals[original.text] ?? [:]
                if sent.isEmpty { blockers.append(.originalNotTransferred) }
                lines = lines.map { $0.reversing(sent[$0.part]) }
            }
            return ExportCandidate(
                kind: .hourEntry, id: entry.id.text, version: entry.version, date: entry.date,
                workerID: entry.workerID, workerName: worker.name, employee: worker.employee ?? "",
                projectID: entry.projectID, projectNumber: project.number, projectName: project.name,
                matter: workType.name, originalID: entry.reversesEntryID?.text, period: "", lines: lines,
                blockers: blockers)
        }
    }

    func anyWaits(mayGo: Bool, in transaction: CompanyTransaction) throws -> Bool {
        try WaitingRecords.anyHours(mayGo ? [.approved] : WaitingRecords.statesOfHours, in: transaction)
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
