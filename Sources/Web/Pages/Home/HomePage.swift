import HTML
import Persistence
import Proresult
import Sync

/// The start page of the office: how every job stands, what waits for a person, and what went over.
enum HomePage {
    static let routes: [Route] = [
        .get("/", .everybody) { visit in
            if try visit.person.user.role == .worker { return .see("/min/timer") }
            let content = try await HomeContent.read(visit)
            return .page(
                Frame.page(visit, MenuItem.home.title, in: .home) {
                    """
                    <p class="unseen" role="status" data-said></p>
                    <div data-events="/hendelser" data-fragment="/forside/utsnitt">\(content.markup(visit))</div>
                    """
                })
        },
        // What a page that is open puts in place of its cards when a run has ended. Not a use of the session.
        .get("/forside/utsnitt", .office, countsAsUse: false) { visit in
            .page(try await HomeContent.read(visit).markup(visit))
        },
    ]
}

/// What the page shows, read in one go and in a number of statements that does not grow.
struct HomeContent: Sendable {
    var dashboard: Dashboard
    var progress: [JobName: RunProgress]
    var steps: Set<FirstStep>
    /// By the database's clock: what happens later is news to the page.
    var readAt: Timestamp

    static func read(_ visit: Visit) async throws -> HomeContent {
        try await visit.read { transaction in
            let now = try transaction.now()
            let dashboard = try Dashboard.read(in: transaction)
            let running = try RunProgress.read(since: now, in: transaction).filter(\.isRunning)
            return HomeContent(
                dashboard: dashboard,
                progress: Dictionary(running.map { ($0.run.job, $0) }) { first, _ in first },
                steps: try FirstStep.done(connection: dashboard.connection, in: transaction), readAt: now)
        }
    }

    func markup(_ visit: Visit) -> Markup {
        let isNew = !steps.contains(.transfer)
        return """
            <div data-from="\(String(readAt.milliseconds))">
            \(isNew ? FirstStepsGuide.markup(visit, done: steps) : .nothing)
            \(isNew && !steps.contains(.connect) ? .nothing : AttentionList.markup(visit, dashboard))
            \(JobCards.markup(visit, self))
            \(isNew ? .nothing : WeekCharts.markup(visit, dashboard.weeks))
            \(LastRuns.markup(visit, dashboard.lastRuns))
            <p class="soft">\(connection(visit)) <a href="/">\(visit.text(Text("Oppdater", "Refresh")))</a></p>
            </div>
            """
    }

    private func connection(_ visit: Visit) -> Markup {
        guard let connection = dashboard.connection else {
            return "\(visit.text(Text("Ikke koblet til Visma.", "Not connected to Visma.")))"
        }
        var told: [Text] = []
        if connection.state == .connected, let organisation = connection.organisation {
            told.append(Text("Koblet til \(organisation).", "Connected to \(organisation)."))
        }
        if let held = connection.heldUntil {
            let clock = visit.language.clock(held)
            told.append(
                Text(
                    "Kall til Visma holdes igjen til kl. \(clock).", "Calls to Visma are held back until \(clock)."))
        }
        if let left = connection.callsLeft, let all = connection.callsPerHour {
            told.append(
                Text("\(left) av \(all) kall igjen denne timen.", "\(left) of \(all) calls left in this hour."))
        }
        return "\(told.map(visit.text).joined(separator: " "))"
    }
}
