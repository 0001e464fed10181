import Foundation
import HTML
import Persistence
import Proresult

/// Bringing goods back: all that is left stands there, and less can be written.
enum GoodsReturning {
    static let names = ["quantity": "antall", "date": "dato"]

    static func markup(
        _ visit: Visit, _ row: WithdrawalRow, action: String, typed: Fields, problems: FormProblems,
        workers: [Worker] = []
    ) throws -> Markup {
        guard row.leftToReturn > 0 else {
            return row.isReturn ? .nothing : "<p id=\"retur\">\(visit.text(.allReturned))</p>"
        }
        let (left, unit) = (row.leftToReturn, row.withdrawal.unit)
        let most = [visit.language.quantity(left), unit].filter { !$0.isEmpty }.joined(separator: " ")
        let quantity = Field(
            "antall", Text("Antall som kommer tilbake", "Quantity that comes back"),
            value: typed.has("antall") ? typed["antall"] : left.typed(visit.language),
            hint: Text("Høyst \(most).", "At most \(most)."), problem: problems["antall"].map(visit.text),
            isRequired: true, attributes: [("inputmode", "decimal"), ("autocomplete", "off")], id: "f-retur-antall")
        let date = Field(
            "dato", .workDate, value: typed.has("dato") ? typed["dato"] : try visit.today.description, kind: "date",
            problem: problems["dato"].map(visit.text), isRequired: true, id: "f-retur-dato")
        let worker = Field(
            "arbeider", Text("Levert tilbake av", "Brought back by"),
            value: typed.has("arbeider") ? typed["arbeider"] : row.withdrawal.workerID.text,
            choices: workers.map { ($0.id.text, "\($0.name) (\($0.employeeNumber))") }, id: "f-retur-arbeider")
        return """
            <section class="card" id="retur"><h2>\(Icon.broughtBack) \(visit.text(.broughtBack))</h2>
            \(problems.markup(visit))
            <form method="post" action="\(action)"\(Drafts.mark(visit, action))>\(FormParts.token(visit))\(FormOnce.markup(visit, typed))
            <div class="side-by-side">\(quantity.markup(visit))\(date.markup(visit))</div>
            \(workers.isEmpty ? .nothing : worker.markup(visit))
            <button class="primary">\(visit.text(Text("Lagre retur", "Save the return")))</button></form></section>
            """
    }

    /// Registers what came back; sending the same form again changes nothing.
    static func register(_ visit: Visit, of id: WithdrawalID, by worker: WorkerID) async throws -> Withdrawal {
        let (form, actor, today) = (visit.form, try visit.actor, try visit.today)
        var problems = FormProblems()
        let quantity = problems.read("antall") { try form.decimal("antall", .quantity) }
        let date = problems.read("dato") { try form.date("dato", .workDate) }
        if form["antall"].isEmpty {
            problems.add(Text("Skriv hvor mye som kommer tilbake.", "Write how much comes back."), at: "antall")
        }
        guard problems.isEmpty, let quantity, let date else { throw problems }
        let reference = try FormOnce.reference(visit)
        let returnID = WithdrawalID(using: visit.office.randomness)
        return try await visit.writeOnce { transaction in
            if let known = try Withdrawal.find(externalReference: reference, in: transaction) {
                guard (known.returnsWithdrawalID, known.quantity, known.date) == (id, -quantity, date) else {
                    throw SentBefore()
                }
                return known
            }
            return try Withdrawal.returnGoods(
                of: id, quantity: quantity, by: worker, date: date, returnID: returnID,
                externalReference: reference, actor: actor, today: today, at: visit.now, in: transaction)
        }
    }
}
