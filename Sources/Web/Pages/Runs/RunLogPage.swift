import HTML
import Persistence
import Proresult
import Sync

/// Every run: who or what started it, what it did record by record, and what failed in plain words.
enum RunLogPage {
    static let routes: [Route] = [
        .get("/kjorelogg", .office) { visit in
            let job = JobName(rawValue: visit.query["jobb"])
            let number = max(1, Int(visit.query["side"]) ?? 1)
            let (runs, total) = try await visit.read {
                try RunLog.page(RunLog.Filter(job: job), number: number, size: pageSize, in: $0)
            }
            return .page(
                Frame.page(visit, MenuItem.runLog.title, in: .runLog) {
                    """
                    \(tabs(visit, job))
                    \(list(visit, runs))
                    \(Pager(page: number, pages: max(1, (total + pageSize - 1) / pageSize), total: total).markup(visit))
                    """
                })
        },
        .get("/kjorelogg/{id}", .office) { visit in
            let id: SyncRunID = try visit.id()
            let number = max(1, Int(visit.query["side"]) ?? 1)
            let (run, items, total) = try await visit.read { transaction in
                guard let run = try RunLog.run(id, in: transaction) else { throw Refusal.notFound }
                let (items, total) = try RunLog.items(of: id, number: number, size: itemsShown, in: transaction)
                return (run, items, total)
            }
            return .page(
                Frame.page(visit, run.job.title, in: .runLog) {
                    """
                    \(facts(visit, run))
                    \(RunFaultNote.markup(visit, run, seeRun: false))
                    <h2>\(visit.text(Text("Hva som skjedde", "What happened")))</h2>
                    \(table(visit, items))
                    \(Pager(page: number, pages: max(1, (total + itemsShown - 1) / itemsShown), total: total).markup(visit))
                    <p><a href="/kjorelogg">\(visit.text(Text("Hele kjøreloggen", "The whole run log")))</a></p>
                    """
                })
        },
    ]

    private static let pageSize = 50
    private static let itemsShown = 100

    private static func tabs(_ visit: Visit, _ chosen: JobName?) -> Markup {
        func link(_ job: JobName?, _ label: Text) -> Markup {
            let isHere: Markup = job == chosen ? " aria-current=\"page\"" : .nothing
            let address = "/kjorelogg" + (job.map { "?jobb=\($0.rawValue)" } ?? "")
            return "<a href=\"\(address)\"\(isHere)>\(visit.text(label))</a>"
        }
        let jobs = JobName.allCases.map { link($0, $0.title) }
        return """
            <nav class="tabs" aria-label="\(visit.text(Text("Jobber", "Jobs")))">\(link(nil, Text("Alle", "All")))\(jobs)</nav>
            """
    }

    private static func list(_ visit: Visit, _ runs: [RunRow]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Startet", "Started"), .code), .init(Text("Jobb", "Job")),
                .init(Text("Startet av", "Started by")), .init(Text("Resultat", "Outcome")),
                .init(Text("Gjort", "Done")), .init(Text("Kall", "Calls"), .number),
            ], caption: Text("Kjøringer, nyeste først", "Runs, newest first"),
            empty: """
                <p>\(visit.text(Text("Ingen jobb har kjørt ennå. Start en på forsiden.", "No job has run yet. Start one on the start page.")))</p>
                <p><a class="button primary" href="/">\(visit.text(.toHome))</a></p>
                """)
        for run in runs {
            let (word, kind) = run.outcome.badge
            table.add([
                "<a href=\"/kjorelogg/\(run.id.text)\">\(visit.language.time(run.startedAt))</a>",
                "\(visit.text(run.job.title))", "\(visit.text(.starter(run.startedBy)))",
                Badge.markup(visit, word, kind), "\(visit.text(run.fault?.text(run.job) ?? run.did))",
                "\(visit.language.number(run.requests))",
            ])
        }
        return table.markup(visit)
    }

    private static func facts(_ visit: Visit, _ run: RunRow) -> Markup {
        let (word, kind) = run.outcome.badge
        let language = visit.language
        var facts: [(Text, Markup)] = [
            (Text("Resultat", "Outcome"), Badge.markup(visit, word, kind)),
            (Text("Startet", "Started"), "\(language.time(run.startedAt))"),
            (Text("Ferdig", "Finished"), "\(run.finishedAt.map(language.time) ?? "–")"),
            (Text("Startet av", "Started by"), "\(visit.text(.starter(run.startedBy)))"),
            (Text("Kall til Visma", "Calls to Visma"), "\(language.number(run.requests))"),
        ]
        let counts = run.counts
        let figures: [(Text, Int)] =
            run.job.isExport
            ? [
                (Text("Sendte linjer", "Sent lines"), counts.sentLines),
                (Text("Dokumenter", "Documents"), counts.documents), (Text("Stoppet", "Stopped"), counts.held),
            ]
            : [
                (Text("Lest", "Read"), counts.read), (Text("Nye", "New"), counts.created),
                (Text("Endret", "Changed"), counts.changed), (Text("Uendret", "Unchanged"), counts.unchanged),
                (Text("Uleselige", "Unreadable"), counts.quarantined),
            ]
        facts += figures.map { ($0.0, "\(language.number($0.1))") }
        return Facts.markup(visit, facts)
    }

    /// From a line to its document; an alarm may be about one that is unknown here.
    private static func number(of item: RunItem) -> Markup {
        guard item.recordKind == "document", item.happened != .warned || item.number.hasPrefix("PRX-") else {
            return "\(item.number)"
        }
        return "<a href=\"/bilag/\(Markup.urlPart(item.number))\">\(item.number)</a>"
    }

    private static func table(_ visit: Visit, _ items: [RunItem]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Slag", "Kind")), .init(Text("Nummer", "Number"), .code),
                .init(Text("Skjedde", "Happened")), .init(Text("Detaljer", "Details")),
            ], caption: Text("Endringer post for post", "Changes record by record"),
            empty: "<p>\(visit.text(Text("Kjøringen endret ingenting.", "The run changed nothing.")))</p>")
        for item in items {
            table.add([
                "\(visit.text(.record(item.recordKind)))", number(of: item), "\(visit.text(.happened(item.happened)))",
                RunDetail.markup(visit, item.happened, item.detail),
            ])
        }
        return table.markup(visit)
    }
}
