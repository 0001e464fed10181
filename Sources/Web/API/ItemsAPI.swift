import Foundation
import Persistence
import Proresult

enum ItemsAPI {
    static let item = Resource<Item>(
        "Item",
        [
            .init("id") { $0.id },
            .init("number", "What withdrawals name the item by.") { $0.number },
            .init("name") { $0.name },
            .init("unit") { $0.unit },
            .init("salesPrice", "Kroner per unit without tax.") { $0.salesPrice },
            .init("costPrice", "Kroner per unit without tax.") { $0.costPrice },
            .init("active") { $0.isActive },
        ])

    static let routes: [APIRoute] = [
        .get(
            "/items", "Items, by number",
            query: [QueryFields.search, Shape.Member("inactive", .truth, "true: inactive ones too.")]
                + QueryFields.paging, [.ok(item.pageShape)]
        ) { call in
            let list = ItemList(search: call.query.text("search") ?? "", showsInactive: call.query.truth("inactive"))
            let page = try await call.visit.read { try list.page(call.query.page, in: $0) }
            return try call.answer(page.map(\.item), item)
        },
        .get("/items/{id}", "One item", [.ok(item.shape), .notFound]) { call in
            let id: ItemID = try call.visit.id()
            return try call.answer(try await call.visit.read { try Item.get(id, in: $0) }, item)
        },
    ]
}
