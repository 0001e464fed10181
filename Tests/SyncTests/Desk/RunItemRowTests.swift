import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// Records that were made one after the other share a row, and nobody who reads notices.
@Suite struct RunItemRowTests {
    private static let told = [
        RunItem("customer", "1", .created), RunItem("customer", "10", .created), RunItem("customer", "%_", .created),
        RunItem("customer", "7", .changed, "name: a → b"), RunItem("customer", "2", .created),
        RunItem("project", "2", .created), RunItem("customer", "3\n4", .created), RunItem("customer", "5", .created),
        RunItem("customer", "6", .created), RunItem("customer", "8", .quarantined, "name: not a text"),
    ]

    @Test func onlyRecordsOfOneKindMadeOneAfterTheOtherShareARow() {
        let rows = RunItemRow.rows(of: Self.told)
        #expect(rows.map(\.records) == [3, 1, 1, 1, 1, 2, 1])
        #expect(rows.flatMap(\.items) == Self.told)
        #expect(rows.first?.item.detail == "1\n10\n%_")
        #expect(RunItemRow.rows(of: []).isEmpty)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func eachRecordHasItsPlaceInTheLogWhateverThePage(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...2) }) { bench in
            try await bench.run(.customers)
            let (known, all) = try await bench.transaction { transaction in
                let run = try #require(try RunRow.latest(.customers, in: transaction)).id
                let (known, _) = try RunLog.items(of: run, number: 1, in: transaction)
                // A transaction each, as the pages of an import have.
                try transaction.record(Array(Self.told.prefix(4)), in: run)
                try transaction.record(Array(Self.told.dropFirst(4)), in: run)
                return (run, known)
            }
            for size in [1, 2, 3, 5, 12, 100] {
                var (read, page): ([RunItem], Int) = ([], 1)
                while true {
                    let number = page
                    let (items, total) = try await bench.transaction {
                        try RunLog.items(of: known, number: number, size: size, in: $0)
                    }
                    #expect(total == 12)
                    #expect(items.count == min(size, max(0, 12 - read.count)))
                    if items.isEmpty { break }
                    (read, page) = (read + items, page + 1)
                }
                #expect(read == all + Self.told)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRecordFindsItsOwnLineInARowAndNoOther(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(99...99) }) { bench in
            try await bench.run(.customers)
            try await bench.transaction { transaction in
                let run = try #require(try RunRow.latest(.customers, in: transaction)).id
                try transaction.record(Self.told, in: run)
            }
            for (number, expected) in [
                ("1", 1), ("10", 1), ("0", 0), ("%_", 1), ("%", 0), ("2", 1), ("3\n4", 1), ("3", 0), ("5", 1), ("6", 1),
            ] {
                let history = try await bench.transaction {
                    try RecordHistory.of(Customer(id: CustomerID("x"), number: number, name: "x"), in: $0)
                }
                #expect(history.changes.count { $0.happened == .created } == expected, "\(number)")
                #expect(history.changes.allSatisfy { $0.happened != .created || $0.detail.isEmpty })
            }
        }
    }
}
