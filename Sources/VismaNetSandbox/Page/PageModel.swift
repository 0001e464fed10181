import Foundation

/// What the page for people shows: a copy of the sandbox at one moment.
struct PageModel: Sendable {
    var companies: [CompanyRecords] = []
    /// In the order in which they were stored, the oldest first.
    var documents: [PageDocument] = []

    func document(_ id: String) -> PageDocument? {
        documents.first { $0.id == id }
    }

    func companyName(_ tenantID: String) -> String {
        companies.first { $0.tenantID == tenantID }?.name ?? tenantID
    }
}

/// One document of project transactions.
struct PageDocument: Sendable {
    /// Unique over all companies of the sandbox, for addresses; `refNbr` alone is unique inside a company only.
    var id: String
    var tenantID: String
    var refNbr: String
    var description: String
    /// `Hold` `Balanced` `Released`
    var status: String
    /// When the document was stored, as text for people.
    var created: String
    var lines: [PageLine]

    var amount: Decimal { lines.reduce(0) { $0 + $1.amount } }
    var quantity: Decimal { lines.reduce(0) { $0 + $1.quantity } }

    /// `202611`, or several with commas.
    var periods: String { Set(lines.map(\.period)).sorted().joined(separator: ", ") }

    /// Only a complete document can be released (API.md 4.4).
    var canBeReleased: Bool { status == "Balanced" }
}

struct PageLine: Sendable {
    /// `yyyy-MM-dd`
    var date: String
    /// `YYYYPP`
    var period: String
    var project: String
    var task: String
    var employeeNumber: String = ""
    var employeeName: String = ""
    var itemNumber: String
    var description: String
    var quantity: Decimal
    var unit: String
    var rate: Decimal
    var amount: Decimal
    var billableQuantity: Decimal = 0
    var accountGroup: String = ""
    var debitAccount: String = ""
    var debitSubaccount: String = ""
    var creditAccount: String = ""
    var creditSubaccount: String = ""
}
