import Foundation

/// The items of the demo company: the two standard items first, then the catalogue in rising sizes.
struct DemoItems {
    let times: DemoTimes
    var random: SplitMix64
    private var numbersOfClass: [String: Int] = [:]
    private static let classTypes = Dictionary(uniqueKeysWithValues: ItemCatalogue.classes.map { ($0.id, $0.type) })

    init(seed: UInt64, times: DemoTimes) {
        self.times = times
        random = SplitMix64(seed: seed, stream: 5)
    }

    /// Numbers and names that are easy to get wrong; they begin with the eleventh item.
    static let awkward: [(number: String, description: String)] = [
        ("0010", "Pakning 10 mm, gummi & fiber"),
        ("GIPS/13#2", "Gipsplate 13 mm <b>fuktig</b>"),
        ("SKRUE 3/4\"", "Skrue 3/4\" \"Torx\" 'A2'"),
        ("ÆØÅ-1", "Blåsebælg for ærlige øl- og åregrep"),
        ("50%RABATT", "Vare med prosent og pluss + i nummeret"),
        (
            "LANG-0001",
            "Komplett prefabrikkert våtromskabin med vegghengt toalett, innfelt sisterne, servant med underskap, speil "
                + "med lys, dusjhjørne i herdet glass, termostatstyrt batteri, varmekabler, membran, flis og ventilasjon"
        ),
    ]

    mutating func make(count: Int) -> [ItemRecord] {
        (0..<count).map { index in
            switch index {
            case 0:
                item(
                    0, number: DemoContractor.hoursItemNumber, description: "Timer, standard", status: "Active",
                    type: "LaborItem", classID: "ARB", unit: "TIMER", costOre: 42_000)
            case 1:
                item(
                    1, number: DemoContractor.goodsItemNumber, description: "Diverse varer", status: "Active",
                    type: "NonStockItem", classID: "FORB", unit: "STK", costOre: 0)
            case 10..<(10 + Self.awkward.count):
                awkward(index)
            default:
                product(index)
            }
        }
    }

    private mutating func awkward(_ index: Int) -> ItemRecord {
        let (number, description) = Self.awkward[index - 10]
        return item(
            index, number: number, description: description, status: "Active", type: "NonStockItem", classID: "FORB",
            unit: "STK", costOre: 1_990)
    }

    /// Walks through the products first, then their sizes, then the qualities, so that few items still show all trades.
    private mutating func product(_ index: Int) -> ItemRecord {
        let product = ItemCatalogue.products[index % ItemCatalogue.products.count]
        let round = index / ItemCatalogue.products.count
        let size = round % product.sizes.count
        let quality = round / product.sizes.count
        let word = ItemCatalogue.qualities[quality % ItemCatalogue.qualities.count]
        let series = quality / ItemCatalogue.qualities.count
        var description = "\(product.name) \(product.sizes[size])"
        if !word.isEmpty { description += ", \(word)" }
        if series > 0 { description += ", serie \(series + 1)" }
        let cost = product.costOre * (100 + 35 * size + random.below(12)) / 100
        return item(
            index, number: number(product.classID), description: description, status: Self.status(index),
            type: Self.classTypes[product.classID] ?? "NonStockItem", classID: product.classID, unit: product.unit,
            costOre: cost)
    }

    /// `ROR-0022`
    private mutating func number(_ classID: String) -> String {
        let used = numbersOfClass[classID, default: 0] + 1
        numbersOfClass[classID] = used
        return "\(classID)-\(padded(used, 4))"
    }

    private static func status(_ index: Int) -> String {
        switch index % 60 {
        case 21: "NoSales"
        case 29: "NoPurchases"
        case 37: "Inactive"
        case 45: "MarkedForDeletion"
        case 53: "NoRequest"
        default: "Active"
        }
    }

    private mutating func item(
        _ index: Int, number: String, description: String, status: String, type: String, classID: String, unit: String,
        costOre: Int
    ) -> ItemRecord {
        let (created, lastModified) = times.createdAndModified(&random)
        let stockItem = type == "FinishedGoodItem"
        let priceOre = index % 45 == 31 ? 0 : costOre * (125 + random.below(60)) / 100
        // Stock valued by average has no standard cost: then only the last and the average cost say anything.
        let hasStandardCost = index % 30 != 17
        return ItemRecord(
            inventoryID: 5_000 + index, inventoryNumber: number, status: status, type: type, description: description,
            itemClassID: classID, defaultPrice: Self.kroner(priceOre),
            currentCost: Self.kroner(hasStandardCost ? costOre : 0),
            lastCost: Self.kroner(costOre * (96 + random.below(7)) / 100),
            averageCost: stockItem ? Self.kroner(costOre * (97 + random.below(5)) / 100) : 0, baseUnit: unit,
            stockItem: stockItem, created: created, lastModified: lastModified)
    }

    private static func kroner(_ ore: Int) -> Decimal {
        Decimal(sign: .plus, exponent: -2, significand: Decimal(ore))
    }
}
