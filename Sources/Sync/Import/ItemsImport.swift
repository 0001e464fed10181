import Foundation
import Persistence
import Proresult

/// Stock and non-stock items, matched by item number. A new item is put under the main group *Visma* in a subgroup of
/// its type; where people move it afterwards, it stays.
struct ItemsImport: ImportedRecord {
    let randomness: Randomness
    let settings: SyncSettings
    let now: Timestamp
    let resource = ImportResource.items

    func page(_ request: ERPPageRequest, from connector: any ERPConnector) async throws -> ERPPage<ERPItem> {
        try await connector.items(request)
    }

    /// The groups that new items of the page have been put into.
    final class Groups {
        var byName: [String: ItemGroupID] = [:]
    }

    func beside(_ rows: [ERPItem], in transaction: CompanyTransaction) throws -> Groups { Groups() }

    func existing(_ rows: [ERPItem], _: Groups, in transaction: CompanyTransaction) throws -> [Item] {
        try Item.find(erpIDs: rows.map(\.id), numbers: rows.map(\.number.unpadded), in: transaction)
    }

    func key(of row: ERPItem, _: Groups) -> String? { row.number.unpadded }
    func key(of item: Item) -> String { item.number }
    func label(of row: ERPItem, _: Groups) -> String { row.number.unpadded }

    func make(_ row: ERPItem, _ groups: Groups, in transaction: CompanyTransaction) throws -> Item {
        Item(
            id: ItemID(using: randomness), number: row.number.unpadded, name: row.name,
            itemGroupID: try group(of: row, groups, in: transaction))
    }

    private func group(
        of row: ERPItem, _ groups: Groups, in transaction: CompanyTransaction
    ) throws -> ItemGroupID {
        let subgroup = (settings.itemSubgroup == .itemClass ? row.itemClass ?? row.type : row.type).unpadded
        if let known = groups.byName[subgroup] { return known }
        let path = ["Visma", subgroup].filter { !$0.isEmpty }
        let group = try ItemGroup.ensure(path: path, randomness: randomness, in: transaction)
        groups.byName[subgroup] = group.id
        return group.id
    }

    func overwrite(_ item: inout Item, with row: ERPItem, _: Groups) {
        item.number = row.number.unpadded
        item.erpNumber = row.number.unpadded
        item.name = row.name
        item.unit = row.unit
        // A price that nobody has filled in there must not wipe out one that somebody has filled in here.
        if row.salesPrice != 0 || settings.zeroPriceOverwrites { item.salesPrice = row.salesPrice }
        if row.costPrice != 0 || settings.zeroPriceOverwrites { item.costPrice = row.costPrice }
        item.inactiveAt = row.isActive ? nil : item.inactiveAt ?? now
    }
}

extension Item: LinkedRecord {
    static let word = "item"
    /// Not the group: it belongs to the people here.
    static let ownedColumns: Set = [
        "number", "name", "unit", "sales_price", "cost_price", "inactive_at", "erp_number",
    ]
    static let wordForShut = RunItem.Happened.inactivated
    static let wordForOpened = RunItem.Happened.reactivated
    var isUsable: Bool { isActive }
    mutating func shut(at now: Timestamp) { inactiveAt = now }
}
