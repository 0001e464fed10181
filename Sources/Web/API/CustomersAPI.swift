import Persistence
import Proresult

enum CustomersAPI {
    static let customer = Resource<Customer>(
        "Customer",
        [
            .init("id") { $0.id },
            .init("number") { $0.number },
            .init("name") { $0.name },
            .init("address") { $0.address },
            .init("postalCode") { $0.postalCode },
            .init("city") { $0.city },
            .init("deliveryAddress") { $0.deliveryAddress },
            .init("deliveryPostalCode") { $0.deliveryPostalCode },
            .init("deliveryCity") { $0.deliveryCity },
            .init("active") { $0.isActive },
        ])

    static let routes: [APIRoute] = [
        .get(
            "/customers", "Customers, by number",
            query: [QueryFields.search, Shape.Member("inactive", .truth, "true: inactive ones too.")]
                + QueryFields.paging, [.ok(customer.pageShape)]
        ) { call in
            let list = CustomerList(
                search: call.query.text("search") ?? "", showsInactive: call.query.truth("inactive"))
            let page = try await call.visit.read { try list.page(call.query.page, in: $0) }
            return try call.answer(page.map(\.customer), customer)
        },
        .get("/customers/{id}", "One customer", [.ok(customer.shape), .notFound]) { call in
            let id: CustomerID = try call.visit.id()
            return try call.answer(try await call.visit.read { try Customer.get(id, in: $0) }, customer)
        },
    ]
}
