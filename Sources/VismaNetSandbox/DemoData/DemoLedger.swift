import Foundation

/// The small tables of the accounts: branches, accounts by the Norwegian standard (NS 4102), groups, units.
enum DemoLedger {
    static func branches() -> [BranchRecord] {
        [
            BranchRecord(branchID: 1, number: "1", name: "Fjordbygg Førde"),
            BranchRecord(branchID: 2, number: "2", name: "Fjordbygg Bergen"),
        ]
    }

    /// Two of three belong to the first branch.
    static func branchNumber(_ index: Int) -> String {
        index % 3 == 2 ? "2" : "1"
    }

    static func accountGroups() -> [AccountGroupRecord] {
        [
            AccountGroupRecord(id: "3", description: "Prosjektinntekt"),
            AccountGroupRecord(id: "4", description: "Varekost"),
            AccountGroupRecord(id: "5", description: "Timekost/Lønn"),
            AccountGroupRecord(id: "6", description: "Fremmedytelser"),
            AccountGroupRecord(id: "7", description: "Andre prosjektkostnader"),
            AccountGroupRecord(id: "9", description: "Utgått kostnadsgruppe", active: false),
        ]
    }

    /// The hours go to 5000 against 5990, the withdrawals to 4300 against 4390.
    static func accounts(times: DemoTimes, random: inout SplitMix64) -> [AccountRecord] {
        let rows: [(number: String, text: String, type: String, group: String?)] = [
            ("1200", "Maskiner og anlegg", "Asset", nil),
            ("1460", "Innkjøpte varer for videresalg", "Asset", nil),
            ("1500", "Kundefordringer", "Asset", nil),
            ("1530", "Opptjent, ikke fakturert driftsinntekt", "Asset", nil),
            ("1920", "Bankinnskudd", "Asset", nil),
            ("2000", "Aksjekapital", "Liability", nil),
            ("2400", "Leverandørgjeld", "Liability", nil),
            ("2700", "Utgående merverdiavgift", "Liability", nil),
            ("2780", "Påløpt arbeidsgiveravgift", "Liability", nil),
            ("3000", "Salgsinntekt, avgiftspliktig", "Income", "3"),
            ("3100", "Salgsinntekt, avgiftsfri", "Income", "3"),
            ("4000", "Innkjøp av råvarer og halvfabrikata", "Expense", "4"),
            ("4300", "Innkjøp av varer for videresalg (varekost)", "Expense", "4"),
            ("4390", "Motkonto vareuttak", "Expense", nil),
            ("4399", "Varekost, utgått konto", "Expense", "4"),
            ("4500", "Fremmedytelser og underentreprise", "Expense", "6"),
            ("5000", "Lønn til ansatte", "Expense", "5"),
            ("5010", "Overtidslønn", "Expense", "5"),
            ("5400", "Arbeidsgiveravgift", "Expense", nil),
            ("5990", "Motkonto timekost prosjekt", "Expense", nil),
            ("6300", "Leie lokale", "Expense", nil),
            ("6500", "Motordrevet verktøy", "Expense", "7"),
            ("7000", "Drivstoff", "Expense", "7"),
            ("7140", "Reisekostnad", "Expense", "7"),
        ]
        return rows.enumerated().map { index, row in
            AccountRecord(
                accountID: 1_100 + index, accountCD: row.number, description: row.text, type: row.type,
                accountGroup: row.group, active: row.number != "4399", lastModified: times.lastModified(&random))
        }
    }

    static func subaccounts(times: DemoTimes, random: inout SplitMix64) -> [SubaccountRecord] {
        let rows = [
            ("000000", "Ikke fordelt"), ("100000", "Avdeling Førde"), ("200000", "Avdeling Bergen"),
            ("100010", "Førde, rør"), ("200010", "Bergen, rør"), ("900000", "Nedlagt avdeling"),
        ]
        return rows.enumerated().map { index, row in
            SubaccountRecord(
                subaccountID: 480 + index, number: row.0, description: row.1, active: row.0 != "900000",
                lastModified: times.lastModified(&random))
        }
    }

    static func units() -> [UnitRecord] {
        let rows: [(from: String, to: String, multiply: Bool, rate: Int)] = [
            ("STK", "STK", true, 1), ("M", "M", true, 1), ("M2", "M2", true, 1), ("M3", "M3", true, 1),
            ("KG", "KG", true, 1), ("L", "L", true, 1), ("PAK", "PAK", true, 1), ("RULL", "RULL", true, 1),
            ("TIMER", "TIMER", true, 1),
            ("PAK", "STK", true, 100), ("ESK", "STK", true, 12), ("BUNT", "M", true, 50), ("RULL", "M", true, 100),
            ("PALL", "M2", true, 60), ("TONN", "KG", true, 1_000), ("SPANN", "L", true, 10),
            ("MIN", "TIMER", false, 60), ("CM", "M", false, 100),
        ]
        return rows.map { UnitRecord(fromUnit: $0.from, toUnit: $0.to, multiply: $0.multiply, rate: Decimal($0.rate)) }
    }
}
