/// `PUT /v1/projecttransaction/{refNbr}`: unreleased documents only; 204, or 412 when If-Match is stale (API.md 2.3, 4.7).
extension SandboxState {
    mutating func changeDocument(_ call: APICall) throws -> SandboxAnswer {
        let company = try company(call.tenantID)
        guard var document = company.documents.first(where: { sameKey($0.refNbr, call.key()) }) else {
            throw Refusal("Document '\(call.key())' cannot be found in the system.", status: 404)
        }
        if configuration.enforcesIfMatch, let asked = call.call.header("If-Match"), !matches(asked, document) {
            throw Refusal(SandboxAnswer(status: 412))
        }
        let body = try TransactionBody(call.call.body, strict: configuration.isStrict)
        guard document.status != "Released" else {
            throw Refusal("The document \(document.refNbr) is released and cannot be changed.")
        }
        try apply(body, to: &document, company)
        document.version = nextVersion()
        document.lastModified = now()
        commit(document, .changed, call.tenantID, request: call.number, clientID: call.clientID)
        let etag = RowVersion.of(number: UInt64(document.version))
        return SandboxAnswer(status: 204, headers: [.init("ETag", "\"\(etag)\"")])
    }

    private func matches(_ asked: String, _ document: StoredDocument) -> Bool {
        let current = RowVersion.of(number: UInt64(document.version))
        return asked.split(separator: ",").contains { part in
            let text = part.filter { $0 != " " }
            return text == "*" || text == "\"\(current)\""
        }
    }

    private func apply(_ body: TransactionBody, to document: inout StoredDocument, _ company: Company) throws {
        if let refNbr = body.refNbr, !sameKey(refNbr, document.refNbr) {
            throw Refusal("'Reference no.' cannot be changed.")
        }
        if let text = body.description { document.description = try documentText(text) }
        if let note = body.note { document.note = note }
        if let module = body.module { document.module = module }
        if let status = body.status {
            guard status != "Released" else { throw Refusal("A document is released in the ERP only.") }
            document.status = status
        }
        var tranID = nextTranID(company)
        let rules = lineRules(company.records)
        for line in body.lines {
            if line.operation == nil || line.operation == "Insert" {
                document.lines.append(numbered(try rules.stored(line), &tranID))
                continue
            }
            guard let index = document.lines.firstIndex(where: { $0.tranID == line.tranID }) else {
                throw Refusal("The line cannot be found in the system.")
            }
            if line.operation == "Delete" {
                document.lines.remove(at: index)
            } else {
                var identity = document.lines[index].tranID
                let merged = line.filled(from: document.lines[index], configuration.periodLayout)
                document.lines[index] = numbered(try rules.stored(merged), &identity)
            }
        }
    }
}

extension TransactionBody.Line {
    /// What was left out keeps its value; the amount is counted anew unless it is sent.
    func filled(from stored: StoredLine, _ layout: SandboxConfiguration.PeriodLayout) -> TransactionBody.Line {
        var line = self
        line.date = date ?? stored.date
        line.item = item ?? stored.item
        line.unit = unit ?? stored.unit
        line.quantity = quantity ?? stored.quantity
        line.billableQuantity = billableQuantity ?? stored.billableQuantity
        line.unitRate = unitRate ?? stored.unitRate
        line.isBillable = isBillable ?? stored.isBillable
        line.usesBillableQuantity = usesBillableQuantity ?? stored.usesBillableQuantity
        line.period = period ?? layout.shown(stored.period)
        line.project = project ?? stored.project
        line.task = task ?? stored.task
        line.accountGroup = accountGroup ?? stored.accountGroup
        line.debitAccount = debitAccount ?? stored.debitAccount
        line.creditAccount = creditAccount ?? stored.creditAccount
        line.debitSubaccount = debitSubaccount ?? stored.debitSubaccount
        line.creditSubaccount = creditSubaccount ?? stored.creditSubaccount
        line.branch = branch ?? stored.branch
        line.employee = employee ?? stored.employee
        line.customerVendor = customerVendor ?? stored.customer
        line.location = location ?? stored.location
        line.description = description ?? stored.description
        line.note = note ?? stored.note
        return line
    }
}

extension SandboxConfiguration.PeriodLayout {
    /// `YYYYPP` as lines show it.
    func shown(_ period: String) -> String {
        switch self {
        case .yearMonth: period
        case .monthYear: String(period.suffix(2) + period.prefix(4))
        }
    }
}
