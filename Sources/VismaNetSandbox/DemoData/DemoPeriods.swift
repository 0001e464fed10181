/// Monthly periods of four years: the two before this one, this one and the next.
enum DemoPeriods {
    private static let names = [
        "Januar", "Februar", "Mars", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Desember",
    ]

    /// Open in the ledger are last month, this month and the rest of the year; next year is not active yet.
    static func make(today: DemoDay) -> [PeriodRecord] {
        let thisMonth = today.year * 12 + today.month
        return (today.year - 2...today.year + 1).flatMap { year in
            names.enumerated().map { index, name in
                let month = index + 1
                return PeriodRecord(
                    period: "\(padded(year, 4))\(padded(month, 2))", year: year,
                    startDate: DemoDay(year: year, month: month, day: 1).text,
                    endDate: lastDay(year: year, month: month).text, description: "\(name) \(year)",
                    active: year <= today.year, closedInGeneralLedger: year * 12 + month < thisMonth - 1)
            }
        }
    }

    private static func lastDay(year: Int, month: Int) -> DemoDay {
        let next =
            month == 12 ? DemoDay(year: year + 1, month: 1, day: 1) : DemoDay(year: year, month: month + 1, day: 1)
        return next.adding(days: -1)
    }
}
