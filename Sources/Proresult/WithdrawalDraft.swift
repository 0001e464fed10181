import Foundation
import Persistence

/// What a person writes about goods taken out, before the rules have seen it. What is nil comes from the item.
public struct WithdrawalDraft: Hashable, Sendable {
    public var workerID: WorkerID
    public var projectID: ProjectID
    /// Nil for a free-text line, which must have a text.
    public var itemID: ItemID?
    public var text: String?
    public var date: CalendarDate
    public var quantity: Decimal
    public var unit: String?
    public var salesPrice: Decimal?
    public var costPrice: Decimal?
    public var discountPercent: Decimal
    public var isExtraCost: Bool
    public var extraText: String
    public var note: String

    public init(
        workerID: WorkerID, projectID: ProjectID, itemID: ItemID? = nil, text: String? = nil, date: CalendarDate,
        quantity: Decimal, unit: String? = nil, salesPrice: Decimal? = nil, costPrice: Decimal? = nil,
        discountPercent: Decimal = 0, isExtraCost: Bool = false, extraText: String = "", note: String = ""
    ) {
        self.workerID = workerID
        self.projectID = projectID
        self.itemID = itemID
        self.text = text
        self.date = date
        self.quantity = quantity
        self.unit = unit
        self.salesPrice = salesPrice
        self.costPrice = costPrice
        self.discountPercent = discountPercent
        self.isExtraCost = isExtraCost
        self.extraText = extraText
        self.note = note
    }

    /// What was written in a withdrawal, to be changed and given back to `Withdrawal.edit`.
    public init(_ line: Withdrawal) {
        self.init(
            workerID: line.workerID, projectID: line.projectID, itemID: line.itemID, text: line.text,
            date: line.date, quantity: line.quantity, unit: line.unit, salesPrice: line.salesPrice,
            costPrice: line.costPrice, discountPercent: line.discountPercent, isExtraCost: line.isExtraCost,
            extraText: line.extraText, note: line.note)
    }

    /// Throws for a number that no line may have.
    func checkNumbers() throws {
        guard quantity != 0 else { throw ProresultError.quantityZero }
        guard quantity > 0 else { throw ProresultError.negative(.withdrawal, field: "quantity") }
        guard quantity.decimals <= 4 else {
            throw ProresultError.tooManyDecimals(.withdrawal, field: "quantity", limit: 4)
        }
        guard (0...100).contains(discountPercent) else { throw ProresultError.discountOutOfRange }
        guard discountPercent.decimals <= 2 else {
            throw ProresultError.tooManyDecimals(.withdrawal, field: "discountPercent", limit: 2)
        }
        if let salesPrice { try Price.check(salesPrice, of: .withdrawal, field: "salesPrice") }
        if let costPrice { try Price.check(costPrice, of: .withdrawal, field: "costPrice") }
    }
}
