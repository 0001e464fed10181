import HTML
import Persistence
import Proresult

/// A week of hours by worker, for the leader who approves them; the bookkeeper may look.
enum HoursPage {
    static let routes: [Route] = [
        .get("/timer", .office) { visit in
            let week = try HoursPage.week(visit)
            let overview = try await visit.read { try HourWeek(week, search: visit.query["sok"], in: $0) }
            return .page(
                Frame.page(visit, MenuItem.hours.title, in: .hours) {
                    """
                    \(WeekLinks.markup(visit, week))
                    \(SearchBar.markup(visit, label: Text("Søk etter arbeider", "Search for a worker"), filters: []))
                    \(table(visit, overview, week))
                    \(HelpLink.markup(visit, .hours))
                    """
                })
        },
        .post("/timer/arbeider/{arbeider}/godkjenn", .leaders) { visit in
            let (actor, now, randomness) = (try visit.actor, visit.now, visit.office.randomness)
            let worker: WorkerID = try visit.id("arbeider")
            let week = try HoursPage.week(visit)
            let approved = try await visit.write { transaction in
                _ = try Worker.get(worker, in: transaction)
                return try HourEntry.approveWeek(
                    of: worker, containing: week.monday, by: actor, at: now, randomness: randomness, in: transaction)
            }
            return .see(back(visit, week), .approvedEntries(approved.count))
        },
    ]

    static func week(_ visit: Visit) throws -> ISOWeek {
        let asked = visit.form.has("uke") ? visit.form["uke"] : visit.query["uke"]
        guard let week = try ISOWeek(asked) ?? ISOWeek(containing: visit.today) else { throw Refusal.notFound }
        return week
    }

    /// To where the button stood.
    static func back(_ visit: Visit, _ week: ISOWeek) -> String {
        SignInPages.safePath(visit.form["til"].isEmpty ? "/timer?uke=\(week)" : visit.form["til"])
    }

    static func mayApprove(_ visit: Visit) -> Bool {
        visit.who.map { [.leader, .administrator].contains($0.user.role) } ?? false
    }

    private static func table(_ visit: Visit, _ overview: HourWeek, _ week: ISOWeek) -> Markup {
        let quantity = visit.language.quantity
        var table = DataTable(
            [
                .init(Text("Arbeider", "Worker")), .init(Text("Ordinære", "Ordinary"), .number),
                .init(Text("50 %", "50 %"), .number), .init(Text("100 %", "100 %"), .number),
                .init(Text("Venter på godkjenning", "Awaiting approval"), .number),
                .init(Text("Godkjent", "Approved"), .number), .init(Text("Overført", "Transferred"), .number),
                .init(Text("Godkjenn", "Approve"), .actions),
            ], caption: Text("Timer per arbeider", "Hours by worker"),
            empty: "<p>\(visit.text(Text("Ingen timer er ført denne uken.", "No hours were entered this week.")))</p>")
        for row in overview.rows {
            let (sums, counted) = (row.hours, row.hours.counted)
            let waiting = sums.awaitingApproval
            let approve =
                mayApprove(visit) && waiting.entries > 0
                ? FormParts.button(
                    visit, Text("Godkjenn uken", "Approve the week"),
                    action: "/timer/arbeider/\(row.workerID.text)/godkjenn", fields: [("uke", week.description)],
                    explains: visit.text(
                        Text("Godkjenn uken for \(row.workerName)", "Approve the week of \(row.workerName)")))
                : .nothing
            table.add([
                "<a href=\"/timer/arbeider/\(row.workerID.text)?uke=\(week.description)\">\(row.workerName)</a>",
                "\(quantity(counted.ordinary))", "\(quantity(counted.overtime50))", "\(quantity(counted.overtime100))",
                "\(quantity(waiting.total))", "\(quantity(sums[.approved].total))",
                "\(quantity(sums[.transferred].total))", approve,
            ])
        }
        return table.markup(visit)
    }
}

/// The way to the neighbouring weeks.
enum WeekLinks {
    static func markup(_ visit: Visit, _ week: ISOWeek) -> Markup {
        func link(_ weeks: Int, _ label: Text) -> Markup {
            guard let other = week.adding(weeks: weeks) else { return .nothing }
            return
                "<a href=\"\(visit.path + visit.query.with("uke", other.description).query)\">\(visit.text(label))</a>"
        }
        let days = "\(visit.language.date(week.monday)) – \(visit.language.date(week.sunday))"
        let title = Text("Uke \(week.number), \(week.year)", "Week \(week.number), \(week.year)")
        return """
            <nav class="pager" aria-label="\(visit.text(Text("Uker", "Weeks")))">\
            \(link(-1, Text("Forrige uke", "Previous week")))\
            <span><strong>\(visit.text(title))</strong> · \(days)</span>\
            \(link(1, Text("Neste uke", "Next week")))</nav>
            """
    }
}
