import HTML
import Persistence
import Proresult

/// A form that registers something has a name of its own, so that sending it twice registers once.
enum FormOnce {
    static let field = "skjema"

    /// The name that the form has already, or a new one.
    static func markup(_ visit: Visit, _ typed: Fields) -> Markup {
        let name = typed[field].isEmpty ? Identifier<FormOnce>(using: visit.office.randomness).text : typed[field]
        return "<input type=\"hidden\" name=\"\(field)\" value=\"\(name)\">"
    }

    /// What a record that comes from this form is called from outside.
    static func reference(_ visit: Visit) throws -> String {
        let name = visit.form[field]
        guard !name.isEmpty, name.utf8.count <= 64 else { throw Refusal.badRequest(.formTooOld) }
        return "web:\(try visit.actor.username):\(name)"
    }

    /// The fields of a form that was sent before with something else in it: it gets a new name, so that pressing again
    /// registers it beside the first.
    static func renamed(_ typed: Fields) -> Fields { typed.with(field, nil) }
}

/// Thrown when a form was sent before, with something else in it.
struct SentBefore: Error {}

extension Visit {
    /// A change that first looks for what the same form made before. When two are sent at the same moment, the one that
    /// comes second is told so by the database, and then finds what the first one wrote.
    func writeOnce<Result: Sendable>(
        _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await write(body)
        } catch SQLError.constraint(.unique, _) {
            return try await write(body)
        } catch ProresultError.taken(_, field: "reference", _, _) {
            return try await write(body)
        }
    }
}

extension Text {
    static let sentBefore = Text(
        "Dette skjemaet er alt sendt, med noe annet i. Det første er lagret. Trykk Lagre en gang til hvis dette skal lagres i tillegg.",
        "This form was sent before, with something else in it. The first is saved. Press Save once more if this is to be saved too."
    )
}
