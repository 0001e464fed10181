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
        let waiting = try WaitingRecords.withdrawals(task: settings[.withdrawalsTask] ?? "", in: transaction)
        let originals = try transaction.sentOriginals(of: .withdrawal)
        return try waiting.map { row in
            let withdrawal = try Withdrawal(row: row)
            let (worker, project) = try (ExportWorker(row), ExportProject(row))
            let hasTask = try row.get("open_task", as: String?.self) != nil
            var blockers = project.blockers + worker.blockers
            var line = line(
                of: withdrawal, linked: try row.get("item_erp_number"),
                isInactive: try row.get("item_inactive_at", as: Timestamp?.self) != nil, blockers: &blockers)
            if let original = withdrawal.returnsWithdrawalID {
                if let sent = originals[original.text]?[.goods] {
                    line = line.reversing(sent)
                } else {
                    blockers.append(.originalNotTransferred)
                }
            } else if let task = settings[.withdrawalsTask], !hasTask {
                blockers.append(.taskNotOnProject(project: project.number, task: task))
            }
            if let refusal: String = try row.get("refusal") { blockers.append(.refusedByERP(explanation: refusal)) }
            return ExportCandidate(
                kind: .withdrawal, id: withdrawal.id.text, version: withdrawal.version,
                date: withdrawal.date, workerID: withdrawal.workerID, workerName: worker.name,
                employee: worker.employee ?? "", projectID: withdrawal.projectID, projectNumber: project.number,
                projectName: project.name, matter: withdrawal.text, itemID: withdrawal.itemID,
                originalID: withdrawal.returnsWithdrawalID?.text, period: "", lines: [line], blockers: blockers)
        }
    }

    /// Nobody has to approve one.
    func anyWaits(mayGo: Bool, in transaction: CompanyTransaction) throws -> Bool {
        try WaitingRecords.anyWithdrawals(in: transaction)
    }

    private func line(
        of withdrawal: Withdrawal, linked: String?, isInactive: Bool, blockers: inout [Blocker]
    ) -> ExportCandidate.Line {
        let price = withdrawal.unitPrice(settings.withdrawalsPrice == .cost ? .cost : .sales)
        if price == 0 { blockers.append(.noPrice(item: withdrawal.text)) }
        if withdrawal.quantity == 0 { blockers.append(.badQuantity) }
        if isInactive, let linked { blockers.append(.itemInactive(item: linked)) }
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
