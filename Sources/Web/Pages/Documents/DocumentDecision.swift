import HTML
import Persistence
import Proresult
import Sync

/// What a person can decide about a document, each way with what it means; and what must be looked for in Visma first.
enum DocumentDecision {
    static func markup(_ visit: Visit, _ document: ExportDocument, refused: [SourceRecord]) -> Markup {
        if let cause = document.reviewCause { return review(visit, document, cause) }
        if document.state == .unknown || document.state == .sending { return doubt(visit, document) }
        return refused.isEmpty ? .nothing : retry(visit, document, refused)
    }

    private static func review(_ visit: Visit, _ document: ExportDocument, _ cause: ReviewCause) -> Markup {
        Card.markup(
            "\(visit.text(Text("Dette må en person avgjøre", "This needs a person's decision")))",
            """
            <p><strong>\(visit.text(cause.text))</strong></p>
            <h3>\(visit.text(Text("Se dette i Visma først", "Look at this in Visma first")))</h3>
            <p>\(visit.text(cause.advice))</p>
            <p>\(visit.text(.whereToLook(document)))</p>
            \(ways(visit, document, cause))
            """)
    }

    private static func ways(_ visit: Visit, _ document: ExportDocument, _ cause: ReviewCause) -> Markup {
        guard visit.mayTransfer else {
            return "<p class=\"soft\">\(visit.text(.mender(Blocker.Mender.bookkeeper))).</p>"
        }
        let number = Field(
            "nummer", Text("Nummer i Visma", "Number in Visma"),
            value: visit.form.has("nummer") ? visit.form["nummer"] : cause.likelyNumber ?? document.erpNumber ?? "",
            isRequired: true)
        return """
            <p>\(visit.text(.proofBeforeDeciding))</p>
            <div class="columns">
            \(way(visit, document, "bekreft", .itStandsThere, .itStandsThereMeans, .primary, [number]))
            \(way(visit, document, "send", .sendAgain, .sendAgainMeans, .danger, []))
            \(way(visit, document, "trekk", .giveUp, .giveUpMeans, .danger, []))
            </div>
            """
    }

    private static func way(
        _ visit: Visit, _ document: ExportDocument, _ word: String, _ heading: Text, _ means: Text,
        _ style: ButtonStyle, _ fields: [Field]
    ) -> Markup {
        let why = Field(
            "grunn", Text("Hvorfor? Hva så du i Visma?", "Why? What did you see in Visma?"),
            value: visit.form["avgjorelse"] == word ? visit.form["grunn"] : "", isRequired: true,
            attributes: [("maxlength", "500")], rows: 2, id: "f-grunn-\(word)")
        return """
            <section><h3>\(visit.text(heading))</h3><p>\(visit.text(means))</p>
            <form method="post" action="\(document.address)/avgjor">\(FormParts.token(visit))
            <input type="hidden" name="avgjorelse" value="\(word)">
            \(fields.map { $0.markup(visit) })\(why.markup(visit))
            <button class="\(style.rawValue)">\(visit.text(heading))</button></form></section>
            """
    }

    private static func doubt(_ visit: Visit, _ document: ExportDocument) -> Markup {
        let since = document.doubtfulAt.map { visit.language.time($0) }
        let next = visit.language.time(document.nextStepAt)
        return Card.markup(
            "\(visit.text(Text("Svaret fra Visma mangler", "Visma's answer is missing")))",
            """
            <p>\(visit.text(.inDoubt(since: since)))</p>
            <p>\(visit.text(.looksAgain(next)))</p>
            <p>\(visit.text(.whereToLook(document)))</p>
            """)
    }

    private static func retry(_ visit: Visit, _ document: ExportDocument, _ refused: [SourceRecord]) -> Markup {
        let button =
            visit.mayTransfer
            ? FormParts.button(
                visit, Text("Prøv igjen", "Try again"), action: document.address + "/provigjen", style: .primary)
            : "<span class=\"soft\">\(visit.text(.mender(Blocker.Mender.bookkeeper))).</span>"
        return Card.markup(
            "\(visit.text(Text("Visma avviste dette", "Visma refused this")))",
            """
            <p><strong>\(visit.text(Text("Visma sier:", "Visma says:")))</strong> \(document.explanation ?? "")</p>
            <p>\(visit.text(.retryMeans(document.kind)))</p>
            \(button)
            """)
    }
}
