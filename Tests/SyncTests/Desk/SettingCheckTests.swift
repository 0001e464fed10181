import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct SettingCheckTests {
    private func check(_ bench: ExportBench, _ key: SyncSettings.Key, _ value: String) async throws -> SettingCheck {
        try await bench.database.read(company: ExportBench.company) { transaction in
            try SettingCheck.check(
                KnownSetting(key), value, facts: ERPFacts.stored(in: transaction), in: transaction)
        }
    }

    private func choices(
        _ bench: ExportBench, _ key: SyncSettings.Key, search: String = ""
    ) async throws -> [SettingChoice] {
        try await bench.database.read(company: ExportBench.company) { transaction in
            try SettingChoices.of(
                KnownSetting(key), facts: ERPFacts.stored(in: transaction), search: search, in: transaction)
        }
    }

    /// Accounts of several groups, sub-accounts and groups, read from Visma.
    private func furnish(_ bench: ExportBench) async throws {
        bench.erp.change { world in
            world.accounts = [
                ERPAccount(number: "5000", name: "Lønn", accountGroup: "5", isActive: true),
                ERPAccount(number: "4300", name: "Varer", accountGroup: "4", isActive: true),
                ERPAccount(number: "1920", name: "Bank", accountGroup: nil, isActive: true),
                ERPAccount(number: "5999", name: "Gammel", accountGroup: "5", isActive: false),
            ]
            world.subaccounts = [ERPSubaccount(number: "10", name: "Oslo", isActive: true)]
            world.accountGroups = [
                ERPAccountGroup(number: "4", name: "Varer", isActive: true),
                ERPAccountGroup(number: "5", name: "Lønn", isActive: true),
            ]
        }
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func accountsMustExistBeActiveAndBelongToTheGroup(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await check(bench, .hoursDebitAccount, "5000").warning != nil, "Visma was never read")
            try await furnish(bench)
            #expect(try await check(bench, .hoursDebitAccount, "5000") == SettingCheck())
            #expect(try await check(bench, .hoursDebitAccount, "").problem == nil)
            let cases: [(SyncSettings.Key, String, String)] = [
                (.hoursDebitAccount, "9999", "Account 9999 does not exist in Visma."),
                (.hoursDebitAccount, "5999", "Account 5999 is not active in Visma."),
                (.hoursDebitAccount, "4300", "Account 4300 belongs to account group 4 in Visma, and must belong to 5."),
                (.withdrawalsDebitAccount, "1920", "Account 1920 has no account group in Visma, and must belong to 4."),
                (.hoursDebitSubaccount, "99", "Sub-account 99 does not exist in Visma."),
                (.withdrawalsAccountGroup, "9", "Account group 9 does not exist in Visma."),
            ]
            for (key, value, problem) in cases {
                #expect(try await check(bench, key, value).problem?.english == problem)
            }
            #expect(try await check(bench, .hoursCreditAccount, "1920") == SettingCheck())
            #expect(try await check(bench, .withdrawalsAccountGroup, "4") == SettingCheck())
            #expect(try await check(bench, .withdrawalsAccountGroup, "5").warning != nil, "the account is of another")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func itemsMustBeAmongThoseFromVisma(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await check(bench, .hoursItemNumber, "TIMER").warning != nil, "no items were imported")
            bench.erp.change { world in
                world.items = ["TIMER", "GAMMEL"].map { number in
                    ERPItem(
                        id: number, number: number, name: "\(number) 100%", salesPrice: 1, costPrice: 1, unit: "stk",
                        type: "NonStockItem", itemClass: nil, isActive: number == "TIMER", modifiedAt: world.now)
                }
            }
            try await bench.run(.items)
            #expect(try await check(bench, .hoursItemNumber, "TIMER") == SettingCheck())
            #expect(
                try await check(bench, .hoursItemNumber, "GAMMEL").problem?.english
                    == "Item GAMMEL is not active in Visma.")
            #expect(try await check(bench, .withdrawalsItemNumber, "X").problem != nil)
            #expect(try await choices(bench, .hoursItemNumber).map(\.value) == ["TIMER"])
            #expect(try await choices(bench, .hoursItemNumber, search: "tim").map(\.value) == ["TIMER"])
            #expect(try await choices(bench, .hoursItemNumber, search: "0%").map(\.value) == ["TIMER"])
            #expect(try await choices(bench, .hoursItemNumber, search: "T%R").isEmpty)
            #expect(try await choices(bench, .hoursItemNumber, search: "_IMER").isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theTaskTellsOnHowManyProjectsItIsMissing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await check(bench, .withdrawalsTask, "90") == SettingCheck())
            #expect(try await check(bench, .withdrawalsTask, "77").problem != nil)
            try await bench.transaction { try Project.insert([.linked(ProjectID("other"), "P-2")], in: $0) }
            let warning = try await check(bench, .withdrawalsTask, "90").warning
            #expect(warning?.english == "1 of 2 projects lack task 90. Withdrawals on them will be stopped.")
            #expect(try await choices(bench, .withdrawalsTask).map(\.value) == ["10", "90"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theFormIsCheckedWithoutVisma(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let ours = try await check(bench, .hoursStartDate, "1.11.2026")
            #expect(ours.problem?.english == "hours.startDate can be: yyyy-mm-dd.")
            #expect(try await check(bench, .hoursStartDate, "2026-11-01") == SettingCheck())
            #expect(try await check(bench, .closedPeriod, "perhaps").problem != nil)
            #expect(try await check(bench, .closedPeriod, "nextOpen") == SettingCheck())
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatFitsComesFirstAmongTheChoices(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await choices(bench, .hoursDebitAccount).isEmpty)
            try await furnish(bench)
            let accounts = try await choices(bench, .withdrawalsDebitAccount)
            #expect(accounts.map(\.value) == ["4300", "1920", "5000"])
            #expect(accounts.map(\.fits) == [true, false, false])
            #expect(accounts.first?.label.norwegian == "4300 Varer")
            #expect(try await choices(bench, .hoursDebitAccount, search: "bank").map(\.value) == ["1920"])
            #expect(try await choices(bench, .closedPeriod).map(\.value) == ["hold", "nextOpen"])
        }
    }

    @Test(arguments: KnownSetting.all.map(\.name))
    func everySettingSaysWhatItDoesInBothLanguages(name: String) throws {
        let setting = try #require(KnownSetting.named(name))
        for text in [setting.title, setting.explanation] {
            #expect(!text.norwegian.isEmpty && text.norwegian != text.english)
        }
        guard case .words(let words) = setting.form else { return }
        let labels = words.map { setting.words(of: $0).norwegian }
        #expect(Set(labels).count == words.count, "each choice has words of its own")
        #expect(words.allSatisfy { setting.faultOfForm($0) == nil })
    }
}
