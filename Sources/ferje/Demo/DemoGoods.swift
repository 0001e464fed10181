import Foundation
import Persistence
import Proresult

/// Some hundred and fifty withdrawals: items and free text, whole and broken quantities, discounts, and goods that
/// came back.
struct DemoGoods {
    let sites: DemoSites
    let workers: [Worker]
    let calendar: DemoCalendar
    let randomness: Randomness
    let leader = DemoCompany.leader

    static let half = 70

    /// The item that Visma makes inactive while a line with it waits.
    static func losing(of items: [Item]) -> Item? { items.first }

    /// The items that a line may be about: linked, active and with a price.
    static func items(in transaction: CompanyTransaction) throws -> [Item] {
        try Item.all(in: transaction).filter { $0.isActive && $0.erpNumber != nil && $0.salesPrice > 0 }
    }

    func fillHalf(seed: UInt64, in transaction: CompanyTransaction) throws {
        var numbers = SeededNumbers(seed: seed)
        let items = Array(try Self.items(in: transaction).dropFirst())
        for index in 0..<Self.half {
            guard let worker = numbers.pick(workers.prefix(20)), let site = numbers.pick(sites.ordinary),
                let item = numbers.pick(items), let day = numbers.pick(calendar.workingDays)
            else { return }
            var draft = WithdrawalDraft(
                workerID: worker.id, projectID: site.project.id, itemID: item.id, date: day,
                quantity: quantity(of: item.unit, &numbers))
            if numbers.chance(percent: 12) { draft.discountPercent = Decimal([5, 10, 15][numbers.below(3)]) }
            if index.isMultiple(of: 9) {
                draft.itemID = nil
                draft.text = ["Diverse festemateriell", "Leie av lift, dag", "Avfall til mottak"][index / 9 % 3]
                draft.unit = "STK"
                draft.quantity = Decimal(1 + numbers.below(6))
                draft.salesPrice = Self.kroner(4_990 + 125 * numbers.below(60))
            }
            try take(draft, in: transaction)
        }
    }

    /// Returns of goods that were transferred in an earlier run.
    func giveBack(_ count: Int, in transaction: CompanyTransaction) throws {
        guard let first = calendar.workingDays.last else { return }
        let taken = try Withdrawal.all(from: first, to: calendar.today, in: transaction)
            .filter { $0.state == .invoiced && $0.returnsWithdrawalID == nil }
        for line in taken.sorted(by: { $0.id < $1.id }).prefix(count) {
            try giveBack(line, quantity: min(1, line.quantity), in: transaction)
        }
    }

    /// The lines with which something is in the way.
    func fillAwkward(in transaction: CompanyTransaction) throws {
        guard let worker = workers.first, let stranger = workers.last, let site = sites.ordinary.first,
            let day = calendar.workingDays.dropFirst(1).first
        else { return }
        let items = try Self.items(in: transaction)
        guard let losing = Self.losing(of: items), let item = items.dropFirst(5).first else { return }
        func draft(_ site: DemoSite, _ worker: Worker, _ item: Item, on day: CalendarDate) -> WithdrawalDraft {
            WithdrawalDraft(
                workerID: worker.id, projectID: site.project.id, itemID: item.id, date: day, quantity: 2)
        }
        for place in [sites.suspended, sites.closing, sites.withoutMaterials].compactMap({ $0 }) {
            try take(draft(place, worker, item, on: day), in: transaction)
        }
        try take(draft(site, worker, losing, on: day), in: transaction)
        try take(
            draft(site, worker, item, on: calendar.before(calendar.firstDay(monthsAgo: 1), count: 3).last ?? day),
            in: transaction)
        var gift = draft(site, worker, item, on: day)
        (gift.itemID, gift.text, gift.salesPrice) = (nil, "Rester fra lageret", 0)
        try take(gift, in: transaction)
        // The worker is not linked, so neither this line nor what came back of it can go.
        let held = try take(draft(site, stranger, item, on: day), in: transaction)
        try giveBack(held, quantity: 1, in: transaction)
    }

    @discardableResult
    private func take(_ draft: WithdrawalDraft, in transaction: CompanyTransaction) throws -> Withdrawal {
        try Withdrawal.register(
            draft, id: WithdrawalID(using: randomness), by: leader, today: calendar.today, at: transaction.now(),
            in: transaction)
    }

    private func giveBack(_ line: Withdrawal, quantity: Decimal, in transaction: CompanyTransaction) throws {
        try Withdrawal.returnGoods(
            of: line.id, quantity: quantity, by: line.workerID, date: calendar.today,
            returnID: WithdrawalID(using: randomness), actor: leader, today: calendar.today, at: transaction.now(),
            in: transaction)
    }

    /// Whole pieces; half metres and kilos now and then.
    private func quantity(of unit: String, _ numbers: inout SeededNumbers) -> Decimal {
        let isMeasured = ["M", "M2", "M3", "KG", "L"].contains(unit)
        guard isMeasured, numbers.chance(percent: 60) else { return Decimal(1 + numbers.below(24)) }
        return Decimal(sign: .plus, exponent: -2, significand: Decimal(25 * (1 + numbers.below(90))))
    }

    private static func kroner(_ ore: Int) -> Decimal {
        Decimal(sign: .plus, exponent: -2, significand: Decimal(ore))
    }
}
