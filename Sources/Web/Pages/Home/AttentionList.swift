import HTML
import Proresult
import Sync

/// "Trenger tilsyn": what waits for a person, worst first, each with who can mend it and the way there. Nothing wrong
/// looks calm.
enum AttentionList {
    static func markup(_ visit: Visit, _ dashboard: Dashboard) -> Markup {
        guard !dashboard.attention.isEmpty else { return calm(visit, dashboard) }
        let items = dashboard.attention.map { item(visit, $0) }
        let rest = items.dropFirst(shown)
        let more = Text("Vis \(rest.count) til", "Show \(rest.count) more")
        let folded: Markup =
            rest.isEmpty
            ? .nothing : "<details><summary>\(visit.text(more))</summary><ul>\(Array(rest))</ul></details>"
        return """
            <section class="card attention"><h2>\(visit.text(Text("Trenger tilsyn", "Needs attention")))</h2>
            <ul>\(Array(items.prefix(shown)))</ul>\(folded)
            <p><a href="/tilsyn">\(visit.text(Text("Alt som venter på en person", "All that waits for a person")))</a></p></section>
            """
    }

    /// All of it, on a page of its own.
    static func whole(_ visit: Visit, _ attention: [Attention]) -> Markup {
        guard !attention.isEmpty else {
            let calm = Text("Ingenting venter på en person.", "Nothing waits for a person.")
            return "<p class=\"notice good calm\">\(visit.text(calm))</p>"
        }
        return """
            <section class="card attention"><h2>\(visit.text(Text("Verst først", "Worst first")))</h2>
            <ul>\(attention.map { item(visit, $0) })</ul></section>
            """
    }

    private static func item(_ visit: Visit, _ one: Attention) -> Markup {
        """
        <li class="\(one.isGrave ? "grave" : "")"><div><strong>\(visit.text(one.text))</strong>
        <span class="soft">\(visit.text(mender(one))).</span></div>\(link(one, visit))</li>
        """
    }

    /// The worst stand open; a tired person is not shown twenty things at once.
    private static let shown = 5

    private static func calm(_ visit: Visit, _ dashboard: Dashboard) -> Markup {
        let next = dashboard.jobs.filter(\.isEnabled).filter(\.isAutomatic).compactMap(\.nextRunAt).min()
        let clock = next.map { visit.language.clock($0) }
        let told = Text(
            "Alt er i orden." + (clock.map { " Neste kjøring kl. \($0)." } ?? ""),
            "All is in order." + (clock.map { " Next run at \($0)." } ?? ""))
        return "<p class=\"notice good calm\">\(visit.text(told))</p>"
    }

    private static func link(_ attention: Attention, _ visit: Visit) -> Markup {
        attention.place.link.button(visit)
    }

    private static func mender(_ attention: Attention) -> Text {
        switch attention {
        case .reconnectNeeded, .exportsShut, .muchMissing, .waitingForSetUpCheck: .mender(Blocker.Mender.administrator)
        case .alarm, .needsReview, .refusedLines, .notLocked: .mender(Blocker.Mender.bookkeeper)
        case .longInDoubt:
            Text(
                "Ferje ser etter dem av seg selv; se i Visma om det varer",
                "Ferje looks for them by itself; look in Visma if it lasts")
        case .jobFailed(_, let fault, _): .mender(fault.mender)
        case .stoppedLines(_, let reason): .mender(reason.mender)
        }
    }
}
