import Foundation
import Persistence
import Proresult

/// Prices that a person writes on an item. The ERP's price takes their place as soon as it has one.
public enum LocalPrice {
    /// Throws `ProresultError` for a price that cannot be. What does not change is not written.
    public static func set(
        sales: Decimal, cost: Decimal, on id: ItemID, by actor: Actor, in transaction: CompanyTransaction
    ) throws {
        guard [.administrator, .bookkeeper].contains(actor.role) else {
            throw ProresultError.notAllowed(.item, username: actor.username)
        }
        let stored = try Item.get(id, in: transaction)
        var item = stored
        (item.salesPrice, item.costPrice) = (sales, cost)
        guard item != stored else { return }
        try Item.update(item, in: transaction)
        let prices = [("sales_price", stored.salesPrice, sales), ("cost_price", stored.costPrice, cost)]
        for (column, before, after) in prices where before != after {
            try transaction.audit(
                by: actor.username, RecordHistory.writing + column, of: Item.word, id.text,
                before: before.description, after: after.description)
        }
    }
}
