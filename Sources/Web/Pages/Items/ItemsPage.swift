import HTML
import Persistence
import Proresult

/// The items by group, with search, sorting and paging; many are moved to another group at once.
enum ItemsPage {
    static let routes: [Route] = [
        .get("/varer", .office) { visit in .page(try await page(visit, visit.query, problem: nil)) },
        .post("/varer/flytt", .office, move),
    ]

    private static func page(_ visit: Visit, _ query: Fields, problem: Text?) async throws -> Markup {
        let list = ItemList(
            search: query["sok"], sort: ItemList.Sort(rawValue: query["sorter"]) ?? .number,
            descending: query["retning"] == "ned", showsInactive: query["vis"] == "alle",
            group: query["gruppe"].isEmpty ? nil : ItemGroupID(query["gruppe"]))
        let (page, tree) = try await visit.read { transaction in
            (
                try list.page(PageRequest(number: Int(query["side"]) ?? 1), in: transaction),
                try ItemGroupTree(in: transaction)
            )
        }
        let filters = [
            Field(
                "gruppe", .itemGroup, value: query["gruppe"], choices: GroupChoice.filter(visit, tree),
                id: "filter-gruppe"),
            RegisterPages.showAll(visit, .showInactive),
        ]
        return Frame.page(visit, MenuItem.items.title, in: .items) {
            """
            \(SignInPages.trouble(visit, problem))
            <p><a href="/varer/grupper">\(visit.text(.itemGroups))</a></p>
            \(SearchBar.markup(visit, label: .searchRegister, filters: filters))
            \(table(visit, page.rows))
            \(Pager(page: page.number, pages: page.pages, total: page.total).markup(visit))
            \(page.rows.isEmpty ? .nothing : moving(visit, tree, query))
            """
        }
    }

    private static func table(_ visit: Visit, _ rows: [ItemList.Row]) -> Markup {
        var table = DataTable(
            [
                .init(.choose), .init(Text("Nummer", "Number"), .code, sort: "number"),
                .init(Text("Navn", "Name"), sort: "name"), .init(.itemGroup), .init(Text("Enhet", "Unit"), .code),
                .init(Text("Pris", "Price"), .number, sort: "price"), .init(Text("Innpris", "Cost price"), .number),
                .init(.status),
            ], caption: MenuItem.items.title, empty: RegisterPages.nothingYet(visit))
        for row in rows {
            let item = row.item
            let isChosen: Markup = visit.form.all("vare").contains(item.id.text) ? " checked" : .nothing
            table.add([
                """
                <input type="checkbox" name="vare" value="\(item.id.text)" form="flytt" aria-label="\(item.number) \(item.name)"\(isChosen)>
                """,
                "<a href=\"/varer/\(item.id.text)\">\(item.number)</a>", "\(item.name)", "\(row.groupPath)",
                "\(item.unit)", "\(visit.language.money(item.salesPrice))", "\(visit.language.money(item.costPrice))",
                RegisterPages.state(visit, isActive: item.isActive, isLinked: row.isLinked),
            ])
        }
        return table.markup(visit)
    }

    private static func moving(_ visit: Visit, _ tree: ItemGroupTree, _ query: Fields) -> Markup {
        let kept = ["sok", "sorter", "retning", "vis", "gruppe", "side"].filter { query.has($0) }.map {
            "<input type=\"hidden\" name=\"\($0)\" value=\"\(query[$0])\">" as Markup
        }
        return Card.markup(
            "\(visit.text(Text("Flytt de valgte", "Move the chosen")))",
            """
            <p>\(visit.text(.movedStays))</p>
            <form method="post" action="/varer/flytt" id="flytt">\(FormParts.token(visit))\(kept)
            \(GroupChoice.field(visit, tree, chosen: visit.form["til"]).markup(visit))
            <button class="primary">\(visit.text(Text("Flytt", "Move")))</button></form>
            """)
    }

    private static func move(_ visit: Visit) async throws -> Answer {
        let (ids, group) = (visit.form.all("vare").map { ItemID($0) }, visit.form["til"])
        let (actor, now) = (try visit.actor, visit.now)
        guard !ids.isEmpty, !group.isEmpty else {
            return .again(
                try await page(
                    visit, visit.form,
                    problem: Text(
                        "Velg varer og en gruppe. Ingenting er flyttet.", "Choose items and a group. Nothing was moved."
                    )))
        }
        let name = try await visit.write { transaction in
            do {
                try Item.move(ids, to: ItemGroupID(group), by: actor, at: now, in: transaction)
            } catch ProresultError.vanished {
                throw Refusal.notFound
            }
            return try ItemGroup.get(ItemGroupID(group), in: transaction).name
        }
        let back = visit.form["tilbake"].isEmpty ? "/varer" + kept(visit.form).query : "/varer/\(ids[0].text)"
        let count = Set(ids).count
        return .see(
            back,
            Text(
                count == 1 ? "1 vare er flyttet til \(name)." : "\(count) varer er flyttet til \(name).",
                count == 1 ? "1 item was moved to \(name)." : "\(count) items were moved to \(name)."))
    }

    private static func kept(_ form: Fields) -> Fields {
        Fields(form.pairs.filter { ["sok", "sorter", "retning", "vis", "gruppe", "side"].contains($0.name) })
    }
}

/// The groups as a choice: main groups with their subgroups below.
enum GroupChoice {
    static func field(_ visit: Visit, _ tree: ItemGroupTree, chosen: String) -> Field {
        Field("til", Text("Til gruppe", "To group"), value: chosen, choices: [("", "–")] + all(tree))
    }

    static func filter(_ visit: Visit, _ tree: ItemGroupTree) -> [(value: String, label: String)] {
        [("", visit.text(Text("Alle", "All")))] + all(tree)
    }

    static func all(_ tree: ItemGroupTree) -> [(value: String, label: String)] {
        tree.groups.flatMap { main in
            [(main.group.id.text, "\(main.group.name) (\(main.allItems))")]
                + main.subgroups.map { ($0.group.id.text, "\(main.group.name) → \($0.group.name) (\($0.items))") }
        }
    }
}

extension ItemList.Row {
    var groupPath: String { [mainGroupName, groupName].compactMap(\.self).joined(separator: " → ") }
}

extension Text {
    static let itemGroup = Text("Gruppe", "Group")
    static let itemGroups = Text("Varegrupper", "Item groups")
    static let searchRegister = Text("Søk i nummer og navn", "Search number and name")
    static let movedStays = Text(
        "Varene blir liggende i gruppen du velger, og koblingen til Visma beholdes. Ingen import flytter dem tilbake.",
        "The items stay in the group that you choose, and keep the link to Visma. No import moves them back.")
}
