import Foundation
import HTML
import Persistence
import Proresult

/// The form of a withdrawal, the same in the office and on the telephone: what a person may see and change of the
/// goods, what is typed, and what was wrong with that.
struct WithdrawalForm: Sendable {
    /// What the company's settings let this person do.
    var terms: GoodsTerms
    /// Nil for free text.
    var item: Item?
    /// The line that is being changed.
    var changing: Withdrawal?
    var typed: Fields
    var problems = FormProblems()
    /// For the office, which registers for others.
    var workers: [Worker] = []
    /// When a line can be moved to another project.
    var projects: [ChoosableProject] = []

    /// What the form calls the fields of the rules.
    static let names = [
        "quantity": "antall", "date": "dato", "text": "tekst", "unit": "enhet", "salesPrice": "pris",
        "costPrice": "innpris", "discountPercent": "rabatt", "extraText": "ekstratekst", "note": "merknad",
    ]

    /// Reads what was typed. What the form does not show stays as it is on the line, or comes from the item.
    static func draft(
        _ form: Fields, worker: WorkerID, project: ProjectID, item: ItemID?, changing: Withdrawal? = nil
    ) throws -> WithdrawalDraft {
        var problems = FormProblems()
        func number(_ name: String, _ label: Text) -> Decimal? {
            problems.read(name) { try form.decimal(name, label) }
        }
        let date = problems.read("dato") { try form.date("dato", .workDate) }
        let quantity = number("antall", .quantity)
        if form["antall"].isEmpty { problems.add(.howMany, at: "antall") }
        let (price, cost) = (number("pris", .salesPrice), number("innpris", .costPrice))
        let discount = number("rabatt", .discount)
        guard problems.isEmpty, let date, let quantity else { throw problems }
        var draft =
            changing.map(WithdrawalDraft.init)
            ?? WithdrawalDraft(workerID: worker, projectID: project, itemID: item, date: date, quantity: quantity)
        (draft.workerID, draft.projectID, draft.date, draft.quantity) = (worker, project, date, quantity)
        if form.has("tekst") { draft.text = form["tekst"].isEmpty && item != nil ? nil : form["tekst"] }
        if form.has("enhet") { draft.unit = form["enhet"].isEmpty && item != nil ? nil : form["enhet"] }
        if form.has("pris") { draft.salesPrice = price }
        if form.has("innpris") { draft.costPrice = cost }
        if form.has("rabatt") { draft.discountPercent = discount ?? 0 }
        // The box alone would not tell whether it was there: without a tick it sends nothing.
        if form.has("ekstratekst") {
            draft.isExtraCost = form["ekstra"] == "yes"
            draft.extraText = form["ekstratekst"]
        }
        draft.note = form["merknad"]
        return draft
    }
}

/// What a person may see and change of the goods on a line.
struct GoodsTerms: Sendable {
    var mayChangeTerms: Bool
    var seesCostPrice: Bool
    var allowsFreeText: Bool
    var seesOthers: Bool
    var allowsExtraCost: Bool
    /// The office writes for others and gives discounts.
    var isOffice: Bool

    init(of actor: Actor, isOffice: Bool, in transaction: CompanyTransaction) throws {
        let rules = try CompanySetting.Rules(in: transaction)
        mayChangeTerms = rules.mayChangeTextPriceUnit(actor)
        seesCostPrice = rules.seesCostPrice(actor)
        allowsFreeText = rules.allowsFreeText
        seesOthers = rules.seesOthersWithdrawals(actor)
        allowsExtraCost = rules.allowsExtraCost
        self.isOffice = isOffice
    }
}

extension WithdrawalDraft {
    /// Whether a line says this already.
    func isSaid(by line: Withdrawal) -> Bool {
        let stored = WithdrawalDraft(line)
        var written = self
        (written.text, written.unit) = (text ?? stored.text, unit ?? stored.unit)
        (written.salesPrice, written.costPrice) = (salesPrice ?? stored.salesPrice, costPrice ?? stored.costPrice)
        return written == stored
    }
}

extension Fields {
    /// A line as it stands in the form.
    init(_ line: Withdrawal, _ language: Language) {
        self.init([
            ("arbeider", line.workerID.text), ("prosjekt", line.projectID.text), ("dato", line.date.description),
            ("antall", line.quantity.typed(language)), ("tekst", line.text), ("enhet", line.unit),
            ("pris", line.salesPrice.typed(language)), ("innpris", line.costPrice.typed(language)),
            ("rabatt", line.discountPercent == 0 ? "" : line.discountPercent.typed(language)),
            ("ekstra", line.isExtraCost ? "yes" : ""), ("ekstratekst", line.extraText), ("merknad", line.note),
        ])
    }
}

extension Decimal {
    /// As a person types it: without blanks, with the decimal sign of the language.
    func typed(_ language: Language) -> String {
        language == .norwegian ? description.replacing(".", with: ",") : description
    }
}
