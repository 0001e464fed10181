import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct WithdrawalsExportTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aWithdrawalGoesWithItsItemPriceAndTheTaskOfTheSettings(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.item("ROR-22", sales: "189", cost: "112.5")
            try await bench.takeOut("w1", item: "ROR-22", quantity: "2.5", discount: "10")
            let outcome = try await bench.run(.withdrawals)
            #expect(outcome.error == nil)
            #expect(bench.lines == ["7 ROR-22 2.5 170.1"])
            let line = try #require(try await bench.documents(.withdrawals).first?.transaction().lines.first)
            #expect(line.task == "90" && line.accountGroup == "4" && line.debitAccount == "4300")
            #expect(line.billableQuantity == nil)
            #expect(try await bench.withdrawal("w1").state == .invoiced)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theCostPriceGoesWhenTheCompanyChoseIt(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.set(.withdrawalsPrice, "cost")
            try await bench.item("ROR-22", sales: "189", cost: "112.5")
            try await bench.takeOut("w1", item: "ROR-22", quantity: "2")
            try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 ROR-22 2 112.5"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func freeTextGoesOnTheDefaultItemAndItsWordsStayHere(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.takeOut("w1", text: "Leid lift av Ola", quantity: "1", price: "500")
            try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 VARE 1 500"])
            let text = bench.erp.change { $0.stored.first?.document.lines.first?.description ?? "" }
            #expect(!text.contains("Ola"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theDefaultItemIsNeededOnlyByLinesThatUseIt(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.set(.withdrawalsItemNumber, "")
            try await bench.item("ROR-22", sales: "189", cost: "0")
            try await bench.takeOut("w1", item: "ROR-22", quantity: "1")
            try await bench.takeOut("w2", text: "Frakt", quantity: "1", price: "10")
            let outcome = try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 ROR-22 1 189"])
            #expect(outcome.held.map(\.blockers) == [[.settingMissing(.withdrawalsItemNumber)]])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theTaskMustBeOpenOnTheProject(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.set(.withdrawalsTask, "77")
            try await bench.takeOut("w1", text: "Frakt", quantity: "1", price: "10")
            let outcome = try await bench.run(.withdrawals)
            #expect(outcome.held.map(\.blockers) == [[.taskNotOnProject(project: "P-1", task: "77")]])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLineWithoutPriceIsHeld(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.takeOut("w1", text: "Frakt", quantity: "1", price: "0")
            let outcome = try await bench.run(.withdrawals)
            #expect(outcome.held.map(\.blockers) == [[.noPrice(item: "Frakt")]])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReturnGoesOnTheTermsOfItsOriginal(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.item("ROR-22", sales: "189", cost: "112.5")
            try await bench.takeOut("w1", item: "ROR-22", quantity: "5")
            try await bench.run(.withdrawals)
            // None of this may reach the return: the price, the task and the default item have changed meanwhile.
            try await bench.set(.withdrawalsPrice, "cost")
            try await bench.set(.withdrawalsTask, "77")
            try await bench.giveBack("r1", of: "w1", quantity: "2")
            try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 ROR-22 5 189", "7 ROR-22 -2 189"])
            let line = try #require(try await bench.documents(.withdrawals).last?.transaction().lines.first)
            #expect(line.task == "90")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReturnFollowsItsOriginalInTheSameRun(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.takeOut("w1", text: "Frakt", quantity: "2", price: "10")
            try await bench.giveBack("r1", of: "w1", quantity: "1")
            let outcome = try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 VARE 2 10", "7 VARE -1 10"])
            #expect(outcome.held.isEmpty)
            #expect(try await bench.documents(.withdrawals).count == 2, "never in one document with its original")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReturnWaitsUntilItsOriginalHasGone(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.refuses = { $0.lines.contains { $0.quantity.value == 2 } ? "no" : nil } }
            try await bench.takeOut("w1", text: "Frakt", quantity: "2", price: "10")
            try await bench.giveBack("r1", of: "w1", quantity: "1")
            let outcome = try await bench.run(.withdrawals)
            #expect(bench.lines.isEmpty)
            #expect(
                Set(outcome.held.map(\.blockers)) == [[.refusedByERP(explanation: "no")], [.originalNotTransferred]])
        }
    }
}

extension ExportBench {
    func item(_ number: String, sales: String, cost: String) async throws {
        let randomness = randomness
        try await transaction { transaction in
            let group = try ItemGroup.ensure(
                path: ["Visma", "FinishedGoodItem"], randomness: randomness, in: transaction)
            var item = Item(id: ItemID(number), number: number, name: "Kobberrør", itemGroupID: group.id)
            item.salesPrice = Decimal(string: sales) ?? 0
            item.costPrice = Decimal(string: cost) ?? 0
            item.erpID = number
            item.erpNumber = number
            try Item.insert([item], in: transaction)
        }
    }

    func takeOut(
        _ id: String, item: String? = nil, text: String? = nil, quantity: String, price: String? = nil,
        discount: String = "0"
    ) async throws {
        let now = clock.now
        try await transaction { transaction in
            guard let today = CalendarDate(inNorwayAt: now) else { return }
            let draft = WithdrawalDraft(
                workerID: Self.worker, projectID: Self.project, itemID: item.map { ItemID($0) }, text: text,
                date: today, quantity: Decimal(string: quantity) ?? 0,
                salesPrice: price.flatMap { Decimal(string: $0) },
                discountPercent: Decimal(string: discount) ?? 0)
            try Withdrawal.register(
                draft, id: WithdrawalID(id), by: Self.leader, today: today, at: now, in: transaction)
        }
    }

    func giveBack(_ id: String, of original: String, quantity: String) async throws {
        let now = clock.now
        try await transaction { transaction in
            guard let today = CalendarDate(inNorwayAt: now) else { return }
            try Withdrawal.returnGoods(
                of: WithdrawalID(original), quantity: Decimal(string: quantity) ?? 0, by: Self.worker, date: today,
                returnID: WithdrawalID(id), actor: Self.leader, today: today, at: now, in: transaction)
        }
    }

    func withdrawal(_ id: String) async throws -> Withdrawal {
        try await transaction { try Withdrawal.get(WithdrawalID(id), in: $0) }
    }
}
