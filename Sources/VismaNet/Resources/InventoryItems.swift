import Foundation

/// An item (API.md 3.4).
public struct InventoryItem: Sendable, Equatable {
    /// Internal; **not** what project transaction lines call `inventoryId`.
    public var inventoryID: Int64
    /// The item number.
    public var inventoryNumber: String
    public var description: String?
    public var status: Listed<InventoryStatus>?
    public var type: Listed<InventoryType>?
    public var itemClass: NumberedName?
    /// Zero is normal for items nobody priced.
    public var defaultPrice: Decimal?
    /// Current standard cost; can be zero for stock items valued by average.
    public var currentCost: Decimal?
    public var lastCost: Decimal?
    /// Only with `costPriceStatistics` asked for, and for stock items.
    public var averageCost: Decimal?
    public var baseUnit: String?
    public var salesUnit: String?
    public var purchaseUnit: String?
    public var isStockItem: Bool?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version; inventory spells the field `timestamp`.
    public var etag: ETag?
}

extension InventoryItem: RowDecodable {
    static let keyNames = ["inventoryNumber", "inventoryId"]

    init(row: RowReader) throws(UnreadableField) {
        inventoryID = try row.integer("inventoryId")
        inventoryNumber = try row.key("inventoryNumber")
        description = try row.optionalText("description")
        status = try row.listed("status")
        type = try row.listed("type")
        itemClass = try row.numberedName("itemClass", number: "id", text: "description")
        defaultPrice = try row.optionalDecimal("defaultPrice")
        currentCost = try row.optionalDecimal("currentCost")
        lastCost = try row.optionalDecimal("lastCost")
        averageCost = try row.optionalRow("costPriceStatistics")?.optionalDecimal("averageCost")
        baseUnit = try row.optionalText("baseUnit")
        salesUnit = try row.optionalText("salesUnit")
        purchaseUnit = try row.optionalText("purchaseUnit")
        isStockItem = try row.optionalFlag("stockItem")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timestamp").flatMap { ETag($0) }
    }
}

/// Status of an item (API.md 3.4).
public enum InventoryStatus: String, Sendable, Hashable {
    case active = "Active"
    case noSales = "NoSales"
    case noPurchases = "NoPurchases"
    case noRequest = "NoRequest"
    case inactive = "Inactive"
    case markedForDeletion = "MarkedForDeletion"
    /// The ERP's own word "Unknown", not a word unknown to this client.
    case statusUnknown = "Unknown"
}

/// Type of an item (API.md 3.4). The last three are stock items.
public enum InventoryType: String, Sendable, Hashable {
    case nonStockItem = "NonStockItem"
    case laborItem = "LaborItem"
    case serviceItem = "ServiceItem"
    case chargeItem = "ChargeItem"
    case expenseItem = "ExpenseItem"
    case finishedGoodItem = "FinishedGoodItem"
    case componentPartItem = "ComponentPartItem"
    case subassemblyItem = "SubassemblyItem"
}

/// A class of items.
public struct ItemClass: Sendable, Equatable {
    public var id: String
    public var description: String?
    public var type: Listed<InventoryType>?
}

extension ItemClass: RowDecodable {
    static let keyNames = ["id"]

    init(row: RowReader) throws(UnreadableField) {
        id = try row.key("id")
        description = try row.optionalText("description")
        type = try row.listed("type")
    }
}

extension VismaNetClient {
    /// Some expansions are on by default and "will change"; each is sent as false, which is also much faster (API.md 3.4).
    private static let expansions = [
        "expandCrossReference", "expandAttachment", "expandAttribute", "expandWarehouseDetail",
        "expandAccountInformation",
        "expandInventoryUnits", "expandSupplierDetails", "expandSalesCategories", "expandNote",
    ]

    /// Items. `costPriceStatistics` adds average cost and makes pages slower. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func inventoryItems(
        changedSince: VismaDateTime? = nil, costPriceStatistics: Bool = false, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<InventoryItem> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        query.add("addCostPriceStatistics", costPriceStatistics)
        for expansion in Self.expansions { query.add(expansion, false) }
        return try await self.page("inventory", ["v1", "inventory"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func inventoryItemPages(
        changedSince: VismaDateTime? = nil, costPriceStatistics: Bool = false, pageSize: Int = 500
    ) -> PageSequence<InventoryItem> {
        pages("inventory", ["v1", "inventory"]) { (number) async throws(VismaNetError) in
            try await inventoryItems(
                changedSince: changedSince, costPriceStatistics: costPriceStatistics, page: number, pageSize: pageSize)
        }
    }

    /// One item by number. Nil if there is none.
    public func inventoryItem(number: String) async throws(VismaNetError) -> InventoryItem? {
        let call = try call("inventory item", path: ["v1", "inventory"], key: number)
        let found: Versioned<InventoryItem>? = try await one(call)
        return found?.record
    }

    /// Item classes. Page by page.
    public func itemClasses(
        page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<ItemClass> {
        let query = QueryItems()
        return try await self.page(
            "item classes", ["v1", "inventory", "itemClass"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func itemClassPages(
        pageSize: Int = 500
    ) -> PageSequence<ItemClass> {
        pages("item classes", ["v1", "inventory", "itemClass"]) { (number) async throws(VismaNetError) in
            try await itemClasses(page: number, pageSize: pageSize)
        }
    }
}
