import HTML
import Proresult
import Sync

/// Short pages, each about one thing, for everybody who is signed in.
enum HelpPage {
    static let routes: [Route] = [
        .get("/hjelp", .everybody) { visit in
            .page(Frame.page(visit, .help) { index(visit) })
        },
        .get("/hjelp/{emne}", .everybody) { visit in
            guard let topic = HelpTopic(rawValue: try visit.parameter("emne")) else { throw Refusal.notFound }
            return .page(Frame.page(visit, topic.title) { page(visit, topic) })
        },
    ]

    private static func index(_ visit: Visit) -> Markup {
        let cards = HelpTopic.allCases.map { topic in
            Card.markup(
                "<a href=\"\(topic.address)\">\(visit.text(topic.title))</a>",
                "<p>\(visit.text(topic.content.lead))</p>")
        }
        return "<div class=\"cards\">\(cards)</div>"
    }

    private static func page(_ visit: Visit, _ topic: HelpTopic) -> Markup {
        let content = topic.content
        let parts = content.parts.map { part in
            let steps: Markup =
                part.steps.isEmpty
                ? .nothing : "<ol>\(part.steps.map { "<li>\(visit.text($0))</li>" as Markup })</ol>"
            return """
                <h2>\(visit.text(part.heading))</h2>
                \(part.paragraphs.map { "<p>\(visit.text($0))</p>" as Markup })
                \(steps)
                """ as Markup
        }
        return """
            <article class="help"><p><strong>\(visit.text(content.lead))</strong></p>
            \(parts)
            \(topic == .transfer ? reasons(visit) : .nothing)
            </article>
            <p><a href="/hjelp">\(visit.text(Text("Alle sidene i hjelpen", "All pages of the help")))</a></p>
            """
    }

    private static func mender(_ visit: Visit, _ reason: Blocker.Reason) -> Markup {
        // Absence is as it should be.
        guard reason != .absenceProject else { return .nothing }
        return "<span class=\"soft\">\(visit.text(.mender(reason.mender))).</span>"
    }

    /// Every reason that there is, from the reasons themselves, so that none can lack its help.
    private static func reasons(_ visit: Visit) -> Markup {
        let all = Blocker.Reason.allCases.map { reason in
            let label = visit.text(reason.label)
            return """
                <div id="\(reason.rawValue)"><dt>\(label.prefix(1).uppercased() + label.dropFirst())</dt>
                <dd>\(visit.text(reason.help)) \(mender(visit, reason))</dd></div>
                """ as Markup
        }
        return """
            <h2 id="stoppet">\(visit.text(Text("Årsaker til at en linje er stoppet", "Reasons why a line is stopped")))</h2>
            <dl class="reasons">\(all)</dl>
            """
    }
}

/// The way from a page to the help that belongs to it.
enum HelpLink {
    static func markup(_ visit: Visit, _ topic: HelpTopic, part: String? = nil) -> Markup {
        let address = topic.address + (part.map { "#" + $0 } ?? "")
        let label = Text("Hjelp: \(topic.title.norwegian)", "Help: \(topic.title.english)")
        return "<p class=\"help-link\"><a href=\"\(address)\">\(visit.text(label))</a></p>"
    }
}
