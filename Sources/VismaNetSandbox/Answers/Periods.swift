/// `/v1/financialPeriod` (API.md 3.7): no paging, no last-modified, no version.
extension SandboxState {
    mutating func listPeriods(_ call: APICall) throws -> SandboxAnswer {
        let listing = Listing<PeriodRecord>(
            resource: "financialPeriod", pageLimit: nil, hasMetadata: false, key: \.period)
        return try list(try records(call).periods, listing, call) { [self] in periodFields($0) }
    }

    func period(_ call: APICall) throws -> SandboxAnswer {
        guard let found = try records(call).periods.first(where: { $0.period == call.key() }) else {
            throw Refusal("Financial period '\(call.key())' cannot be found in the system.", status: 404)
        }
        return .record(periodFields(found), etag: false)
    }

    private func periodFields(_ period: PeriodRecord) -> Fields {
        var fields = Fields()
        fields.add("year", period.year)
        fields.add("period", period.period)
        fields.add("startDate", shownDay(period.startDate))
        fields.add("endDate", shownDay(configuration.periodEndIsExclusive ? nextDay(period.endDate) : period.endDate))
        fields.add("description", period.description)
        fields.add("active", period.active)
        for ledger in ["Supplier Ledger", "Customer Ledger", "Inventory Management", "General Ledger"] {
            fields.add("closedIn" + ledger.filter { $0 != " " }, period.closedInGeneralLedger)
        }
        fields.add("closedInCashManagement", period.closedInGeneralLedger)
        fields.add("closedInFixedAssets", period.closedInGeneralLedger)
        return fields
    }

    private func nextDay(_ day: String) -> String {
        guard let start = OsloTime.milliseconds(local: day + "T12:00:00.000") else { return day }
        return OsloTime.day(start + 86_400_000)
    }
}
