import Foundation
import Persistence

/// Taking out goods, and changing or deleting the line while it is not invoiced.
extension Withdrawal {
    /// `today` is the day it is where people work. Throws a `ProresultError` for each rule that is broken.
    @discardableResult
    public static func register(
        _ draft: WithdrawalDraft, id: WithdrawalID, externalReference: String? = nil, by actor: Actor,
        today: CalendarDate, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> Withdrawal {
        var line = Withdrawal(
            id: id, externalReference: try externalReference.usable(kind, "reference"), workerID: draft.workerID,
            projectID: draft.projectID, text: "", date: draft.date, quantity: draft.quantity, createdAt: now)
        try refuseTaken(line.externalReference, in: transaction)
        try line.fill(from: draft, replacing: nil, by: actor, today: today, in: transaction)
        try insert([line], in: transaction)
        return line
    }

    /// An edit that changes nothing writes nothing. A line with returns, or that is a return, keeps its figures.
    @discardableResult
    public static func edit(
        _ id: WithdrawalID, to draft: WithdrawalDraft, by actor: Actor, today: CalendarDate,
        in transaction: CompanyTransaction
    ) throws -> Withdrawal {
        let stored = try lock(id, in: transaction)
        try stored.refuseLocked()
        guard stored.returnsWithdrawalID == nil else { throw ProresultError.returnIsFixed }
        guard try returns(of: id, in: transaction).isEmpty else { throw ProresultError.hasReturns }
        var line = stored
        try line.fill(from: draft, replacing: stored, by: actor, today: today, in: transaction)
        guard line != stored else { return stored }
        line.version += 1
        try update([line], in: transaction)
        return line
    }

    public static func delete(_ id: WithdrawalID, by actor: Actor, in transaction: CompanyTransaction) throws {
        let line = try lock(id, in: transaction)
        try line.refuseLocked()
        try checkOwn(line.workerID, by: actor, in: transaction)
        guard try returns(of: id, in: transaction).isEmpty else { throw ProresultError.hasReturns }
        try transaction.execute("DELETE FROM withdrawal WHERE company_id = \(transaction.company) AND id = \(id)")
    }

    private mutating func fill(
        from draft: WithdrawalDraft, replacing stored: Withdrawal?, by actor: Actor, today: CalendarDate,
        in transaction: CompanyTransaction
    ) throws {
        try draft.checkNumbers()
        guard today.days(to: draft.date) <= 1 else { throw ProresultError.dateInFuture(Self.kind, draft.date) }
        let worker = try Worker.get(draft.workerID, in: transaction)
        guard worker.isActive || stored?.workerID == worker.id else {
            throw ProresultError.inactive(.worker, name: worker.name)
        }
        let project = try Project.get(draft.projectID, in: transaction)
        guard project.isActive || stored?.projectID == project.id else {
            throw ProresultError.projectClosed(number: project.number)
        }
        try Self.checkOwn(worker.id, by: actor, in: transaction)
        if let stored { try Self.checkOwn(stored.workerID, by: actor, in: transaction) }
        (workerID, projectID, date, quantity) = (worker.id, project.id, draft.date, draft.quantity)
        discountPercent = draft.discountPercent
        note = try draft.note.usable(Self.kind, "note")
        let rules = try CompanySetting.Rules(in: transaction)
        // A line that is extra cost already may stay so.
        guard !draft.isExtraCost || rules.allowsExtraCost || stored?.isExtraCost == true else {
            throw ProresultError.extraCostNotAllowed
        }
        isExtraCost = draft.isExtraCost
        extraText = try draft.extraText.usable(Self.kind, "extraText")
        try fillGoods(from: draft, replacing: stored, by: actor, rules, in: transaction)
    }

    /// The goods' own fields: from the draft where the company allows it, else from the item.
    private mutating func fillGoods(
        from draft: WithdrawalDraft, replacing stored: Withdrawal?, by actor: Actor, _ rules: CompanySetting.Rules,
        in transaction: CompanyTransaction
    ) throws {
        let item = try draft.itemID.map { try Item.get($0, in: transaction) }
        if let item, !item.isActive, stored?.itemID != item.id {
            throw ProresultError.inactive(.item, name: item.name)
        }
        if item == nil, !rules.allowsFreeText { throw ProresultError.freeTextNotAllowed }
        itemID = item?.id
        text = try (draft.text ?? item?.name ?? "").usable(Self.kind, "text", .required)
        unit = try (draft.unit ?? item?.unit ?? "").usable(Self.kind, "unit")
        salesPrice = draft.salesPrice ?? item?.salesPrice ?? 0
        costPrice = draft.costPrice ?? item?.costPrice ?? 0
        if let item, !rules.mayChangeTextPriceUnit(actor) { try refuseOwnTerms(item, replacing: stored) }
        if !rules.seesCostPrice(actor) { try refuseOwnCostPrice(item, replacing: stored) }
    }

    /// A line that keeps what it has may stand, though the item has changed since.
    private func refuseOwnTerms(_ item: Item, replacing stored: Withdrawal?) throws {
        let isItems = (text, unit, salesPrice) == (item.name, item.unit, item.salesPrice)
        let isKept =
            stored.map {
                $0.itemID == itemID && ($0.text, $0.unit, $0.salesPrice) == (text, unit, salesPrice)
            } ?? false
        guard isItems || isKept else { throw ProresultError.textPriceUnitFixed }
    }

    /// Who does not see the cost price cannot set one either: it is the item's, or what stood on the line.
    private func refuseOwnCostPrice(_ item: Item?, replacing stored: Withdrawal?) throws {
        let isKept = stored.map { $0.itemID == itemID && $0.costPrice == costPrice } ?? false
        guard costPrice == item?.costPrice ?? 0 || isKept else { throw ProresultError.costPriceFixed }
    }
}

extension CompanySetting.Rules {
    /// An administrator always may; others as the settings say.
    public func mayChangeTextPriceUnit(_ actor: Actor) -> Bool {
        actor.role == .administrator || (allowsFreeText && userMayChangeTextPriceUnit)
    }

    /// The office always does, and may set it; workers as the settings say.
    public func seesCostPrice(_ actor: Actor) -> Bool { actor.role != .worker || showsCostPriceToWorkers }

    /// The office always does; workers as the settings say. Who sees a line may return it.
    public func seesOthersWithdrawals(_ actor: Actor) -> Bool {
        actor.role != .worker || workersSeeOthersWithdrawals
    }
}

extension Withdrawal {
    func refuseLocked() throws {
        if state == .invoiced { throw ProresultError.locked(Self.kind) }
        if transferredRun != nil { throw ProresultError.beingTransferred(Self.kind) }
    }

    /// A worker takes out and gives back for oneself; others may for everybody.
    static func checkOwn(_ workerID: WorkerID, by actor: Actor, in transaction: CompanyTransaction) throws {
        guard actor.role == .worker else { return }
        guard try Worker.get(workerID, in: transaction).username == actor.username.lowercased() else {
            throw ProresultError.notAllowed(kind, username: actor.username)
        }
    }

    static func refuseTaken(_ externalReference: String?, in transaction: CompanyTransaction) throws {
        guard let externalReference, let holder = try find(externalReference: externalReference, in: transaction)
        else { return }
        throw ProresultError.taken(kind, field: "reference", value: externalReference, holder: holder.text)
    }

    public static func find(
        externalReference: String, in transaction: CompanyTransaction
    ) throws -> Withdrawal? {
        try rows(
            """
            SELECT \(raw: columnList) FROM withdrawal
            WHERE company_id = \(transaction.company) AND external_reference = \(externalReference)
            """, in: transaction
        ).first
    }

    /// Everybody's lines from one day to another, both counted, by date.
    public static func all(
        from first: CalendarDate, to last: CalendarDate, in transaction: CompanyTransaction
    ) throws -> [Withdrawal] {
        try rows(
            """
            SELECT \(raw: columnList) FROM withdrawal WHERE company_id = \(transaction.company)
            AND withdrawal_date >= \(first) AND withdrawal_date <= \(last)
            ORDER BY withdrawal_date, id
            """, in: transaction)
    }

    /// The lines of one project, by date.
    public static func of(_ projectID: ProjectID, in transaction: CompanyTransaction) throws -> [Withdrawal] {
        try rows(
            """
            SELECT \(raw: columnList) FROM withdrawal
            WHERE company_id = \(transaction.company) AND project_id = \(projectID) ORDER BY withdrawal_date, id
            """, in: transaction)
    }
}
