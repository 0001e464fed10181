import HTML
import Proresult

/// What was wrong with a form: at its field where that can be told, else above the form.
struct FormProblems: Error, Sendable, Hashable {
    private var atFields: [String: Text] = [:]
    private var above: [Text] = []

    var isEmpty: Bool { atFields.isEmpty && above.isEmpty }

    subscript(field: String) -> Text? { atFields[field] }

    mutating func add(_ text: Text, at field: String? = nil) {
        guard let field else { return above.append(text) }
        atFields[field] = atFields[field] ?? text
    }

    /// `names`: what the form calls the fields that it shows, by their names in the rules.
    mutating func add(_ broken: ProresultError, names: [String: String]) {
        add(Text(broken.norwegian, broken.english), at: broken.field.flatMap { names[$0] })
    }

    /// What a field says; nil, and noted here, when it cannot be read.
    mutating func read<Value>(_ field: String, _ body: () throws -> Value?) -> Value? {
        do {
            return try body()
        } catch let misread as Misread {
            add(misread.text, at: field)
        } catch {
            add(Text("Feltet kan ikke leses.", "The field cannot be read."), at: field)
        }
        return nil
    }

    /// Above the form everything that was wrong: a field may be folded away, or not be there for this person.
    func markup(_ visit: Visit) -> Markup {
        let told = above + atFields.sorted { $0.key < $1.key }.map(\.value)
        return "\(told.map { "<p class=\"notice stop\" role=\"alert\">\(visit.text($0))</p>" as Markup })"
    }
}

extension Visit {
    /// The answer to a form; when a rule says no, the form `again` with what was wrong. Nothing was changed then.
    func told(
        names: [String: String], _ body: () async throws -> Answer,
        again: (Fields, FormProblems) async throws -> Markup
    ) async throws -> Answer {
        var problems = FormProblems()
        do {
            return try await body()
        } catch let broken as ProresultError where !broken.isAbsence {
            problems.add(broken, names: names)
        } catch let misread as Misread {
            problems.add(misread.text)
        } catch let found as FormProblems {
            problems = found
        } catch is SentBefore {
            problems.add(.sentBefore)
            return .again(try await again(FormOnce.renamed(form), problems))
        }
        return .again(try await again(form, problems))
    }
}
