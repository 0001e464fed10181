import Foundation

/// `POST /v1/projecttransaction`: 201 with Location and ETag and no body (API.md 4).
extension SandboxState {
    mutating func createDocument(_ call: APICall) throws -> SandboxAnswer {
        if call.fault?.kind == .lateCommit {
            let due = clockNow() + (call.fault?.seconds ?? 30) * 1000
            late.append(LateCommit(due: due, call: call))
            return SandboxAnswer(status: 202)
        }
        let document = try stored(call)
        return SandboxAnswer(
            status: 201,
            headers: [
                .init("Location", "\(call.call.origin)/v1/projecttransaction/\(document.refNbr)"),
                .init("ETag", "\"\(RowVersion.of(number: UInt64(document.version)))\""),
            ])
    }

    /// The whole document or nothing.
    mutating func stored(_ call: APICall) throws -> StoredDocument {
        let body = try TransactionBody(call.call.body, strict: configuration.isStrict)
        closeBeforeCommit(body, call)
        let company = try company(call.tenantID)
        var document = try newDocument(body, number: nextNumber(company), company)
        var tranID = nextTranID(company)
        let rules = lineRules(company.records)
        for line in body.lines {
            guard line.operation == nil || line.operation == "Insert" else {
                throw Refusal("The line cannot be found in the system.")
            }
            document.lines.append(numbered(try rules.stored(line), &tranID))
        }
        alterTexts(&document, call.fault)
        commit(document, .created, call.tenantID, request: call.number, clientID: call.clientID)
        return document
    }

    func lineRules(_ records: CompanyRecords) -> LineRules {
        LineRules(company: records, configuration: configuration, today: OsloTime.day(now()))
    }

    func numbered(_ line: StoredLine, _ tranID: inout Int) -> StoredLine {
        var line = line
        line.tranID = tranID
        line.lastModified = now()
        tranID += 1
        return line
    }

    private func newDocument(_ body: TransactionBody, number: String, _ company: Company) throws -> StoredDocument {
        if configuration.isStrict {
            guard body.refNbr == nil else { throw Refusal("'Reference no.' is numbered automatically.") }
            guard !body.lines.isEmpty || configuration.acceptsEmptyDocuments else {
                throw Refusal("The document has no lines.")
            }
        }
        guard body.lines.count <= configuration.maximumLines else { throw Refusal("The document has too many lines.") }
        let asked = configuration.honoursHold || body.status != "Hold" ? body.status : nil
        let status = asked ?? configuration.defaultDocumentStatus
        guard status != "Released" || configuration.acceptsReleasedOnCreate else {
            throw Refusal("The document cannot be created with the status Released.")
        }
        return StoredDocument(
            refNbr: number, description: try documentText(body.description ?? ""), status: status,
            module: body.module ?? "ModulePM", note: body.note ?? "", lines: [], created: now(), lastModified: now(),
            version: nextVersion(), reverses: nil)
    }

    func documentText(_ text: String) throws -> String {
        guard text.count > configuration.documentTextLength else { return text }
        guard configuration.longText == .cut else {
            throw Refusal("The string value exceeds the maximum length of 'Description'.")
        }
        return String(text.prefix(configuration.documentTextLength))
    }

    /// PM00000001 and on.
    func nextNumber(_ company: Company) -> String {
        let digits = String(company.lastNumber + 1)
        return "PM" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    func nextTranID(_ company: Company) -> Int { company.lastTranID + 1 }

    /// Versions are counted per database, not per company.
    func nextVersion() -> Int { lastVersion + 7 }

    /// F32 and F35: a person closes something between the caller's check and this commit.
    private mutating func closeBeforeCommit(_ body: TransactionBody, _ call: APICall) {
        guard let line = body.lines.first else { return }
        let stamp = stampNow()
        change(call.tenantID) { company in
            switch call.fault?.kind {
            case .periodCloses:
                let date = line.date ?? String(stamp.prefix(10))
                for index in company.records.periods.indices
                where company.records.periods[index].period == line.period
                    || company.records.periods[index].startDate <= date
                        && date <= company.records.periods[index].endDate
                {
                    company.records.periods[index].closedInGeneralLedger = true
                }
            case .projectCloses:
                for index in company.records.projects.indices
                where sameKey(company.records.projects[index].projectID, line.project) {
                    company.records.projects[index].status = "Completed"
                    company.records.projects[index].lastModified = stamp
                }
            default: break
            }
        }
    }

    /// F36.
    private func alterTexts(_ document: inout StoredDocument, _ fault: FaultRule?) {
        guard let fault, fault.kind == .textChanged else { return }
        func altered(_ text: String) -> String {
            fault.variant == "case" ? text.uppercased() : String(text.prefix(max(0, fault.size ?? 60)))
        }
        document.description = altered(document.description)
        for index in document.lines.indices {
            document.lines[index].description = altered(document.lines[index].description)
        }
    }
}
