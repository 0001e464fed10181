import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct FileImportTests {
    static let workers = """
        employeeNumber;name;username;hourlyWage;wageFrom;vismaEmployeeNumber
        7;Kari Nordmann;kari;300,50;2026-01-01;500
        7;Kari Nordmann;kari;310;01.04.2026;500
        8;Ola Hansen;;280;2026-01-01;
        """
    static let items = """
        number,name,unit,salesPrice,costPrice,mainGroup,subgroup
        S1,Spiker,stk,22,12.5,,
        P1,Planke,m,40,30,Tre,Plank
        """
    static let hours = """
        reference;employeeNumber;projectNumber;task;date;from;to;break;total;overtime50;approved
        T-1;7;10;100;2026-11-16;07:00;15:00;30;;0;ja
        T-2;8;10;100;16.11.2026;;;;10;2;nei
        """
    static let withdrawals = """
        [{"reference": "U-2", "employeeNumber": 7, "date": "2026-11-16", "quantity": -4, "returnOf": "U-1"},
         {"reference": "U-1", "employeeNumber": 7, "projectNumber": 10, "date": "2026-11-16", "itemNumber": "S1",
          "quantity": 10.5, "discountPercent": 10},
         {"reference": "U-3", "employeeNumber": 8, "projectNumber": 10, "date": "2026-11-16", "text": "Pumpe",
          "quantity": 1, "unit": "dag", "salesPrice": 500}]
        """
    static let all = [
        ("withdrawals.json", withdrawals), ("hours.csv", hours), ("items.csv", items), ("arbeidere.csv", workers),
    ]

    @Test(arguments: TestDatabaseKind.allCases)
    func theSameFilesTwiceChangeNothing(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let first = try await run(Self.all, shore)
            #expect(first.errors == [])
            // Kari and the nails were there before; Kari's second wage is a change of its own.
            #expect(counts(first, .workers) == [3, 1, 2, 0])
            #expect(counts(first, .items) == [2, 1, 1, 0])
            #expect(counts(first, .hours) == [2, 2, 0, 0])
            #expect(counts(first, .withdrawals) == [3, 3, 0, 0])
            let before = try await contents(shore)
            let second = try await run(Self.all, shore)
            #expect(second.errors == [])
            for kind in FileKind.allCases {
                #expect(counts(second, kind) == [first[kind].read, 0, 0, first[kind].read])
            }
            #expect(try await contents(shore) == before)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowsBecomeRecords(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            _ = try await run(Self.all, shore)
            try await shore.run { transaction throws in
                let wages = try shore.kari.wages(in: transaction).map(\.hourlyWage)
                #expect(wages == [decimal("300.5"), 310])
                let ola = try #require(try Worker.find(employeeNumber: "8", in: transaction))
                #expect(ola.username == "8")
                let first = try #require(try HourEntry.find(externalReference: "T-1", in: transaction))
                #expect(first.total == decimal("7.5"))
                #expect(first.state == .approved)
                #expect(try Approval.of(first.id, in: transaction).map(\.decidedBy) == ["import"])
                let second = try #require(try HourEntry.find(externalReference: "T-2", in: transaction))
                #expect([second.total, second.overtime50, second.billableHours] == [10, 2, 10])
                #expect(second.state == .registered)
                let taken = try #require(try Withdrawal.find(externalReference: "U-1", in: transaction))
                #expect([taken.salesPrice, taken.costPrice, taken.quantity] == [22, decimal("12.5"), decimal("10.5")])
                let back = try #require(try Withdrawal.find(externalReference: "U-2", in: transaction))
                #expect(back.quantity == -4)
                #expect(back.returnsWithdrawalID == taken.id)
                #expect(back.discountPercent == 10)
                let plank = try #require(try Item.find(number: "P1", in: transaction))
                let group = try ItemGroup.get(plank.itemGroupID, in: transaction)
                #expect(group.name == "Plank")
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func badRowsAreNamedAndGoodOnesGoIn(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let hours = """
                reference;employeeNumber;projectNumber;task;workType;date;total;overtime50;billable
                A;7;10;100;;2026-11-16;25;0;
                B;99;10;100;;2026-11-16;8;0;
                C;7;10;200;;2026-11-16;8;0;
                D;7;10;;5;2026-11-16;8;0;
                E;7;10;100;5;2026-11-16;8;0;
                F;7;10;100;;i går;8;0;
                G;7;10;100;;2026-11-16;åtte;0;
                H;7;10;100;;2026-11-16;8;0;9
                I;7;11;100;;2026-11-16;8;0;
                ;7;10;100;;2026-11-16;8;0;
                K;7;10;100;;2026-11-16;;0;
                L;7;10;100;;2026-11-16;8;1;
                """
            let report = try await run([("hours.csv", hours)], shore)
            #expect(
                report.errors.map { "\($0.line ?? 0) \($0.field ?? "-"): \($0.message)" } == [
                    "2 total: 25 hours is more than a day has.", "3 -: There is no worker 99.",
                    "4 task: Project 10 has no task 200.",
                    "5 workType: Project 10 has no work type 5. Add it to the project first.",
                    "6 task: Give either task or workType.",
                    "7 date: “i går” is not a date. Write 2026-11-24 or 24.11.2026.",
                    "8 total: “åtte” is not a number.", "9 billable: Billable hours cannot be more than the total.",
                    "10 -: There is no project 11.", "11 reference: A value is missing.",
                    "12 total: A value is missing.",
                ])
            #expect(counts(report, .hours) == [12, 1, 0, 0])
            #expect(report.errors.allSatisfy { $0.file == "hours.csv" && $0.kind == .hours })
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func changedRowsChangeAndLockedOnesAreNamed(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            _ = try await run(Self.all, shore)
            try await shore.run { transaction throws in
                for reference in ["T-1"] {
                    let entry = try #require(try HourEntry.find(externalReference: reference, in: transaction))
                    try shore.transfer(entry.id.text, in: transaction)
                }
                let line = try #require(try Withdrawal.find(externalReference: "U-3", in: transaction))
                try Withdrawal.markInvoiced([line.id], run: "r", reference: "P", at: shore.now, in: transaction)
            }
            // Locked rows that say the same are no trouble.
            #expect(try await run(Self.all, shore).errors == [])
            let changed = [
                ("hours.csv", Self.hours.replacing("07:00", with: "08:00").replacing("10;2;nei", with: "9;2;ja")),
                ("withdrawals.json", Self.withdrawals.replacing("500", with: "600").replacing("-4", with: "-5")),
                ("items.csv", Self.items.replacing("40", with: "45")),
            ]
            let report = try await run(changed, shore)
            #expect(
                report.errors.map { "\($0.file) \($0.line ?? 0): \($0.norwegian)" } == [
                    "hours.csv 2: Denne linjen er overført og kan ikke endres. Bruk retur for å rette den.",
                    "withdrawals.json 4: Denne linjen er overført og kan ikke endres. Bruk retur for å rette den.",
                    "withdrawals.json 1: En retur kan ikke endres. Slett den og returner på nytt.",
                ])
            #expect(counts(report, .hours) == [2, 0, 1, 0])
            #expect(counts(report, .items) == [2, 0, 1, 1])
            let second = try await shore.run { try HourEntry.find(externalReference: "T-2", in: $0) }
            #expect(second?.total == 9)
            #expect(second?.version == 2)
            #expect(second?.state == .approved)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func approvedRowsTakeAllStepsAndStayRejected(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { try CompanySetting.set("hours.approvalSteps", "2", in: $0) }
            _ = try await run(Self.all, shore)
            let entry = try await shore.run { try HourEntry.find(externalReference: "T-1", in: $0) }
            let id = try #require(entry?.id)
            try await shore.run { transaction throws in
                #expect(try Approval.of(id, in: transaction).map(\.step) == [1, 2])
                try shore.reject(id.text, in: transaction)
            }
            // What a leader sent back does not come through the file again.
            #expect(counts(try await run(Self.all, shore), .hours) == [2, 0, 0, 2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func returnsKeepTheTermsAndTheLimitOfTheirLine(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            func row(_ reference: String, _ more: String) -> String {
                #"{"reference": "\#(reference)", "employeeNumber": 7, "date": "2026-11-16", \#(more)}"#
            }
            let rows = [
                row("A", #""projectNumber": 10, "itemNumber": "S1", "quantity": 5"#),
                row("B", #""quantity": 3, "returnOf": "A", "salesPrice": 20"#),
                row("C", #""quantity": 3, "returnOf": "A""#),
                row("D", #""quantity": 1, "returnOf": "A", "salesPrice": 21"#),
                row("E", #""quantity": 1, "returnOf": "X""#),
                row("F", #""quantity": 1, "returnOf": "B""#),
                row("G", #""projectNumber": 10, "itemNumber": "S1", "quantity": -1"#),
                row("H", #""projectNumber": 10, "quantity": 1"#),
            ]
            let report = try await run([("uttak.json", "[" + rows.joined(separator: ",\n") + "]")], shore)
            #expect(
                report.errors.map { "\($0.line ?? 0) \($0.field ?? "-"): \($0.message)" } == [
                    "7 quantity: Quantity cannot be negative.", "8 itemNumber: Give an itemNumber or a text.",
                    "3 quantity: At most 2 stk can be returned.",
                    "4 salesPrice: A return has this from the line it returns, where it is something else.",
                    "5 -: There is no withdrawal X.", "6 -: A return cannot be returned.",
                ])
            #expect(counts(report, .withdrawals) == [8, 2, 0, 0])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aFileThatCannotBeReadDoesNotStopTheOthers(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let report = try await run([("hours.csv", "reference;farge\n1;2"), ("items.csv", Self.items)], shore)
            #expect(report.errors.map(\.message) == ["There is no column “farge”."])
            #expect(report.errors.map(\.kind) == [nil])
            #expect(counts(report, .items) == [2, 1, 1, 0])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aBadRowLeavesNothingBehind(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let report = try await run(
                [
                    ("items.csv", "number;name;mainGroup;salesPrice\n1;a;Ny;-1"),
                    ("workers.csv", "employeeNumber;name;hourlyWage;wageFrom\n9;Per;0;2026-01-01\n10;Pål;1;"),
                ], shore)
            #expect(report.errors.map(\.field) == ["hourlyWage", "wageFrom", "salesPrice"])
            try await shore.run { transaction throws in
                #expect(try ItemGroup.all(in: transaction).count == 1)
                #expect(try Worker.all(in: transaction).count == 1)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func moreRowsThanOneTransactionTakesGoIn(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let rows = (1...1001).map { "N\($0),Vare \($0)" }.joined(separator: "\n")
            let report = try await run([("items.csv", "number,name\n" + rows)], shore)
            #expect(counts(report, .items) == [1001, 1001, 0, 0])
            #expect(try await shore.run { try Item.all(in: $0).count } == 1002)
        }
    }

    private func run(_ files: [(String, String)], _ shore: Shore) async throws -> FileImportReport {
        try await FileImport.run(
            files: files.map { (name: $0.0, bytes: Array($0.1.utf8)) }, company: shore.company,
            database: shore.database, clock: .frozen, randomness: shore.randomness)
    }

    /// Read, created, changed, unchanged.
    private func counts(_ report: FileImportReport, _ kind: FileKind) -> [Int] {
        [report[kind].read, report[kind].created, report[kind].changed, report[kind].unchanged]
    }

    private struct Contents: Sendable, Equatable {
        let workers: [Worker]
        let items: [Item]
        let hours: [HourEntry]
        let withdrawals: [Withdrawal]
    }

    private func contents(_ shore: Shore) async throws -> Contents {
        try await shore.run { transaction in
            Contents(
                workers: try Worker.all(in: transaction), items: try Item.all(in: transaction),
                hours: try HourEntry.waitingForTransfer(in: transaction),
                withdrawals: try Withdrawal.waitingForTransfer(in: transaction))
        }
    }
}
