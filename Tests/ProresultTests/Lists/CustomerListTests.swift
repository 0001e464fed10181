import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct CustomerListTests {
    static let names = [
        ("1000", "Øygard Bygg AS", "Førde"), ("999", "ÅSEN GRUNN", "Ås"), ("1001", "Ærlig Maling", "Voss"),
        ("20", "Zebra 100% AS", "Oslo"), ("3", "byggmester_berg", nil as String?),
    ]

    private func withCustomers(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                for (number, name, city) in Self.names {
                    try Customer.create(
                        Customer(id: CustomerID("c\(number)"), number: number, name: name, city: city),
                        in: transaction)
                }
            }
            try await body(shore)
        }
    }

    private func numbers(_ list: CustomerList, _ shore: Shore) async throws -> [String] {
        try await shore.run { try list.page(in: $0).rows.map(\.customer.number) }
    }

    @Test(
        arguments: TestDatabaseKind.allCases,
        [
            ("øygard", ["1000"]), ("ØYGARD", ["1000"]), ("åsen", ["999"]), ("A\u{30A}sen", ["999"]),
            ("ærlig", ["1001"]), ("bygg", ["3", "1000"]), ("bygg as", ["1000"]), ("00", ["20", "1000", "1001"]),
            ("førde", ["1000"]), ("%", ["20"]), ("_", ["3"]), ("\\", []), ("", ["3", "20", "999", "1000", "1001"]),
        ])
    func searchFindsEveryWordInNumberNameOrPlaceWhateverTheCase(
        kind: TestDatabaseKind, search: (words: String, found: [String])
    ) async throws {
        try await withCustomers(kind) { shore async throws in
            #expect(try await numbers(CustomerList(search: search.words), shore) == search.found)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func numbersAreOrderedBySizeAndNamesByTheNorwegianAlphabet(kind: TestDatabaseKind) async throws {
        try await withCustomers(kind) { shore async throws in
            #expect(
                try await numbers(CustomerList(sort: .number, descending: true), shore)
                    == ["1001", "1000", "999", "20", "3"])
            #expect(try await numbers(CustomerList(sort: .name), shore) == ["3", "20", "1001", "1000", "999"])
            #expect(try await numbers(CustomerList(sort: .place), shore) == ["3", "1000", "20", "1001", "999"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func inactiveCustomersAreShownOnlyWhenAskedFor(kind: TestDatabaseKind) async throws {
        try await withCustomers(kind) { shore async throws in
            try await shore.run { try Customer.deactivate(CustomerID("c999"), at: shore.now, in: $0) }
            #expect(try await numbers(CustomerList(), shore) == ["3", "20", "1000", "1001"])
            #expect(
                try await numbers(CustomerList(showsInactive: true), shore) == ["3", "20", "999", "1000", "1001"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyRowStandsOnOnePageAndAPageBehindTheLastIsTheLast(kind: TestDatabaseKind) async throws {
        try await withCustomers(kind) { shore async throws in
            let pages = try await shore.run { transaction in
                try (1...4).map { try CustomerList().page(PageRequest(number: $0, size: 2), in: transaction) }
            }
            #expect(
                pages.map { $0.rows.map(\.customer.number) } == [["3", "20"], ["999", "1000"], ["1001"], ["1001"]])
            #expect(pages.map(\.number) == [1, 2, 3, 3])
            #expect(pages.allSatisfy { $0.total == 5 && $0.pages == 3 })
            #expect(pages.map(\.hasNext) == [true, true, false, false])
            let empty = try await shore.run { try CustomerList(search: "ingen").page(in: $0) }
            #expect(empty.rows.isEmpty && empty.total == 0 && empty.number == 1 && empty.pages == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCustomersCardHasItsProjectsClosedOnesToo(kind: TestDatabaseKind) async throws {
        try await withCustomers(kind) { shore async throws in
            let card = try await shore.run { transaction throws in
                for (number, state) in [("50", ProjectState.active), ("51", .closed)] {
                    let by: (Timestamp?, ClosedBy?) = state == .closed ? (shore.now, .user) : (nil, nil)
                    try Project.insert(
                        [
                            Project(
                                id: ProjectID(number), number: number, name: "Kai", customerID: CustomerID("c20"),
                                state: state, closedAt: by.0, closedBy: by.1)
                        ], in: transaction)
                }
                return try CustomerCard(CustomerID("c20"), in: transaction)
            }
            #expect(card.customer.number == "20")
            #expect(card.projects.rows.map(\.project.number) == ["51", "50"])
            #expect(card.projects.rows.map(\.customerName) == ["Zebra 100% AS", "Zebra 100% AS"])
            let row = try await shore.run { try CustomerList(search: "zebra").page(in: $0).rows.first }
            #expect(row?.activeProjects == 1)
            await #expect(throws: ProresultError.notFound(.customer, key: "nobody")) {
                try await shore.run { _ = try CustomerCard(CustomerID("nobody"), in: $0) }
            }
        }
    }
}
