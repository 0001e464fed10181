/// `GET /v1/projecttransaction`: no filter on texts, employees or references (API.md 4.1).
extension SandboxState {
    mutating func listDocuments(_ call: APICall) throws -> SandboxAnswer {
        let company = try company(call.tenantID)
        if configuration.isStrict && configuration.demandsPeriods {
            for name in ["fromPeriod", "toPeriod"] where call.value(name) == nil {
                throw Refusal("'\(name)' cannot be empty.")
            }
        }
        let rows = try company.documents.filter { try admits($0, call) }
        let listing = Listing<StoredDocument>(
            resource: "projecttransaction", pageLimit: configuration.heavyPageSize, key: \.refNbr,
            lastModified: { OsloTime.text($0.lastModified) }, created: { OsloTime.text($0.created) })
        return try list(rows, listing, call) { [self] in
            documentFields($0, company.records, withNote: call.flag("expandNote") ?? false)
        }
    }

    func document(_ call: APICall) throws -> SandboxAnswer {
        let company = try company(call.tenantID)
        guard let found = company.documents.first(where: { sameKey($0.refNbr, call.key()) }) else {
            throw Refusal("Document '\(call.key())' cannot be found in the system.", status: 404)
        }
        let metadata = SandboxState.metadata(total: 1, limit: configuration.heavyPageSize)
        return .record(documentFields(found, company.records, withNote: true), etag: true, metadata: metadata)
    }

    /// A document is listed when one of its lines answers every question about lines.
    private func admits(_ document: StoredDocument, _ call: APICall) throws -> Bool {
        if let status = call.value("status"), document.status != status { return false }
        if let module = call.value("module"), document.module != module { return false }
        let from = try period(call, "fromPeriod")
        let to = try period(call, "toPeriod")
        var day: String?
        if let date = call.value("date") {
            guard let stamp = DateFilter.normalised(date) else {
                throw Refusal("The value '\(date)' is not valid for date.")
            }
            day = String(stamp.prefix(10))
        }
        if document.lines.isEmpty { return configuration.listsEmptyDocuments }
        return document.lines.contains { line in
            if let project = call.value("project"), !sameKey(line.project, project) { return false }
            if let task = call.value("projectTask"), !sameKey(line.task, task) { return false }
            if let branch = call.value("branch"), !sameKey(line.branch, branch) { return false }
            if let billable = call.flag("billable"), line.isBillable != billable { return false }
            if let from, line.period < from { return false }
            if let to, line.period > to { return false }
            return day == nil || line.date == day
        }
    }

    private func period(_ call: APICall, _ name: String) throws -> String? {
        guard let text = call.value(name) else { return nil }
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Refusal("The value '\(text)' is not valid for \(name).")
        }
        return text
    }
}
