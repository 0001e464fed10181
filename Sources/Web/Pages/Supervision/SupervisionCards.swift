import HTML
import Persistence
import Proresult
import Sync

/// What each thing that waits is about, what to look for, and the button that ends it where there is one.
enum SupervisionCards {
    static func shutter(_ visit: Visit, _ shutter: ExportShutter) -> Markup {
        let since = visit.language.time(shutter.shutAt)
        return card(
            "stengt", Text("Overføringen er stengt", "The exports are shut"), visit,
            """
            <p>\(visit.text(.shutSince(since)))</p>
            <p>\(visit.text(.shutMeans))</p>
            \(original(visit, shutter.because))
            \(opening(visit))
            """)
    }

    private static func opening(_ visit: Visit) -> Markup {
        guard visit.isAdministrator else {
            return "<p class=\"soft\">\(visit.text(.mender(Blocker.Mender.administrator))).</p>"
        }
        let why = Field(
            "grunn", Text("Hvorfor kan den åpnes?", "Why can they be opened?"), value: visit.form["grunn"],
            isRequired: true, attributes: [("maxlength", "500")], rows: 2)
        return """
            <p>\(visit.text(.openingMeans))</p>
            <form method="post" action="/tilsyn/apne">\(FormParts.token(visit))\(why.markup(visit))
            <button class="danger">\(visit.text(Text("Åpne overføringen nå", "Open the exports now")))</button></form>
            """
    }

    static func alarms(_ visit: Visit, _ all: Supervision) -> Markup {
        guard !all.alarms.isEmpty else { return .nothing }
        let items = all.alarms.map { alarm in
            let reference: Markup =
                all.knownReferences.contains(alarm.reference)
                ? "<a href=\"/bilag/\(alarm.reference.text)\">\(alarm.reference.text)</a>" : "\(alarm.reference.text)"
            return """
                <li><div><strong>\(visit.text(.alarm(alarm.kind)))</strong> \(reference),
                \(visit.text(.numberInVisma(alarm.erpNumber))), \(visit.language.period(alarm.period)).
                <p>\(visit.text(.alarmAdvice(alarm.kind)))</p>\(original(visit, alarm.detail))</div></li>
                """ as Markup
        }
        return card(
            "varsler", Text("Varsler fra nattens kontroll", "Alarms of the nightly look"), visit,
            "<p>\(visit.text(.alarmsPass))</p><ul>\(items)</ul>")
    }

    static func documents(_ visit: Visit, _ all: Supervision) -> Markup {
        guard !all.documents.isEmpty else { return .nothing }
        let items = all.documents.map { document in
            let (word, kind) = document.state.badge
            let why = document.reviewCause?.text ?? .inDoubt(since: document.doubtfulAt.map(visit.language.time))
            let label =
                document.state == .needsReview
                ? Text("Avgjør dokumentet", "Decide the document") : Text("Se dokumentet", "See the document")
            return """
                <li><div>\(Badge.markup(visit, word, kind)) <strong>\(document.reference.text)</strong>
                \(visit.text(document.kind.title)), \(document.project), \(visit.language.period(document.period)).
                <p>\(visit.text(why))</p></div>
                <a class="button small" href="\(document.address)">\(visit.text(label))</a></li>
                """ as Markup
        }
        return card("vurdering", Text("Dokumenter", "Documents"), visit, "<ul>\(items)</ul>")
    }

    static func refused(_ visit: Visit, _ all: Supervision) -> Markup {
        let jobs = [JobName.hours, .withdrawals].filter { (all.refused[$0] ?? 0) > 0 }
        guard !jobs.isEmpty else { return .nothing }
        let items = jobs.map { job in
            let board = "/overforing" + BoardFilter(job: job, standings: [.rejected]).fields.query
            let retry =
                visit.mayTransfer
                ? FormParts.button(
                    visit, Text("Prøv alle igjen", "Try all again"), action: "/tilsyn/provigjen",
                    fields: [("jobb", job.rawValue)]) : .nothing
            return """
                <li><div><strong>\(visit.text(job.title)): \(visit.language.number(all.refused[job] ?? 0))</strong>
                <a href="\(board)">\(visit.text(Text("Vis linjene", "Show the lines")))</a>
                <p>\(visit.text(.retryMeans(job)))</p></div>\(retry)</li>
                """ as Markup
        }
        return card("avvist", Text("Avvist av Visma", "Refused by Visma"), visit, "<ul>\(items)</ul>")
    }

    static func brakes(_ visit: Visit, _ brakes: [TombstoneBrake]) -> Markup {
        guard !brakes.isEmpty else { return .nothing }
        let items = brakes.map { brake in
            let kind = visit.text(.record(brake.recordKind))
            return """
                <li><div><strong>\(kind)</strong>, \(visit.language.time(brake.since))
                \(original(visit, brake.told))\(releasing(visit, brake))</div>
                <a class="button small" href="/kjorelogg/\(brake.run.text)">\(visit.text(Text("Se kjøringen", "See the run")))</a></li>
                """ as Markup
        }
        return card(
            "borte", Text("Mye mangler i Vismas lister", "Much is missing in Visma's lists"), visit,
            "<p>\(visit.text(.brakeMeans))</p><ul>\(items)</ul>")
    }

    private static func releasing(_ visit: Visit, _ brake: TombstoneBrake) -> Markup {
        guard visit.isAdministrator else {
            return "<p class=\"soft\">\(visit.text(.mender(Blocker.Mender.administrator))).</p>"
        }
        let list = brake.resource.rawValue
        let typed = visit.form["liste"] == list ? visit.form["grunn"] : ""
        let why = Field(
            "grunn", Text("Hvordan vet du det?", "How do you know?"), value: typed, isRequired: true,
            attributes: [("maxlength", "500")], rows: 2, id: "grunn-\(list)")
        return """
            <details\(typed.isEmpty ? .nothing : " open" as Markup)><summary>\(visit.text(.brakeReally))</summary>
            <p>\(visit.text(.releaseMeans))</p>
            <form method="post" action="/tilsyn/borte">\(FormParts.token(visit))
            <input type="hidden" name="liste" value="\(list)">\(why.markup(visit))
            <button class="danger">\(visit.text(Text("Ja, sett dem som borte", "Yes, mark them as gone")))</button></form></details>
            """
    }

    static func marks(_ visit: Visit, _ marks: [DeadMark]) -> Markup {
        guard !marks.isEmpty else { return .nothing }
        let items = marks.map { mark in
            let again =
                visit.mayTransfer
                ? FormParts.button(
                    visit, Text("Prøv å låse igjen", "Try to lock again"), action: "/jobber/\(mark.kind.rawValue)")
                : .nothing
            return """
                <li><div><a href="/bilag/\(mark.reference.text)">\(mark.reference.text)</a>,
                \(visit.text(.numberInVisma(mark.erpNumber))), \(visit.language.time(mark.since))
                \(original(visit, mark.because))</div>\(again)</li>
                """ as Markup
        }
        return card(
            "laas", Text("Står i Visma, men er ikke låst her", "Stands in Visma, but is not locked here"), visit,
            "<p>\(visit.text(.markMeans))</p><ul>\(items)</ul>")
    }

    private static func card(_ id: String, _ heading: Text, _ visit: Visit, _ body: Markup) -> Markup {
        "<div id=\"\(id)\">\(Card.markup("\(visit.text(heading))", kind: "attention", body))</div>"
    }

    private static func original(_ visit: Visit, _ text: String) -> Markup {
        """
        <details><summary>\(visit.text(Text("Original tekst", "Original text")))</summary><p class="soft">\(text)</p></details>
        """
    }
}
