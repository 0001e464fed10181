import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct WithdrawalTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func textUnitAndPricesComeFromTheItem(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let line = try await shore.run { try shore.takeOut(shore.goods(decimal("2.5")), by: shore.worker, in: $0) }
            #expect([line.text, line.unit] == ["Spiker", "stk"])
            #expect([line.salesPrice, line.costPrice] == [20, 12])
            #expect(line.state == .registered)
        }
    }

    static let discounts = [("20", "0", "20"), ("19.99", "12.5", "17.49125"), ("10", "100", "0")]

    @Test(arguments: TestDatabaseKind.allCases, discounts)
    func discountIsFoldedIntoTheSalesPrice(
        kind: TestDatabaseKind, of line: (price: String, discount: String, sales: String)
    ) async throws {
        let (price, discount, sales) = line
        try await withShore(kind) { shore in
            var draft = shore.goods()
            (draft.salesPrice, draft.discountPercent) = (decimal(price), decimal(discount))
            let goods = draft
            let line = try await shore.run { try shore.takeOut(goods, in: $0) }
            #expect(line.unitPrice(.sales) == decimal(sales))
            #expect(line.unitPrice(.cost) == 12)
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let error: ProresultError
        let change: @Sendable (inout WithdrawalDraft) -> Void
        var testDescription: String { "\(error)" }
    }

    static let refusals = [
        Refusal(error: .quantityZero) { $0.quantity = 0 },
        Refusal(error: .negative(.withdrawal, field: "quantity")) { $0.quantity = -1 },
        Refusal(error: .tooManyDecimals(.withdrawal, field: "quantity", limit: 4)) {
            $0.quantity = decimal("1.00001")
        },
        Refusal(error: .negative(.withdrawal, field: "salesPrice")) { $0.salesPrice = -1 },
        Refusal(error: .tooManyDecimals(.withdrawal, field: "costPrice", limit: 4)) {
            $0.costPrice = decimal("0.00001")
        },
        Refusal(error: .discountOutOfRange) { $0.discountPercent = 101 },
        Refusal(error: .discountOutOfRange) { $0.discountPercent = -1 },
        Refusal(error: .required(.withdrawal, field: "text")) { $0.itemID = nil },
        Refusal(error: .notFound(.item, key: "x")) { $0.itemID = ItemID("x") },
        Refusal(error: .notFound(.project, key: "x")) { $0.projectID = ProjectID("x") },
    ]

    @Test(arguments: TestDatabaseKind.allCases, refusals)
    func aBadLineIsRefusedByItsRule(kind: TestDatabaseKind, refusal: Refusal) async throws {
        try await withShore(kind) { shore in
            var draft = shore.goods()
            refusal.change(&draft)
            let bad = draft
            try await shore.run { transaction throws in
                #expect(throws: refusal.error) { try shore.takeOut(bad, in: transaction) }
                #expect(try Withdrawal.waitingForTransfer(in: transaction).isEmpty)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func settingsDecideAboutFreeTextAndOwnTerms(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var text = shore.goods()
                (text.itemID, text.text, text.salesPrice) = (nil, "Leie av pumpe", 500)
                var dearer = shore.goods()
                dearer.salesPrice = 21
                try shore.takeOut(text, id: "w1", by: shore.worker, in: transaction)
                let kept = try shore.takeOut(dearer, id: "w2", by: shore.worker, in: transaction)

                try CompanySetting.set("withdrawals.userMayChangeTextPriceUnit", "no", in: transaction)
                try shore.takeOut(text, id: "w3", by: shore.worker, in: transaction)
                #expect(throws: ProresultError.textPriceUnitFixed) {
                    try shore.takeOut(dearer, id: "w4", by: shore.worker, in: transaction)
                }
                try shore.takeOut(dearer, id: "w4", by: shore.admin, in: transaction)
                // The line that has its own price keeps it through an edit of something else.
                var edited = WithdrawalDraft(kept)
                edited.quantity = 11
                #expect(
                    try Withdrawal.edit(kept.id, to: edited, by: shore.worker, today: shore.today, in: transaction)
                        .salesPrice == 21)

                try CompanySetting.set("withdrawals.allowFreeText", "no", in: transaction)
                for actor in [shore.worker, shore.admin] {
                    #expect(throws: ProresultError.freeTextNotAllowed) {
                        try shore.takeOut(text, id: "w5", by: actor, in: transaction)
                    }
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkerSetsTheCostPriceOnlyWhereTheCompanyAllowsIt(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var cheaper = shore.goods()
                cheaper.costPrice = 11
                var text = cheaper
                (text.itemID, text.text) = (nil, "Leie av pumpe")
                for draft in [cheaper, text] {
                    #expect(throws: ProresultError.costPriceFixed) {
                        try shore.takeOut(draft, id: "w1", by: shore.worker, in: transaction)
                    }
                }
                let office = try shore.takeOut(cheaper, id: "w1", by: shore.leader, in: transaction)
                // What the office has set stands when the worker changes something else.
                var edited = WithdrawalDraft(office)
                edited.quantity = 3
                let kept = try Withdrawal.edit(
                    office.id, to: edited, by: shore.worker, today: shore.today, in: transaction)
                #expect(kept.costPrice == 11)
                edited.costPrice = 10
                let other = edited
                #expect(throws: ProresultError.costPriceFixed) {
                    try Withdrawal.edit(office.id, to: other, by: shore.worker, today: shore.today, in: transaction)
                }
                try CompanySetting.set(CompanySetting.Rules.costPriceInAppKey, "yes", in: transaction)
                #expect(try shore.takeOut(text, id: "w2", by: shore.worker, in: transaction).costPrice == 11)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLineIsExtraCostOnlyWhereTheCompanyAllowsIt(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var extra = shore.goods()
                (extra.isExtraCost, extra.extraText) = (true, "kai")
                for actor in [shore.worker, shore.leader, shore.admin] {
                    #expect(throws: ProresultError.extraCostNotAllowed) {
                        try shore.takeOut(extra, id: "w1", by: actor, in: transaction)
                    }
                }
                try CompanySetting.set(CompanySetting.Rules.extraCostKey, "yes", in: transaction)
                let line = try shore.takeOut(extra, id: "w1", by: shore.worker, in: transaction)
                #expect(line.isExtraCost && line.extraText == "kai")
                // What is extra cost already may stay so, and cease to be.
                try CompanySetting.set(CompanySetting.Rules.extraCostKey, "no", in: transaction)
                extra.quantity = 3
                #expect(
                    try Withdrawal.edit(line.id, to: extra, by: shore.worker, today: shore.today, in: transaction)
                        .isExtraCost)
                extra.isExtraCost = false
                #expect(
                    try Withdrawal.edit(line.id, to: extra, by: shore.worker, today: shore.today, in: transaction)
                        .isExtraCost == false)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkerReturnsOthersGoodsOnlyWhereTheCompanyAllowsItAndNeverEditsThem(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let ola = Worker(id: WorkerID("ola"), employeeNumber: "8", username: "ola", name: "Ola")
                try Worker.create(ola, in: transaction)
                var draft = shore.goods(10)
                draft.workerID = ola.id
                let taken = try shore.takeOut(draft, in: transaction)
                let refused = ProresultError.notAllowed(.withdrawal, username: "kari")
                #expect(throws: refused) { try shore.giveBack(1, actor: shore.worker, in: transaction) }
                try CompanySetting.set(CompanySetting.Rules.usersSeeOthersKey, "yes", in: transaction)
                #expect(try shore.giveBack(1, actor: shore.worker, in: transaction).workerID == shore.kari.id)
                var edited = WithdrawalDraft(taken)
                edited.note = "min"
                let other = edited
                #expect(throws: ProresultError.hasReturns) {
                    try Withdrawal.edit(taken.id, to: other, by: shore.worker, today: shore.today, in: transaction)
                }
                try Withdrawal.delete(WithdrawalID("r1"), by: shore.worker, in: transaction)
                #expect(throws: refused) {
                    try Withdrawal.edit(taken.id, to: other, by: shore.worker, today: shore.today, in: transaction)
                }
                #expect(throws: refused) { try Withdrawal.delete(taken.id, by: shore.worker, in: transaction) }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingNewOnWhatIsClosedOrInactive(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Item.deactivate(shore.item.id, at: shore.now, in: transaction)
                #expect(throws: ProresultError.inactive(.item, name: "Spiker")) {
                    try shore.takeOut(shore.goods(), in: transaction)
                }
                try Project.close(shore.project.id, by: .user, name: "A", at: shore.now, in: transaction)
                #expect(throws: ProresultError.projectClosed(number: "10")) {
                    try shore.takeOut(shore.goods(), in: transaction)
                }
                try Worker.deactivate(shore.kari.id, at: shore.now, in: transaction)
                #expect(throws: ProresultError.inactive(.worker, name: "Kari Nordmann")) {
                    try shore.takeOut(shore.goods(), in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func neverMoreComesBackThanWasTakenOut(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let taken = try shore.takeOut(shore.goods(10), in: transaction)
                let first = try shore.giveBack(4, id: "r1", in: transaction)
                #expect(first.quantity == -4)
                #expect([first.text, first.unit] == [taken.text, taken.unit])
                #expect([first.salesPrice, first.costPrice] == [taken.salesPrice, taken.costPrice])
                #expect(first.itemID == taken.itemID)
                #expect(first.projectID == taken.projectID)
                #expect(throws: ProresultError.returnTooLarge(left: 6, unit: "stk")) {
                    try shore.giveBack(decimal("6.0001"), id: "r2", in: transaction)
                }
                try shore.giveBack(6, id: "r2", in: transaction)
                #expect(throws: ProresultError.returnTooLarge(left: 0, unit: "stk")) {
                    try shore.giveBack(decimal("0.0001"), id: "r3", in: transaction)
                }
                #expect(throws: ProresultError.quantityZero) { try shore.giveBack(0, id: "r3", in: transaction) }
                #expect(throws: ProresultError.negative(.withdrawal, field: "quantity")) {
                    try shore.giveBack(-1, id: "r3", in: transaction)
                }
                #expect(throws: ProresultError.returnOfReturn) {
                    try shore.giveBack(1, of: "r1", id: "r3", in: transaction)
                }
                // A return that is deleted can come back again.
                try Withdrawal.delete(first.id, by: shore.leader, in: transaction)
                try shore.giveBack(4, id: "r3", in: transaction)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func twoReturnsAtOnceBothCount(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { _ = try shore.takeOut(shore.goods(10), in: $0) }
            try await shore.openTwoConnections(kind)
            let done = await withTaskGroup(of: Bool.self) { group in
                for id in ["r1", "r2", "r3", "r4"] {
                    group.addTask {
                        (try? await shore.run { try shore.giveBack(4, id: id, in: $0) }) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 2)
            let left = try await shore.run {
                try Withdrawal.get(WithdrawalID("w1"), in: $0).leftToReturn(in: $0)
            }
            #expect(left == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLineWithReturnsStands(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let taken = try shore.takeOut(shore.goods(10), in: transaction)
                let back = try shore.giveBack(4, in: transaction)
                #expect(throws: ProresultError.hasReturns) {
                    try Withdrawal.delete(taken.id, by: shore.leader, in: transaction)
                }
                #expect(throws: ProresultError.hasReturns) {
                    try Withdrawal.edit(
                        taken.id, to: shore.goods(3), by: shore.leader, today: shore.today, in: transaction)
                }
                #expect(throws: ProresultError.returnIsFixed) {
                    try Withdrawal.edit(
                        back.id, to: shore.goods(3), by: shore.leader, today: shore.today, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anInvoicedLineIsMendedByAReturnOnly(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let taken = try shore.takeOut(shore.goods(10), in: transaction)
                func mark(_ reference: String) throws {
                    try Withdrawal.markInvoiced(
                        [taken.id], run: "r1", reference: reference, at: shore.now, in: transaction)
                }
                try Withdrawal.hold([taken], run: "r1", in: transaction)
                #expect(throws: ProresultError.beingTransferred(.withdrawal)) {
                    try Withdrawal.delete(taken.id, by: shore.leader, in: transaction)
                }
                try mark("PRX-1")
                try mark("PRX-1")
                #expect(throws: ProresultError.transferredElsewhere(.withdrawal, reference: "PRX-1")) {
                    try mark("PRX-2")
                }
                #expect(throws: ProresultError.locked(.withdrawal)) {
                    try Withdrawal.edit(
                        taken.id, to: shore.goods(3), by: shore.admin, today: shore.today, in: transaction)
                }
                #expect(throws: ProresultError.locked(.withdrawal)) {
                    try Withdrawal.delete(taken.id, by: shore.admin, in: transaction)
                }
                try Project.close(shore.project.id, by: .visma, name: "import", at: shore.now, in: transaction)
                try shore.giveBack(10, in: transaction)
                #expect(try Withdrawal.waitingForTransfer(in: transaction).map(\.quantity) == [-10])
            }
        }
    }
}
