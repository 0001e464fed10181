import HTML
import Persistence
import Proresult

/// The groups of the item register: main groups and subgroups, new ones, other names.
enum ItemGroupsPage {
    static let routes: [Route] = [
        .get("/varer/grupper", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/varer/grupper", .office) { visit in
            let group = ItemGroup(
                id: ItemGroupID(using: visit.office.randomness),
                parentID: visit.form["under"].isEmpty ? nil : ItemGroupID(visit.form["under"]), name: visit.form["navn"]
            )
            return try await change(visit) { _ = try ItemGroup.create(group, in: $0) }
        },
        .post("/varer/grupper/{id}", .office) { visit in
            let (id, name): (ItemGroupID, String) = (try visit.id(), visit.form["navn"])
            return try await change(visit) { _ = try ItemGroup.rename(id, to: name, in: $0) }
        },
    ]

    private static func change(
        _ visit: Visit, _ body: @Sendable (CompanyTransaction) throws -> Void
    ) async throws -> Answer {
        do {
            try await visit.write(body)
            return .see("/varer/grupper", .saved)
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let tree = try await visit.read { try ItemGroupTree(in: $0) }
        return Frame.page(visit, .itemGroups, in: .items) {
            """
            \(SignInPages.trouble(visit, problem))
            \(new(visit, tree))
            \(table(visit, tree))
            <p><a href="/varer">\(visit.text(Text("Alle varer", "All items")))</a></p>
            """
        }
    }

    private static func new(_ visit: Visit, _ tree: ItemGroupTree) -> Markup {
        let fields = [
            Field("navn", Text("Navn", "Name"), value: visit.form["navn"], isRequired: true),
            Field(
                "under", Text("Under hovedgruppe", "Under main group"), value: visit.form["under"],
                hint: Text("Tomt gir en ny hovedgruppe.", "Left empty, it is a new main group."),
                choices: [("", "–")] + tree.groups.map { ($0.group.id.text, $0.group.name) }),
        ]
        return Card.markup(
            "\(visit.text(Text("Ny gruppe", "New group")))",
            """
            <form method="post" action="/varer/grupper">\(FormParts.token(visit))
            <div class="side-by-side">\(fields.map { $0.markup(visit) })</div>
            <button class="primary">\(visit.text(Text("+ Opprett", "+ Create")))</button></form>
            """)
    }

    private static func table(_ visit: Visit, _ tree: ItemGroupTree) -> Markup {
        var table = DataTable(
            [
                .init(.itemGroup), .init(Text("Varer", "Items"), .number),
                .init(Text("Nytt navn", "New name"), .actions),
            ], caption: .itemGroups,
            empty:
                "<p>\(visit.text(Text("Ingen grupper ennå. Importen fra Visma lager dem, eller lag en her.", "No groups yet. The import from Visma makes them, or make one here.")))</p>"
        )
        for main in tree.groups {
            table.add(row(visit, main, path: main.group.name, count: main.allItems))
            for below in main.subgroups {
                table.add(row(visit, below, path: "\(main.group.name) → \(below.group.name)", count: below.items))
            }
        }
        return table.markup(visit)
    }

    private static func row(_ visit: Visit, _ group: ItemGroupTree.Group, path: String, count: Int) -> [Markup] {
        let id = group.group.id.text
        let name = Field(
            "navn", Text("Nytt navn på \(group.group.name)", "New name of \(group.group.name)"),
            value: group.group.name, isRequired: true, id: "navn-\(id)")
        return [
            "<a href=\"/varer?gruppe=\(id)\">\(path)</a>", "\(visit.language.number(count))",
            """
            <details><summary>\(visit.text(Text("Gi nytt navn", "Rename")))</summary>
            <form method="post" action="/varer/grupper/\(id)">\(FormParts.token(visit))\(name.markup(visit))
            <button>\(visit.text(.save))</button></form></details>
            """,
        ]
    }
}
