import HTML
import Persistence
import Proresult

/// Taking out goods, the same in the office and on the telephone: choose, write how much, save.
enum GoodsTaking {
    /// The choices and the form under them. `fields` are those of the address, or of the form that is shown again.
    static func content(
        _ visit: Visit, _ choice: GoodsChoice, _ fields: Fields, _ problems: FormProblems
    ) throws -> Markup {
        var form: Markup = .nothing
        if choice.project != nil, choice.item != nil || choice.isFreeText {
            form = WithdrawalForm(
                terms: choice.terms, item: choice.item, typed: try typed(visit, fields, choice.item),
                problems: problems
            ).markup(visit, action: choice.path, hidden: choice.hidden, isNew: true)
        }
        return "\(problems.markup(visit))\(choice.markup(visit))\(form)"
    }

    /// Registers what is typed. The same form sent again finds its line and changes nothing.
    static func register(_ visit: Visit, for worker: WorkerID) async throws -> Withdrawal {
        let (form, actor, today) = (visit.form, try visit.actor, try visit.today)
        let reference = try FormOnce.reference(visit)
        let id = WithdrawalID(using: visit.office.randomness)
        let item = form["vare"].isEmpty ? nil : ItemID(form["vare"])
        let draft = try WithdrawalForm.draft(
            form, worker: worker, project: ProjectID(form["prosjekt"]), item: item)
        return try await visit.writeOnce { transaction in
            if let known = try Withdrawal.find(externalReference: reference, in: transaction) {
                guard draft.isSaid(by: known) else { throw SentBefore() }
                return known
            }
            return try Withdrawal.register(
                draft, id: id, externalReference: reference, by: actor, today: today, at: visit.now, in: transaction)
        }
    }

    static func saved(_ visit: Visit, _ line: Withdrawal) -> Text {
        .withdrawn(
            [visit.language.quantity(line.quantity), line.unit].filter { !$0.isEmpty }.joined(separator: " "), line.text
        )
    }

    /// A form that is opened has one of the item, today; text and price are the item's.
    private static func typed(_ visit: Visit, _ fields: Fields, _ item: Item?) throws -> Fields {
        guard !fields.has("antall") else { return fields }
        var typed = Fields([("dato", try visit.today.description), ("antall", "1")])
        if let item {
            typed = typed.with("tekst", item.name).with("enhet", item.unit)
                .with("pris", item.salesPrice.typed(visit.language))
                .with("innpris", item.costPrice.typed(visit.language))
        }
        return typed
    }
}
