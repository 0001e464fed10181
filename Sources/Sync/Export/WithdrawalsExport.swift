import Foundation
import Persistence
import Proresult

/// How item withdrawals and their returns become project transactions.
struct WithdrawalsExport: ExportedKind {
    let kind = JobName.withdrawals
    let settings: SyncSettings

    var accounts: ExportAccounts {
        ExportAccounts(
            debit: settings[.withdrawalsDebitAccount], credit: settings[.withdrawalsCreditAccount],
            debitSubaccount: settings[.withdrawalsDebitSubaccount],
            creditSubaccount: settings[.withdrawalsCreditSubaccount], group: settings[.withdrawalsAccountGroup])
    }

    var missingSettings: [SyncSettings.Key] {
        [.withdrawalsDebitAccount, .withdrawalsCreditAccount, .withdrawalsAccountGroup, .withdrawalsTask]
            .filter { settings[$0] == nil }
    }

    var startDate: CalendarDate? { settings[.withdrawalsStartDate].flatMap { CalendarDate($0) } }

    func candidates(in transaction: CompanyTransaction) throws -> [ExportCandidate] {
        let reserved = try transaction.reservedSources(.withdrawal)
        let refused = try transaction.refusedSources(.withdrawal)
        let workers = try ExportWorker.waiting("withdrawal", in: transaction)
        let projects = try ExportProject.waiting("withdrawal", in: transaction)
        let items = try ExportItem.waiting(in: transaction)
        let openTasks = try ExportProject.projects(withOpenTask: settings[.withdrawalsTask] ?? "", in: transaction)
        return try Withdrawal.waitingForTransfer(in: transaction).compactMap { withdrawal in
            guard !reserved.contains(withdrawal.id.text) else { return nil }
            guard let worker = workers[withdrawal.workerID.text], let project = projects[withdrawal.projectID.text]
            else { throw SQLError.unreadable("withdrawal \(withdrawal.id) points at nothing") }
            var blockers = project.blockers + worker.blockers
            var line = line(of: withdrawal, item: withdrawal.itemID.flatMap { items[$0.text] }, blockers: &blockers)
            if let original = withdrawal.returnsWithdrawalID {
                if let sent = try transaction.sentLines(of: .withdrawal, original.text)[.goods] {
                    line = line.reversing(sent)
                } else {
                    blockers.append(.originalNotTransferred)
                }
            } else if let task = settings[.withdrawalsTask], !openTasks.contains(withdrawal.projectID.text) {
                blockers.append(.taskNotOnProject(project: project.number, task: task))
            }
            if let refusal = refused[withdrawal.id.text], refusal.version == withdrawal.version {
                blockers.append(.refusedByERP(explanation: refusal.explanation))
            }
            return ExportCandidate(
                kind: .withdrawal, id: withdrawal.id.text, version: withdrawal.version,
                date: withdrawal.date, projectNumber: project.number, workerName: worker.name,
                employee: worker.employee ?? "", period: "", lines: [line], blockers: blockers)
        }
    }

    private func line(
        of withdrawal: Withdrawal, item: ExportItem?, blockers: inout [Blocker]
    ) -> ExportCandidate.Line {
        let price = withdrawal.unitPrice(settings.withdrawalsPrice == .cost ? .cost : .sales)
        if price == 0 { blockers.append(.noPrice(item: withdrawal.text)) }
        if withdrawal.quantity == 0 { blockers.append(.badQuantity) }
        let linked = item?.erpNumber
        if let item, item.isInactive, let linked { blockers.append(.itemInactive(item: linked)) }
        // A free-text line or an item that the ERP does not know goes on the default item.
        if linked == nil && settings[.withdrawalsItemNumber] == nil {
            blockers.append(.settingMissing(.withdrawalsItemNumber))
        }
        return ExportCandidate.Line(
            part: .goods, quantity: withdrawal.quantity, billableQuantity: nil, rate: price,
            item: linked ?? settings[.withdrawalsItemNumber] ?? "", task: settings[.withdrawalsTask] ?? "",
            // Free text is a worker's own words and may name a person; it stays here.
            text: linked == nil ? "Fritekstvare" : withdrawal.text)
    }

    func markTransferred(
        _ sources: [String], run: String, reference: String, in transaction: CompanyTransaction
    ) throws {
        try Withdrawal.markInvoiced(
            sources.map { WithdrawalID($0) }, run: run, reference: reference, at: transaction.now(), in: transaction)
    }
}
