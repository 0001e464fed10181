import Foundation
import Hummingbird

/// Why a person could not release a document.
struct ReleaseRefused: Error, CustomStringConvertible {
    var description: String
}

extension Sandbox {
    /// The page for people, at `/`: what "Visma" holds now, and a person's own release.
    func addPage(to router: Router<SandboxContext>) {
        addPageRoutes(to: router, model: { self.pageModel() }, release: { try self.releaseByHand($0) })
    }

    /// `id` is that of a `PageDocument`.
    private func releaseByHand(_ id: String) throws {
        guard let document = pageModel().document(id) else { throw ReleaseRefused(description: "Bilaget finnes ikke.") }
        guard document.canBeReleased else { throw ReleaseRefused(description: "Bilaget kan ikke frigis.") }
        release(document.refNbr, in: document.tenantID)
    }

    func pageModel() -> PageModel {
        let snapshot = snapshot()
        var model = PageModel()
        for company in snapshot.companies {
            model.companies.append(company.records)
            let names = Dictionary(
                company.records.employees.map { ($0.employeeNumber, "\($0.firstName) \($0.lastName)") },
                uniquingKeysWith: { first, _ in first })
            for document in company.documents {
                model.documents.append(
                    PageDocument(
                        id: "\(company.records.tenantID):\(document.refNbr)", tenantID: company.records.tenantID,
                        refNbr: document.refNbr, description: document.description, status: document.status,
                        created: OsloTime.text(document.created).replacing("T", with: " ").prefix(19).description,
                        lines: document.lines.map { PageLine($0, employeeNames: names) }))
            }
        }
        return model
    }
}

extension PageLine {
    fileprivate init(_ line: StoredLine, employeeNames: [String: String]) {
        self.init(
            date: line.date, period: line.period, project: line.project, task: line.task,
            employeeNumber: line.employee ?? "", employeeName: line.employee.flatMap { employeeNames[$0] } ?? "",
            itemNumber: line.item ?? "", description: line.description, quantity: line.quantity, unit: line.unit,
            rate: line.unitRate, amount: line.amount, billableQuantity: line.billableQuantity,
            accountGroup: line.accountGroup ?? "", debitAccount: line.debitAccount ?? "",
            debitSubaccount: line.debitSubaccount ?? "", creditAccount: line.creditAccount ?? "",
            creditSubaccount: line.creditSubaccount ?? "")
    }
}
