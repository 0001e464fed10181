import HTML
import Persistence
import Proresult
import Sync

/// A card for each job: how it stands, what it did, and the button that runs it now.
enum JobCards {
    static func markup(_ visit: Visit, _ content: HomeContent) -> Markup {
        let jobs = content.dashboard.jobs
        func cards(_ isExport: Bool) -> [Markup] {
            jobs.filter { $0.name.isExport == isExport }.map { card(visit, $0, content) }
        }
        return """
            <h2>\(visit.text(Text("Til Visma", "To Visma")))</h2>
            <div class="cards two">\(cards(true))</div>
            <h2 id="fra-visma">\(visit.text(Text("Fra Visma", "From Visma")))</h2>
            <div class="cards">\(cards(false))</div>
            """
    }

    private static func card(_ visit: Visit, _ job: DashboardJob, _ content: HomeContent) -> Markup {
        let badge =
            job.isWaitingToStart && job.state != .running
            ? Badge.markup(visit, Text("Starter straks", "About to start"), .waiting)
            : Badge.markup(visit, job.state.text, job.state.badge)
        let heading: Markup = "<span>\(visit.text(job.name.title))</span> \(badge)"
        return Card.markup(
            heading, level: 3, kind: "job",
            """
            \(job.name.isExport ? standings(visit, job) : figures(visit, job))
            \(progress(visit, content.progress[job.name], job.name))
            <p class="soft">\(times(visit, job))</p>
            \(fault(visit, job))
            \(job.isEnabled ? start(visit, job, content.dashboard) : .nothing)
            """)
    }

    private static func figure(_ visit: Visit, _ number: Int, _ label: Text, kind: String = "", _ link: String? = nil)
        -> Markup
    {
        let value: Markup = "\(visit.language.number(number))"
        let shown: Markup = link.flatMap { RouteTable.serves($0) ? "<a href=\"\($0)\">\(value)</a>" : nil } ?? value
        return
            "<div class=\"\(number == 0 ? "none" : kind)\"><dt>\(visit.text(label))</dt><dd class=\"figure\">\(shown)</dd></div>"
    }

    private static func figures(_ visit: Visit, _ job: DashboardJob) -> Markup {
        let counts = job.last?.counts ?? RunCounts()
        return """
            <dl class="figures">\(figure(visit, counts.read, Text("Lest", "Read")))\
            \(figure(visit, counts.created, Text("Nye", "New")))\
            \(figure(visit, counts.changed, Text("Endret", "Changed")))\
            \(counts.quarantined > 0
                ? figure(visit, counts.quarantined, Text("Uleselige", "Unreadable"), kind: "stop") : .nothing)</dl>
            """
    }

    private static func standings(_ visit: Visit, _ job: DashboardJob) -> Markup {
        func link(_ standing: BoardStanding) -> String {
            "/overforing" + BoardFilter(job: job.name, standings: [standing]).fields.query
        }
        func one(_ standing: BoardStanding, _ label: Text, _ kind: String) -> Markup {
            figure(visit, job.standings[standing] ?? 0, label, kind: kind, link(standing))
        }
        return """
            <dl class="figures">\(one(.ready, Text("Klare", "Ready"), "good"))\
            \(one(.stopped, Text("Stoppet", "Stopped"), "stop"))\
            \(one(.rejected, Text("Avvist", "Refused"), "stop"))\
            \(one(.notApproved, Text("Ikke godkjent", "Not approved"), ""))\
            \(figure(visit, job.last?.counts.sentLines ?? 0, Text("Sendt sist", "Sent last")))</dl>
            """
    }

    private static func progress(_ visit: Visit, _ progress: RunProgress?, _ job: JobName) -> Markup {
        let text = progress.map { visit.text($0.text) } ?? ""
        return """
            <p class="progress" data-progress="\(job.rawValue)"\(progress == nil ? " hidden" as Markup : .nothing)>\(text)</p>
            """
    }

    private static func times(_ visit: Visit, _ job: DashboardJob) -> String {
        var told: [Text] = []
        if let last = job.last {
            let time = visit.language.time(last.startedAt)
            let by = Text.starter(last.startedBy)
            told.append(
                Text(
                    "Sist kjørt \(time), startet av \(by.norwegian).",
                    "Last run \(time), started by \(by.english)."))
        }
        if !job.isEnabled {
            told.append(Text("Jobben er slått av i innstillingene.", "The job is switched off in the settings."))
        } else if !job.isAutomatic {
            told.append(Text("Kjøres bare for hånd.", "Runs by hand only."))
        } else if let next = job.nextRunAt, job.state != .running {
            let clock = visit.language.clock(next)
            told.append(Text("Neste kjøring kl. \(clock).", "Next run at \(clock)."))
        }
        return told.map(visit.text).joined(separator: " ")
    }

    private static func fault(_ visit: Visit, _ job: DashboardJob) -> Markup {
        guard job.state == .failed || job.state == .partly, let last = job.last else { return .nothing }
        return RunFaultNote.markup(visit, last, seeRun: true)
    }

    private static func start(_ visit: Visit, _ job: DashboardJob, _ dashboard: Dashboard) -> Markup {
        let labels: [JobName: Text] = [
            .customers: Text("Hent kunder nå", "Fetch customers now"),
            .projects: Text("Hent prosjekt nå", "Fetch projects now"),
            .items: Text("Hent varer nå", "Fetch items now"),
            .hours: Text("Overfør timer", "Transfer hours"),
            .withdrawals: Text("Overfør vareuttak", "Transfer withdrawals"),
        ]
        let label = visit.text(labels[job.name] ?? job.name.title)
        let style = job.name.isExport ? "primary" : ""
        guard visit.mayTransfer else {
            return """
                <p class="actions-row"><button class="\(style)" disabled>\(label)</button>
                <span class="soft">\(visit.text(.onlyBookkeepingStarts))</span></p>
                """
        }
        let hasReady = (job.standings[.ready] ?? 0) > 0 && RouteTable.serves("/forhandsvisning")
        let preview: Markup = """
            <a class="button" href="/forhandsvisning?jobb=\(job.name.rawValue)">\
            \(visit.text(Text("Forhåndsvis", "Preview")))<span class="unseen"> \(visit.text(job.name.title))</span></a>
            """
        return """
            <form method="post" action="/jobber/\(job.name.rawValue)" class="start">\(FormParts.token(visit))
            \(job.name.isExport ? PeriodChoice.markup(visit, id: "periode-\(job.name.rawValue)", dashboard.periods) : .nothing)
            <button class="\(style)">\(label)</button>
            \(job.name.isExport && hasReady ? preview : .nothing)</form>
            """
    }
}

/// Why a run did not end well: plain words first, the original text folded below.
enum RunFaultNote {
    static func markup(_ visit: Visit, _ run: RunRow, seeRun: Bool) -> Markup {
        guard let fault = run.fault else { return .nothing }
        let original: Markup =
            run.error.map {
                """
                <details><summary>\(visit.text(Text("Opprinnelig melding", "Original message")))</summary>\
                <p class="original" lang="en">\($0)</p></details>
                """
            } ?? .nothing
        let place = fault.place(run.job)?.link.button(visit) ?? .nothing
        let log = DeskPlace.run(run.id).link
        return """
            <div class="notice stop"><p>\(visit.text(fault.text(run.job)))</p>
            <p class="soft">\(visit.text(.mender(fault.mender))).</p>
            <p class="actions-row">\(place)\(seeRun ? log.button(visit) : .nothing)</p>\(original)</div>
            """
    }
}
