/// Why a person could not release a document.
struct ReleaseRefused: Error, CustomStringConvertible {
    var description: String
}

/// What the pages for people show and do, on the sandbox that runs.
extension Sandbox {
    func pageModel() -> PageModel {
        let snapshot = snapshot()
        let documents = snapshot.companies.flatMap { company in
            company.documents.map { (company: company.records, document: $0) }
        }
        return PageModel(
            companies: snapshot.companies.map(\.records),
            documents: documents.sorted { $0.document.created < $1.document.created }
                .map { PageDocument($0.document, of: $0.company) })
    }

    /// `id` is that of a `PageDocument`.
    func releaseByHand(_ id: String) throws {
        guard let document = pageModel().document(id) else { throw ReleaseRefused(description: "Bilaget finnes ikke.") }
        guard document.canBeReleased else { throw ReleaseRefused(description: "Bilaget kan ikke frigis.") }
        release(document.refNbr, in: document.tenantID)
    }
}

extension PageDocument {
    init(_ document: StoredDocument, of company: CompanyRecords) {
        let created = OsloTime.text(document.created)
        self.init(
            id: "\(company.organizationCd)-\(company.tenantID)-\(document.refNbr)", tenantID: company.tenantID,
            refNbr: document.refNbr, description: document.description, status: document.status,
            created: "\(created.prefix(10)) \(created.dropFirst(11).prefix(5))",
            lines: document.lines.map { PageLine($0, of: company) })
    }
}

extension PageLine {
    init(_ line: StoredLine, of company: CompanyRecords) {
        let employee = company.employees.first { sameKey($0.employeeNumber, line.employee) }
        self.init(
            date: line.date, period: line.period, project: line.project, task: line.task,
            employeeNumber: line.employee ?? "",
            employeeName: employee.map { "\($0.firstName) \($0.lastName)" } ?? "", itemNumber: line.item ?? "",
            description: line.description, quantity: line.quantity, unit: line.unit, rate: line.unitRate,
            amount: line.amount, billableQuantity: line.billableQuantity, accountGroup: line.accountGroup ?? "",
            debitAccount: line.debitAccount ?? "", debitSubaccount: line.debitSubaccount ?? "",
            creditAccount: line.creditAccount ?? "", creditSubaccount: line.creditSubaccount ?? "")
    }
}
