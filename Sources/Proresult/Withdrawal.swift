import Foundation
import Persistence

public typealias WithdrawalID = Identifier<Withdrawal>

public enum WithdrawalState: String, SQLConvertible, CaseIterable {
    case registered
    /// Transferred and locked; mended only by a return.
    case invoiced
}

/// An item or free text that a worker took out for a project. A return is a withdrawal of its own with negative
/// quantity that points at the first. Prices are in kroner per unit, without tax.
public struct Withdrawal: CompanyRecord {
    public var id: WithdrawalID
    public var externalReference: String?
    public var workerID: WorkerID
    public var projectID: ProjectID
    /// Nil for a free-text line.
    public var itemID: ItemID?
    public var text: String
    public var date: CalendarDate
    /// At most four decimals.
    public var quantity: Decimal
    public var unit: String
    public var salesPrice: Decimal
    public var costPrice: Decimal
    public var discountPercent: Decimal
    public var isExtraCost: Bool
    public var extraText: String
    public var note: String
    public var state: WithdrawalState
    public var version: Int
    public var returnsWithdrawalID: WithdrawalID?
    public var transferredAt: Timestamp?
    public var transferredRun: String?
    public var transferredReference: String?
    public var createdAt: Timestamp

    public init(
        id: WithdrawalID, externalReference: String? = nil, workerID: WorkerID, projectID: ProjectID,
        itemID: ItemID? = nil, text: String, date: CalendarDate, quantity: Decimal, unit: String = "",
        salesPrice: Decimal = 0, costPrice: Decimal = 0, discountPercent: Decimal = 0, isExtraCost: Bool = false,
        extraText: String = "", note: String = "", state: WithdrawalState = .registered, version: Int = 1,
        returnsWithdrawalID: WithdrawalID? = nil, transferredAt: Timestamp? = nil, transferredRun: String? = nil,
        transferredReference: String? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.externalReference = externalReference
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
        self.state = state
        self.version = version
        self.returnsWithdrawalID = returnsWithdrawalID
        self.transferredAt = transferredAt
        self.transferredRun = transferredRun
        self.transferredReference = transferredReference
        self.createdAt = createdAt
    }

    public static let kind = RecordKind.withdrawal
    public static let columns = [
        "id", "external_reference", "worker_id", "project_id", "item_id", "text", "withdrawal_date", "quantity",
        "unit", "sales_price", "cost_price", "discount_percent", "is_extra_cost", "extra_text", "note", "state",
        "version", "returns_withdrawal_id", "transferred_at", "transferred_run", "transferred_reference",
        "created_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, externalReference.sqlValue, workerID.sqlValue, projectID.sqlValue, itemID.sqlValue,
            text.sqlValue, date.sqlValue, quantity.sqlValue, unit.sqlValue, salesPrice.sqlValue, costPrice.sqlValue,
            discountPercent.sqlValue, (isExtraCost ? 1 : 0).sqlValue, extraText.sqlValue, note.sqlValue,
            state.sqlValue, version.sqlValue, returnsWithdrawalID.sqlValue, transferredAt.sqlValue,
            transferredRun.sqlValue, transferredReference.sqlValue, createdAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        externalReference = try row.get("external_reference")
        workerID = try row.get("worker_id")
        projectID = try row.get("project_id")
        itemID = try row.get("item_id")
        text = try row.get("text")
        date = try row.get("withdrawal_date")
        quantity = try row.get("quantity")
        unit = try row.get("unit")
        salesPrice = try row.get("sales_price")
        costPrice = try row.get("cost_price")
        discountPercent = try row.get("discount_percent")
        isExtraCost = try row.get("is_extra_cost", as: Int.self) != 0
        extraText = try row.get("extra_text")
        note = try row.get("note")
        state = try row.get("state")
        version = try row.get("version")
        returnsWithdrawalID = try row.get("returns_withdrawal_id")
        transferredAt = try row.get("transferred_at")
        transferredRun = try row.get("transferred_run")
        transferredReference = try row.get("transferred_reference")
        createdAt = try row.get("created_at")
    }
}
