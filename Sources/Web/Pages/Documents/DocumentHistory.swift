import HTML
import Persistence
import Proresult
import Sync

/// How a document went: every attempt in plain words with the original text folded below, and every change of state.
enum DocumentHistory {
    static func attempts(_ visit: Visit, _ trail: ExportTrail) -> Markup {
        guard !trail.attempts.isEmpty else { return .nothing }
        var table = DataTable(
            [
                .init(Text("Forsøk", "Attempt"), .number), .init(Text("Tid", "Time"), .code),
                .init(Text("Hva som skjedde", "What happened")),
            ], caption: Text("Forsøkene på å sende", "The attempts to send"), empty: .nothing)
        for attempt in trail.attempts {
            table.add(["\(attempt.number)", "\(visit.language.time(attempt.at))", told(visit, attempt)])
        }
        return "<h2>\(visit.text(Text("Forsøkene", "The attempts")))</h2>\(table.markup(visit))"
    }

    private static func told(_ visit: Visit, _ attempt: ExportTrail.Attempt) -> Markup {
        guard let outcome = attempt.outcome else {
            return "\(visit.text(Text("Sendt til Visma.", "Sent to Visma.")))"
        }
        let late: Markup =
            attempt.event == "late"
            ? " <span class=\"soft\">\(visit.text(Text("Svaret kom etter at en annen kjøring hadde tatt over.", "The answer came after another run had taken over.")))</span>"
            : .nothing
        return "\(visit.text(outcome.text))\(late)\(original(visit, attempt.answer ?? ""))"
    }

    static func steps(_ visit: Visit, _ trail: ExportTrail) -> Markup {
        var table = DataTable(
            [
                .init(Text("Tid", "Time"), .code), .init(Text("Tilstand", "State")), .init(Text("Av", "By")),
                .init(Text("Hvorfor", "Why")),
            ], caption: Text("Tilstandene dokumentet har hatt", "The states that the document has had"),
            empty: .nothing)
        for step in trail.steps {
            let state = step.state.map { Badge.markup(visit, $0.badge.0, $0.badge.1) } ?? "–"
            table.add([
                "\(visit.language.time(step.at))", state, "\(visit.text(.starter(step.actor)))", "\(step.why)",
            ])
        }
        return "<h2>\(visit.text(Text("Historikk", "History")))</h2>\(table.markup(visit))"
    }

    private static func original(_ visit: Visit, _ text: String) -> Markup {
        guard !text.isEmpty else { return .nothing }
        return """
            <details><summary>\(visit.text(Text("Original tekst", "Original text")))</summary><p class="soft">\(text)</p></details>
            """
    }
}
