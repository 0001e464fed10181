import HTML

/// `/page/items`
func renderItems(_ model: PageModel, search: String = "", page: Int = 1) -> String {
    let needle = search.lowercased()
    let found = model.companies.flatMap { company in
        company.items.filter { item in
            needle.isEmpty || item.inventoryNumber.lowercased().contains(needle)
                || item.description.lowercased().contains(needle)
        }
    }
    let classes = Dictionary(
        model.companies.flatMap(\.itemClasses).map { ($0.id, $0.description) }, uniquingKeysWith: { first, _ in first })
    let slice = PageSlice(found, page: page, size: 100)
    var table = PageTable(
        columns: [
            ("Varenummer", .code), ("Navn", .text), ("Status", .text), ("Gruppe", .text), ("Enhet", .text),
            ("Pris", .number), ("Kostpris", .number), ("Snittkost", .number),
        ], empty: "Ingen varer passer.")
    table.rows = slice.elements.map { item in
        [
            "\(item.inventoryNumber)", "\(item.description)", PageLayout.badge(item.status),
            "\(classes[item.itemClassID] ?? item.itemClassID)", "\(item.baseUnit)",
            "\(NorwegianText.amount(item.defaultPrice))", "\(NorwegianText.amount(item.currentCost))",
            "\(item.stockItem ? NorwegianText.amount(item.averageCost) : "")",
        ]
    }
    return PageLayout.render(
        "Varer",
        """
        \(PageLayout.searchForm(path: "/page/items", text: search, label: "Varenummer eller navn"))
        <p class="lead">\(NorwegianText.count(slice.total)) varer</p>
        \(table.render())
        \(slice.links(path: "/page/items", query: search.isEmpty ? "" : "q=\(Markup.urlPart(search))"))
        """)
}
