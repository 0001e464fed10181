import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// Settings are saved together or not at all, and leave who changed what.
@Suite struct SettingsSavingTests {
    private func furnish(_ bench: ExportBench) async throws {
        bench.erp.change { world in
            world.accounts = [
                ERPAccount(number: "5000", name: "Lønn", accountGroup: "5", isActive: true),
                ERPAccount(number: "4300", name: "Varer", accountGroup: "4", isActive: true),
                ERPAccount(number: "6300", name: "Leie", accountGroup: "6", isActive: true),
            ]
            world.accountGroups = ["4", "5", "6"].map { ERPAccountGroup(number: $0, name: $0, isActive: true) }
        }
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
        try await bench.transaction { transaction in
            try CompanySetting.set("withdrawals.accountGroup", "4", in: transaction)
            try CompanySetting.set("withdrawals.debitAccount", "4300", in: transaction)
        }
    }

    @discardableResult
    private func save(_ bench: ExportBench, _ values: [(SyncSettings.Key, String)]) async throws -> [Text] {
        try await bench.transaction { transaction in
            try transaction.saveSettings(
                values.map { (KnownSetting($0), $1) }, facts: ERPFacts.stored(in: transaction), by: "anna")
        }
    }

    private func stored(_ bench: ExportBench, _ key: SyncSettings.Key) async throws -> String? {
        try await bench.transaction { try CompanySetting.get(key.rawValue, in: $0) }
    }

    private func trail(_ bench: ExportBench) async throws -> [String] {
        try await bench.transaction { transaction in
            try transaction.query(
                """
                SELECT actor, subject_id, before_digest, after_digest FROM audit
                WHERE subject_kind = 'setting' OR action = 'job mode' ORDER BY at, id
                """
            ).map { row in
                let (actor, subject): (String, String) = (try row.get("actor"), try row.get("subject_id"))
                let (before, after): (String, String) = (try row.get("before_digest"), try row.get("after_digest"))
                return "\(actor): \(subject) \(before) → \(after)"
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func oneProblemStopsAllAndEveryProblemIsTold(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await furnish(bench)
            let refused = await #expect(throws: SettingsRefused.self) {
                try await save(
                    bench,
                    [
                        (.withdrawalsPrice, "cost"), (.withdrawalsDebitAccount, "9999"), (.closedPeriod, "someday"),
                        (.withdrawalsCreditAccount, "43\u{0}00"),
                    ])
            }
            #expect(
                refused?.problems.keys.sorted() == [
                    "exports.closedPeriod", "withdrawals.creditAccount", "withdrawals.debitAccount",
                ])
            #expect(try await stored(bench, .withdrawalsPrice) == nil)
            #expect(try await stored(bench, .withdrawalsDebitAccount) == "4300")
            #expect(try await trail(bench) == [])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNewAccountGroupAndItsAccountAreSavedTogetherInAnyOrder(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await furnish(bench)
            let values: [(SyncSettings.Key, String)] = [
                (.withdrawalsDebitAccount, "6300"), (.withdrawalsAccountGroup, "6"),
            ]
            #expect(try await save(bench, values) == [])
            #expect(try await stored(bench, .withdrawalsDebitAccount) == "6300")
            // The group alone leaves the account behind, and that is told.
            #expect(try await save(bench, [(.withdrawalsAccountGroup, "4")]).count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aChangeLeavesWhoAndFromWhatToWhatAndWhatStandsIsLeftAlone(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await furnish(bench)
            // The usual choice is the same as none.
            let values: [(SyncSettings.Key, String)] = [
                (.withdrawalsDebitAccount, "4300"), (.withdrawalsPrice, "sales"), (.zeroPriceOverwrites, "no"),
                (.withdrawalsAccountGroup, ""),
            ]
            try await save(bench, values)
            #expect(try await trail(bench) == ["anna: withdrawals.accountGroup 4 → "])
            #expect(try await stored(bench, .withdrawalsAccountGroup) == nil)
            try await save(bench, values)
            #expect(try await trail(bench).count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aModeThatStandsKeepsItsNextRun(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            func next() async throws -> Timestamp? {
                try await bench.transaction {
                    try $0.first("SELECT next_run_at FROM job WHERE name = 'customers'")?.get("next_run_at")
                }
            }
            func set(_ mode: JobMode) async throws {
                try await bench.transaction { try $0.setMode(mode, of: .customers, by: "anna") }
            }
            try await set(.automatic)
            let first = try #require(try await next())
            bench.clock.advance(by: .seconds(7200))
            try await set(.automatic)
            #expect(try await next() == first)
            try await set(.off)
            #expect(try await next() == nil)
            #expect(
                try await trail(bench) == ["anna: customers manual → automatic", "anna: customers automatic → off"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anAutomaticExportNeedsAStartDate(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { try CompanySetting.remove("hours.startDate", in: $0) }
            let refused = await #expect(throws: SettingsRefused.self) {
                try await bench.transaction { try $0.setMode(.automatic, of: .hours, by: "anna") }
            }
            #expect(refused?.problems.keys.sorted() == ["hours.startDate"])
            #expect(try await bench.transaction { try $0.jobModes()[.hours] } == .manual)
            try await bench.transaction { transaction in
                try CompanySetting.set("hours.startDate", "2026-11-01", in: transaction)
                try transaction.setMode(.automatic, of: .hours, by: "anna")
            }
            #expect(try await bench.transaction { try $0.jobModes()[.hours] } == .automatic)
        }
    }
}
