import Foundation
import Persistence

extension FileImport {
    /// Where items without a group go.
    private static let usualGroup = "Varer"

    /// A new item, or what the row says about the one that has the number. The group counts only for a new one.
    func takeInItem(_ row: FileRow, in transaction: CompanyTransaction) throws -> FileRowOutcome {
        let number = try row.required(.number)
        guard let stored = try Item.find(number: number, in: transaction) else {
            let name = try row.required(.name)
            // The figures are read and checked first, so that a bad row does not leave a group behind.
            let draft = Item(id: ItemID(using: randomness), number: number, name: name, itemGroupID: ItemGroupID(""))
            var item = try fill(draft, from: row)
            try Price.check(item.salesPrice, of: .item, field: "salesPrice")
            try Price.check(item.costPrice, of: .item, field: "costPrice")
            let path = [row.text(.mainGroup) ?? Self.usualGroup] + [row.text(.subgroup)].compactMap { $0 }
            item.itemGroupID = try ItemGroup.ensure(path: path, randomness: randomness, in: transaction).id
            try Item.create(item, in: transaction)
            return .created
        }
        let item = try fill(stored, from: row)
        guard item != stored else { return .unchanged }
        try Item.update(item, in: transaction)
        return .changed
    }

    private func fill(_ item: Item, from row: FileRow) throws -> Item {
        var item = item
        item.name = row.text(.name) ?? item.name
        item.unit = row.text(.unit) ?? item.unit
        item.salesPrice = try row.decimal(.salesPrice) ?? item.salesPrice
        item.costPrice = try row.decimal(.costPrice) ?? item.costPrice
        if let isActive = try row.truth(.active) { item.inactiveAt = isActive ? nil : item.inactiveAt ?? now }
        return item
    }
}
