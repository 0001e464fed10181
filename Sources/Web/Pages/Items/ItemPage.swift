import HTML
import Persistence
import Proresult
import Sync

/// One item: where each field comes from, its group, and the price that a person can write.
enum ItemPage {
    static let routes: [Route] = [
        .get("/varer/{id}", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/varer/{id}/pris", .bookkeeping, setPrice),
    ]

    private static func setPrice(_ visit: Visit) async throws -> Answer {
        let (id, actor): (ItemID, Actor) = (try visit.id(), try visit.actor)
        do {
            guard let sales = try visit.form.decimal("pris", .salesPrice) else {
                throw ProresultError.required(.item, field: "salesPrice")
            }
            guard let cost = try visit.form.decimal("innpris", .costPrice) else {
                throw ProresultError.required(.item, field: "costPrice")
            }
            try await visit.write { try LocalPrice.set(sales: sales, cost: cost, on: id, by: actor, in: $0) }
            return .see("/varer/\(id.text)", .saved)
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        } catch let misread as Misread {
            return .again(try await page(visit, problem: misread.text))
        }
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let id: ItemID = try visit.id()
        let (item, history, tree, settings) = try await visit.read { transaction in
            let item = try Item.get(id, in: transaction)
            return (
                item, try RecordHistory.of(item, in: transaction), try ItemGroupTree(in: transaction),
                SyncSettings(values: try CompanySetting.all(in: transaction))
            )
        }
        return Frame.page(visit, Text("Vare \(item.number)", "Item \(item.number)"), in: .items) {
            """
            \(SignInPages.trouble(visit, problem))
            <p>\(OriginTable.link(visit, number: item.erpID == nil ? nil : item.erpNumber ?? item.number, isGone: item.erpDeletedAt != nil))</p>
            \(OriginTable.markup(visit, fields(visit, item, history, tree)))
            <div class="columns">
            \(moving(visit, item, tree))
            \(visit.mayTransfer ? pricing(visit, item, settings) : .nothing)
            </div>
            \(OriginTable.changes(visit, history))
            <p><a href="/varer">\(visit.text(Text("Alle varer", "All items")))</a></p>
            """
        }
    }

    private static func fields(
        _ visit: Visit, _ item: Item, _ history: RecordHistory, _ tree: ItemGroupTree
    ) -> [OriginTable.Row] {
        let path = tree.path(of: item.itemGroupID)
        // The group belongs to the people here; where nobody has moved the item, the import chose it.
        let group = RecordHistory.Field(
            origin: item.movedByUserAt == nil && item.erpID != nil ? .erp : .here, at: item.movedByUserAt)
        return [
            .init(Text("Nummer", "Number"), "\(item.number)", history.field("number")),
            .init(Text("Navn", "Name"), "\(item.name)", history.field("name")),
            .init(Text("Enhet", "Unit"), "\(item.unit)", history.field("unit")),
            .init(.salesPrice, "\(visit.language.money(item.salesPrice))", history.field("sales_price")),
            .init(.costPrice, "\(visit.language.money(item.costPrice))", history.field("cost_price")),
            .init(.itemGroup, "\(path)", group),
            .init(
                .status, RegisterPages.state(visit, isActive: item.isActive, isLinked: true),
                history.field("inactive_at")),
        ]
    }

    private static func moving(_ visit: Visit, _ item: Item, _ tree: ItemGroupTree) -> Markup {
        Card.markup(
            "\(visit.text(Text("Flytt til en annen gruppe", "Move to another group")))",
            """
            <p>\(visit.text(.movedStays))</p>
            <form method="post" action="/varer/flytt">\(FormParts.token(visit))
            <input type="hidden" name="vare" value="\(item.id.text)"><input type="hidden" name="tilbake" value="vare">
            \(GroupChoice.field(visit, tree, chosen: item.itemGroupID.text).markup(visit))
            <button>\(visit.text(Text("Flytt", "Move")))</button>
            <a href="/varer/grupper">\(visit.text(Text("Ny gruppe", "New group")))</a></form>
            """)
    }

    private static func pricing(_ visit: Visit, _ item: Item, _ settings: SyncSettings) -> Markup {
        func typed(_ name: String, _ price: String) -> String { visit.form.has(name) ? visit.form[name] : price }
        let fields = [
            Field(
                "pris", .salesPrice, value: typed("pris", visit.language.plain(item.salesPrice)), isRequired: true,
                attributes: [("inputmode", "decimal")]),
            Field(
                "innpris", .costPrice, value: typed("innpris", visit.language.plain(item.costPrice)), isRequired: true,
                attributes: [("inputmode", "decimal")]),
        ]
        let means: Text =
            item.erpID == nil
            ? Text(
                "Varen er ikke fra Visma, så prisen her gjelder.",
                "The item is not from Visma, so the price here counts.")
            : settings.zeroPriceOverwrites ? .priceIsVismas : .priceUntilVisma
        return Card.markup(
            "\(visit.text(Text("Pris", "Price")))",
            """
            <p>\(visit.text(means))</p>
            <form method="post" action="/varer/\(item.id.text)/pris">\(FormParts.token(visit))
            <div class="side-by-side">\(fields.map { $0.markup(visit) })</div>
            <button>\(visit.text(Text("Lagre pris", "Save the price")))</button></form>
            """)
    }
}

extension ItemGroupTree {
    /// `Visma → NonStockItem`
    func path(of id: ItemGroupID) -> String {
        for main in groups {
            if main.group.id == id { return main.group.name }
            if let below = main.subgroups.first(where: { $0.group.id == id }) {
                return "\(main.group.name) → \(below.group.name)"
            }
        }
        return ""
    }
}

extension Text {
    static let priceUntilVisma = Text(
        "Har varen en pris i Visma, tar den plassen til prisen her når varen endres der. Er prisen der 0, blir prisen her stående.",
        "If the item has a price in Visma, that takes the place of the price here when the item changes there. If the price there is 0, the price here stays."
    )
    static let priceIsVismas = Text(
        "Prisen fra Visma tar plassen til prisen her når varen endres der, også når den er 0.",
        "The price from Visma takes the place of the price here when the item changes there, also when it is 0.")
}
