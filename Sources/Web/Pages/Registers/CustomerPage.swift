import HTML
import Persistence
import Proresult
import Sync

/// One customer: where each field comes from, whether it is still active in Visma, and its projects.
enum CustomerPage {
    static let routes: [Route] = [
        .get("/kunder/{id}", .office) { visit in
            let id: CustomerID = try visit.id()
            let (card, history) = try await visit.read { transaction in
                let card = try CustomerCard(id, in: transaction)
                return (card, try RecordHistory.of(card.customer, in: transaction))
            }
            let customer = card.customer
            return .page(
                Frame.page(
                    visit, Text("Kunde \(customer.number)", "Customer \(customer.number)"), in: .customers
                ) {
                    """
                    \(inactive(visit, customer))
                    <p>\(OriginTable.link(visit, number: customer.erpID == nil ? nil : customer.erpNumber ?? customer.number, isGone: customer.erpDeletedAt != nil))</p>
                    \(OriginTable.markup(visit, fields(visit, customer, history)))
                    <h2>\(visit.text(MenuItem.projects.title))</h2>
                    \(projects(visit, card))
                    \(OriginTable.changes(visit, history))
                    <p><a href="/kunder">\(visit.text(Text("Alle kunder", "All customers")))</a></p>
                    """
                })
        }
    ]

    private static func inactive(_ visit: Visit, _ customer: Customer) -> Markup {
        guard let at = customer.inactiveAt else { return .nothing }
        let time = visit.language.time(at)
        let told =
            customer.erpDeletedAt != nil
            ? Text(
                "Satt inaktiv \(time), fordi kunden er borte i Visma.",
                "Made inactive \(time), because the customer is gone in Visma.")
            : customer.erpID != nil
                ? Text(
                    "Satt inaktiv \(time), fordi kunden ikke er aktiv i Visma.",
                    "Made inactive \(time), because the customer is not active in Visma.")
                : Text("Satt inaktiv \(time).", "Made inactive \(time).")
        return "<p class=\"notice waiting\">\(visit.text(told))</p>"
    }

    private static func fields(
        _ visit: Visit, _ customer: Customer, _ history: RecordHistory
    ) -> [OriginTable.Row] {
        func place(_ code: String?, _ city: String?) -> Markup {
            "\([code, city].compactMap(\.self).joined(separator: " "))"
        }
        return [
            .init(Text("Nummer", "Number"), "\(customer.number)", history.field("number")),
            .init(Text("Navn", "Name"), "\(customer.name)", history.field("name")),
            .init(Text("Adresse", "Address"), "\(customer.address ?? "–")", history.field("address")),
            .init(
                Text("Sted", "Place"), place(customer.postalCode, customer.city), history.field("postal_code", "city")),
            .init(
                Text("Leveringsadresse", "Delivery address"), "\(customer.deliveryAddress ?? "–")",
                history.field("delivery_address")),
            .init(
                Text("Leveringssted", "Delivery place"), place(customer.deliveryPostalCode, customer.deliveryCity),
                history.field("delivery_postal_code", "delivery_city")),
            .init(
                .status, RegisterPages.state(visit, isActive: customer.isActive, isLinked: true),
                history.field("inactive_at")),
        ]
    }

    private static func projects(_ visit: Visit, _ card: CustomerCard) -> Markup {
        var table = DataTable(
            [
                .init(Text("Nummer", "Number"), .code), .init(Text("Navn", "Name")),
                .init(Text("Prosjektansvarlig", "Manager")), .init(.status),
            ], caption: Text("Kundens prosjekt", "The customer's projects"),
            empty: "<p>\(visit.text(Text("Kunden har ingen prosjekt her.", "The customer has no projects here.")))</p>")
        for row in card.projects.rows {
            table.add([
                "<a href=\"/prosjekt/\(row.project.id.text)\">\(row.project.number)</a>", "\(row.project.name)",
                "\(row.managerName ?? "")", ProjectPage.state(visit, row),
            ])
        }
        let rest = card.projects.total - card.projects.rows.count
        let more = Text("\(rest) eldre prosjekt vises ikke her.", "\(rest) older projects are not shown here.")
        return "\(table.markup(visit))\(rest > 0 ? "<p class=\"soft\">\(visit.text(more))</p>" : .nothing)"
    }
}
