import HTML
import Persistence
import Proresult
import Sync

/// A strip of the last runs, newest first.
enum LastRuns {
    static func markup(_ visit: Visit, _ runs: [RunRow]) -> Markup {
        guard !runs.isEmpty else { return .nothing }
        let items = runs.map { run in
            let (word, kind) = run.outcome.badge
            return """
                <li><a href="/kjorelogg/\(run.id.text)"><span class="when">\(visit.language.clock(run.startedAt))</span>
                <span>\(visit.text(run.job.title))</span> \(Badge.markup(visit, word, kind))
                <span class="soft">\(visit.text(run.did))</span></a></li>
                """ as Markup
        }
        return """
            <section><h2>\(visit.text(Text("Siste kjøringer", "Last runs")))</h2><ol class="strip">\(items)</ol>
            <p><a href="/kjorelogg">\(visit.text(Text("Hele kjøreloggen", "The whole run log")))</a></p></section>
            """
    }
}

extension RunRow {
    /// What came of it, in a few words.
    var did: Text {
        if job.isExport {
            return counts.sentLines == 0
                ? Text("ingen linjer sendt", "no lines sent")
                : counts.sentLines == 1
                    ? Text("1 linje sendt", "1 line sent")
                    : Text("\(counts.sentLines) linjer sendt", "\(counts.sentLines) lines sent")
        }
        let changed = counts.created + counts.changed
        return changed == 0
            ? Text("\(counts.read) lest, ingen endringer", "\(counts.read) read, nothing changed")
            : Text(
                "\(counts.created) nye, \(counts.changed) endret", "\(counts.created) new, \(counts.changed) changed")
    }
}
