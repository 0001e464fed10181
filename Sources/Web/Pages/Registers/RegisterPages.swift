import HTML
import Persistence
import Proresult

/// The registers that come from Visma: customers and projects, with search, sorting and paging.
enum RegisterPages {
    static let routes: [Route] = [
        .get("/kunder", .office) { visit in
            let query = visit.query
            let list = CustomerList(
                search: query["sok"], sort: CustomerList.Sort(rawValue: query["sorter"]) ?? .number,
                descending: query["retning"] == "ned", showsInactive: query["vis"] == "alle")
            let page = try await visit.read { try list.page(request(visit), in: $0) }
            return .page(
                frame(visit, .customers, page, .showInactive) {
                    var table = DataTable(
                        [
                            .init(Text("Nummer", "Number"), .code, sort: "number"),
                            .init(Text("Navn", "Name"), sort: "name"), .init(Text("Adresse", "Address")),
                            .init(Text("Sted", "Place"), sort: "place"),
                            .init(Text("Åpne prosjekt", "Open projects"), .number), .init(.status),
                        ], caption: MenuItem.customers.title, empty: nothingYet(visit))
                    for row in page.rows {
                        let customer = row.customer
                        table.add([
                            "<a href=\"/kunder/\(customer.id.text)\">\(customer.number)</a>", "\(customer.name)",
                            "\(customer.address ?? "")",
                            "\([customer.postalCode, customer.city].compactMap(\.self).joined(separator: " "))",
                            "\(visit.language.number(row.activeProjects))",
                            state(visit, isActive: customer.isActive, isLinked: customer.erpID != nil),
                        ])
                    }
                    return table
                })
        },
        .get("/prosjekt", .office) { visit in
            let query = visit.query
            let list = ProjectList(
                search: query["sok"], sort: ProjectList.Sort(rawValue: query["sorter"]) ?? .number,
                descending: query["retning"] == "ned", showsClosed: query["vis"] == "alle")
            let page = try await visit.read { try list.page(request(visit), in: $0) }
            return .page(
                frame(visit, .projects, page, .showClosed) {
                    var table = DataTable(
                        [
                            .init(Text("Nummer", "Number"), .code, sort: "number"),
                            .init(Text("Navn", "Name"), sort: "name"), .init(Text("Kunde", "Customer")),
                            .init(Text("Prosjektansvarlig", "Manager")),
                            .init(Text("Åpne arbeidsarter", "Open work types"), .number), .init(.status),
                        ], caption: MenuItem.projects.title, empty: nothingYet(visit))
                    for row in page.rows {
                        let project = row.project
                        table.add([
                            "<a href=\"/prosjekt/\(project.id.text)\">\(project.number)</a>", "\(project.name)",
                            "\(row.customerName ?? "")", "\(row.managerName ?? "")",
                            "\(visit.language.number(row.openWorkTypes))", ProjectPage.state(visit, row),
                        ])
                    }
                    return table
                })
        },
    ]

    private static func request(_ visit: Visit) -> PageRequest { PageRequest(number: Int(visit.query["side"]) ?? 1) }

    private static func frame<Row>(
        _ visit: Visit, _ item: MenuItem, _ page: ListPage<Row>, _ all: Text, _ table: () -> DataTable
    ) -> Markup {
        return Frame.page(visit, item.title, in: item) {
            """
            \(SearchBar.markup(visit, label: .searchRegister, filters: [showAll(visit, all)]))
            \(table().markup(visit))
            \(Pager(page: page.number, pages: page.pages, total: page.total).markup(visit))
            """
        }
    }

    static func showAll(_ visit: Visit, _ label: Text) -> Field {
        Field(
            "vis", label, value: visit.query["vis"],
            choices: [("", visit.text(Text("Nei", "No"))), ("alle", visit.text(Text("Ja", "Yes")))])
    }

    static func nothingYet(_ visit: Visit) -> Markup {
        guard visit.query["sok"].isEmpty else {
            return "<p>\(visit.text(Text("Ingenting passer til søket.", "Nothing fits the search.")))</p>"
        }
        return """
            <p>\(visit.text(Text("Ingenting her ennå. Hent fra Visma på forsiden.", "Nothing here yet. Fetch from Visma on the start page.")))</p>
            <p><a class="button primary" href="/">\(visit.text(.toHome))</a></p>
            """
    }

    static func state(_ visit: Visit, isActive: Bool, isLinked: Bool) -> Markup {
        let linked: Markup =
            isLinked ? .nothing : " \(Badge.markup(visit, Text("Ikke fra Visma", "Not from Visma"), .waiting))"
        let active =
            isActive
            ? Badge.markup(visit, Text("Aktiv", "Active"), .good)
            : Badge.markup(visit, Text("Inaktiv", "Inactive"), .over)
        return "\(active)\(linked)"
    }
}

extension Text {
    static let status = Text("Status", "Status")
    static let showInactive = Text("Vis inaktive", "Show inactive")
    static let showClosed = Text("Vis avslutta", "Show closed")
}
