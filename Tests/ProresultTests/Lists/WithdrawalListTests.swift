import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct WithdrawalListTests {
    /// Ten of an item with two returns, and a line of free text, invoiced.
    private func withLines(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try shore.takeOut(shore.goods(10), id: "w1", in: transaction)
                try shore.giveBack(decimal("2.5"), of: "w1", id: "r1", in: transaction)
                try shore.giveBack(1, of: "w1", id: "r2", in: transaction)
                var free = shore.goods(3)
                (free.itemID, free.text, free.salesPrice) = (nil, "Leie av pumpe", decimal("33.335"))
                free.date = try #require(CalendarDate("2026-11-10"))
                try shore.takeOut(free, id: "w2", in: transaction)
                try Withdrawal.markInvoiced(
                    [WithdrawalID("w2")], run: "r", reference: "PRV-1", at: shore.now, in: transaction)
            }
            try await body(shore)
        }
    }

    private func from(_ day: String = "2026-11-01") throws -> CalendarDate { try #require(CalendarDate(day)) }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLineTellsWhatCameBackAndAReturnWhatItReturns(kind: TestDatabaseKind) async throws {
        try await withLines(kind) { shore in
            let from = try from()
            let (page, sum) = try await shore.run { try WithdrawalList(from: from, to: shore.today).page(in: $0) }
            let rows = Dictionary(uniqueKeysWithValues: page.rows.map { ($0.withdrawal.id.text, $0) })
            #expect(page.total == 4 && rows.count == 4 && page.rows.last?.withdrawal.id.text == "w2")
            let taken = try #require(rows["w1"])
            #expect(taken.returned == decimal("3.5") && taken.leftToReturn == decimal("6.5") && !taken.isReturn)
            #expect(taken.itemNumber == "S1" && taken.workerName == "Kari Nordmann" && taken.projectNumber == "10")
            #expect(taken.amount(.sales) == 200 && taken.amount(.cost) == 120)
            let back = try #require(rows["r1"])
            #expect(back.isReturn && back.originalDate == shore.today && back.leftToReturn == 0)
            #expect(back.amount(.sales) == -50)
            let free = try #require(rows["w2"])
            #expect(free.itemNumber == nil && free.withdrawal.transferredReference == "PRV-1")
            // 3 × 33.335 is 100.005, rounded away from zero.
            #expect(free.amount(.sales) == decimal("100.01"))
            #expect(sum.lines == 4 && sum.sales == decimal("230.01") && sum.cost == 78)
            let one = try await shore.run { try WithdrawalRow.get(WithdrawalID("w1"), in: $0) }
            #expect(one == taken)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func linesAreFoundByDaysStateProjectAndWorker(kind: TestDatabaseKind) async throws {
        try await withLines(kind) { shore async throws in
            let from = try from()
            for (list, count, sales) in [
                (WithdrawalList(from: from, to: shore.today, state: .invoiced), 1, decimal("100.01")),
                (WithdrawalList(from: from, to: shore.today, state: .registered), 3, 130),
                (WithdrawalList(from: shore.today, to: shore.today, project: shore.project.id), 3, 130),
                (WithdrawalList(from: from, to: shore.today, worker: shore.kari.id), 4, decimal("230.01")),
                (WithdrawalList(from: from, to: shore.today, worker: WorkerID("nobody")), 0, 0),
            ] {
                let (page, sum) = try await shore.run { try list.page(PageRequest(size: 2), in: $0) }
                #expect(page.total == count && page.rows.count == min(2, count) && sum.sales == sales)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func linesAreFoundByTheirTextOrTheirItem(kind: TestDatabaseKind) async throws {
        try await withLines(kind) { shore async throws in
            let from = try from()
            func found(_ search: String) async throws -> [String] {
                try await shore.run {
                    try WithdrawalList(from: from, to: shore.today, search: search).page(in: $0)
                }.page.rows.map(\.withdrawal.id.text).sorted()
            }
            #expect(try await found("PUMPE leie") == ["w2"])
            #expect(try await found("s1") == ["r1", "r2", "w1"])
            #expect(try await found("s1 pumpe") == [])
            #expect(try await found("%") == [])
            try await shore.run { transaction throws in
                try Withdrawal.delete(WithdrawalID("r1"), by: shore.leader, in: transaction)
                try Withdrawal.delete(WithdrawalID("r2"), by: shore.leader, in: transaction)
                try CompanySetting.set(CompanySetting.Rules.extraCostKey, "yes", in: transaction)
                var draft = shore.goods(10)
                (draft.text, draft.isExtraCost, draft.extraText) = ("Ørsmå stift", true, "ekstra kai")
                try Withdrawal.edit(
                    WithdrawalID("w1"), to: draft, by: shore.leader, today: shore.today, in: transaction)
            }
            #expect(try await found("ørsmå KAI") == ["w1"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func linesFromBeforeTheSearchAreFoundLikeNewOnes(kind: TestDatabaseKind) async throws {
        try await withLines(kind) { shore async throws in
            let keys = try await shore.run { transaction throws in
                func keys() throws -> [String] {
                    try transaction.query("SELECT search_text FROM withdrawal ORDER BY id").map {
                        try $0.get("search_text")
                    }
                }
                let written = try keys()
                try transaction.execute("UPDATE withdrawal SET search_text = ''")
                for statement in ProresultSchema.withdrawalSearch.statements where statement.hasPrefix("UPDATE") {
                    try transaction.execute(SQL(stringLiteral: statement))
                }
                return [written, try keys()]
            }
            #expect(keys.first == ["spiker", "spiker", "spiker", "leie av pumpe"])
            #expect(keys.first == keys.last)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLinesReturnsAreReadOldestFirst(kind: TestDatabaseKind) async throws {
        try await withLines(kind) { shore async throws in
            let returns = try await shore.run { try WithdrawalRow.returns(of: WithdrawalID("w1"), in: $0) }
            #expect(returns.map(\.withdrawal.quantity) == [decimal("-2.5"), -1])
            #expect(try await shore.run { try WithdrawalRow.returns(of: WithdrawalID("w2"), in: $0) }.isEmpty)
        }
    }
}
