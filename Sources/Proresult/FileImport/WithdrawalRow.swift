import Foundation
import Persistence

extension FileImport {
    func takeInWithdrawal(_ row: FileRow, _ known: inout KnownRecords) throws -> FileRowOutcome {
        if let returned = row.text(.returnOf) { return try takeInReturn(row, of: returned, &known) }
        let reference = try row.required(.reference)
        let transaction = known.transaction
        let stored = try Withdrawal.find(externalReference: reference, in: transaction)
        let draft = try withdrawalDraft(row, stored: stored, &known)
        guard let stored else {
            try Withdrawal.register(
                draft, id: WithdrawalID(using: randomness), externalReference: reference, by: actor, today: today,
                at: now, in: transaction)
            return .created
        }
        guard draft != WithdrawalDraft(stored) else { return .unchanged }
        try Withdrawal.edit(stored.id, to: draft, by: actor, today: today, in: transaction)
        return .changed
    }

    /// What the row leaves out, a new line has from the item, and a known one keeps.
    private func withdrawalDraft(
        _ row: FileRow, stored: Withdrawal?, _ known: inout KnownRecords
    ) throws -> WithdrawalDraft {
        guard let date = try row.date(.date) else { throw row.fault(.missing, .date) }
        guard let quantity = try row.decimal(.quantity) else { throw row.fault(.missing, .quantity) }
        let item = try row.text(.itemNumber).map { try self.item($0, in: known.transaction) }
        if item == nil, row.text(.text) == nil { throw row.fault(.itemOrText, .itemNumber) }
        let kept = stored?.itemID == item?.id ? stored : nil
        return WithdrawalDraft(
            workerID: try known.worker(row).id, projectID: try known.project(row).id, itemID: item?.id,
            text: row.text(.text) ?? kept?.text, date: date, quantity: quantity,
            unit: row.text(.unit) ?? kept?.unit, salesPrice: try row.decimal(.salesPrice) ?? kept?.salesPrice,
            costPrice: try row.decimal(.costPrice) ?? kept?.costPrice,
            discountPercent: try row.decimal(.discountPercent) ?? stored?.discountPercent ?? 0,
            isExtraCost: stored?.isExtraCost ?? false, extraText: stored?.extraText ?? "",
            note: row.text(.note) ?? stored?.note ?? "")
    }

    private func item(_ number: String, in transaction: CompanyTransaction) throws -> Item {
        guard let item = try Item.find(number: number, in: transaction) else {
            throw ProresultError.notFound(.item, key: number)
        }
        return item
    }

    /// The quantity may be written with or without its minus.
    private func takeInReturn(
        _ row: FileRow, of returned: String, _ known: inout KnownRecords
    ) throws -> FileRowOutcome {
        let reference = try row.required(.reference)
        let transaction = known.transaction
        guard let date = try row.date(.date) else { throw row.fault(.missing, .date) }
        guard let written = try row.decimal(.quantity) else { throw row.fault(.missing, .quantity) }
        guard let taken = try Withdrawal.find(externalReference: returned, in: transaction) else {
            throw ProresultError.notFound(.withdrawal, key: returned)
        }
        let worker = try known.worker(row)
        try refuseOtherTerms(row, than: taken, &known)
        let quantity = written < 0 ? -written : written
        guard let stored = try Withdrawal.find(externalReference: reference, in: transaction) else {
            try Withdrawal.returnGoods(
                of: taken.id, quantity: quantity, by: worker.id, date: date,
                returnID: WithdrawalID(using: randomness), externalReference: reference, actor: actor, today: today,
                at: now, in: transaction)
            return .created
        }
        let isSame =
            stored.returnsWithdrawalID == taken.id && stored.quantity == -quantity && stored.date == date
            && stored.workerID == worker.id
        guard isSame else {
            try stored.refuseLocked()
            throw ProresultError.returnIsFixed
        }
        return .unchanged
    }

    private func refuseOtherTerms(
        _ row: FileRow, than taken: Withdrawal, _ known: inout KnownRecords
    ) throws {
        if row.text(.projectNumber) != nil, try known.project(row).id != taken.projectID {
            throw row.fault(.returnDiffers, .projectNumber)
        }
        if let number = row.text(.itemNumber), try item(number, in: known.transaction).id != taken.itemID {
            throw row.fault(.returnDiffers, .itemNumber)
        }
        for (column, text) in [(FileColumn.text, taken.text), (.unit, taken.unit)] {
            if let stated = row.text(column), stated != text { throw row.fault(.returnDiffers, column) }
        }
        let figures = [
            (FileColumn.salesPrice, taken.salesPrice), (.costPrice, taken.costPrice),
            (.discountPercent, taken.discountPercent),
        ]
        for (column, figure) in figures {
            if let stated = try row.decimal(column), stated != figure { throw row.fault(.returnDiffers, column) }
        }
    }
}
