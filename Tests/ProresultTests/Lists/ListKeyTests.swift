import Foundation
import Persistence
import TestSupport
import Testing

@testable import Proresult

@Suite struct ListKeyTests {
    static let names = [
        ("1000", "Øygard Bygg AS", "Førde"), ("S-2", "  ÅSEN GRUNN", "Ås"), ("20", "Éva Müller", nil as String?),
        ("A", "", ""), ("0012-7", "O'Brien", "OSLO"), ("1234567890123", "Lang", "Voss"),
    ]

    /// The columns of every record's list, with its table.
    private func keys(_ database: any SQLDatabase, _ company: CompanyID) async throws -> [String] {
        try await database.read(company: company) { transaction in
            var keys: [String] = []
            for (table, columns) in [
                ("customer", Customer.listColumns), ("project", Project.listColumns), ("item", Item.listColumns),
                ("worker", Worker.listColumns),
            ] {
                for row in try transaction.query(
                    "SELECT \(raw: columns.joined(separator: ", ")) FROM \(raw: table) ORDER BY id")
                {
                    let values = try columns.map { try row.get($0, as: String.self) }
                    keys.append("\(table) \(values)")
                }
            }
            return keys
        }
    }

    private func insertAll(_ transaction: CompanyTransaction) throws {
        let group = ItemGroup(id: ItemGroupID("g1"), name: "Varer")
        try ItemGroup.insert([group], in: transaction)
        for (index, (number, name, city)) in Self.names.enumerated() {
            try Customer.insert(
                [Customer(id: CustomerID("\(index)"), number: number, name: name, city: city)], in: transaction)
            try Project.insert(
                [Project(id: ProjectID("\(index)"), number: number, name: name, city: city)], in: transaction)
            try Item.insert(
                [Item(id: ItemID("\(index)"), number: number, name: name, itemGroupID: group.id)], in: transaction)
            try Worker.insert(
                [
                    Worker(
                        id: WorkerID("\(index)"), employeeNumber: number, username: "u\(index)",
                        name: name.isEmpty ? "Æ" : name, vismaEmployeeNumber: city.flatMap { $0.isEmpty ? nil : $0 })
                ], in: transaction)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowsFromBeforeTheListsAreFoundLikeNewOnes(kind: TestDatabaseKind) async throws {
        let company = CompanyID("c1")
        var found: [[String]] = []
        for isOld in [false, true] {
            // An older program wrote no such columns: they are emptied, and the migration's own statements fill them.
            try await withDatabase(kind, migrations: ProresultSchema.all) { database in
                try await database.transactionAcrossCompanies { connection in
                    _ = try Company.create(name: "Bygg", id: company, at: .testStart, in: connection)
                }
                try await database.transaction(company: company) { transaction in
                    try insertAll(transaction)
                    guard isOld else { return }
                    for table in ["customer", "project", "item", "worker"] {
                        try transaction.execute(
                            "UPDATE \(raw: table) SET search_text = '', sort_name = '', sort_number = ''")
                    }
                    try transaction.execute("UPDATE customer SET sort_place = ''")
                    for statement in ProresultSchema.lists.statements where statement.hasPrefix("UPDATE") {
                        try transaction.execute(SQL(stringLiteral: statement))
                    }
                }
                found.append(try await keys(database, company))
            }
        }
        #expect(found.first?.count == 24)
        #expect(found.first == found.last)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyWriteOfARecordMakesItsKeysAnew(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore async throws in
            try await shore.run { transaction throws in
                var project = try Project.get(shore.project.id, in: transaction)
                project.name = "Ny Låve"
                try Project.update(project, in: transaction)
                var item = try Item.get(shore.item.id, in: transaction)
                item.number = "Ø9"
                try Item.update(item, in: transaction)
                try Worker.link(shore.kari.id, vismaEmployeeNumber: "V77", in: transaction)
            }
            let found = try await shore.run { transaction throws in
                try [
                    ProjectList(search: "LÅVE").page(in: transaction).rows.count,
                    ProjectList(search: "brygge").page(in: transaction).rows.count,
                    ItemList(search: "ø9").page(in: transaction).rows.count,
                    ItemList(search: "s1").page(in: transaction).rows.count,
                    WorkerList(search: "v77").page(today: shore.today, in: transaction).rows.count,
                ]
            }
            #expect(found == [1, 0, 1, 0, 1])
        }
    }

    /// A text whose marks stand beside their letters takes the long way, and must come out the same.
    @Test(arguments: [
        "Å", "ÅSEN Øst & Ære AS", "Éva Müller ×÷ß ÿ Þ", "S-00012Å7", "å" + String(repeating: "Ø", count: 300),
        String(repeating: "12é", count: 90),
    ]) func plainTextsComeOutAsAllTextsDo(text: String) {
        let apart = text.decomposedStringWithCanonicalMapping
        #expect(PlainText(text) != nil)
        #expect(PlainText(apart) == nil)
        let customers = [text, apart].map { Customer(id: CustomerID("1"), number: $0, name: $0, city: $0) }
        #expect(customers[0].listValues == customers[1].listValues)
        // `==` of texts would find them equal in either form.
        #expect(customers.map { "\($0.listValues)".utf8.count }.max() == "\(customers[0].listValues)".utf8.count)
    }

    @Test(arguments: ["a\u{301}", "Łódź", "A\r\nB", "日本", "e\u{7F}"]) func otherTextsAreNotPlain(text: String) {
        #expect(PlainText(text) == nil)
    }
}
