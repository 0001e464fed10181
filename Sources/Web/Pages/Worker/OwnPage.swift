import Foundation
import HTML
import Persistence
import Proresult

/// *Min side*: a worker's own week of hours and withdrawals, and how each of them stands.
enum OwnPage {
    static let routes: [Route] = [
        .get("/min", .everybody) { visit in .page(try await page(visit)) }
    ]

    private static func page(_ visit: Visit) async throws -> Markup {
        let week = try HoursPage.week(visit)
        return try await OwnPages.page(visit, OwnPages.Place.overview.title, in: .overview) { worker in
            let (hours, goods) = try await visit.read { transaction in
                let list = WithdrawalList(from: week.monday, to: week.sunday, worker: worker)
                return (
                    try WorkerWeek(of: worker, week, in: transaction),
                    try list.page(PageRequest(size: 200), in: transaction).page.rows
                )
            }
            return """
                \(WeekLinks.markup(visit, week))
                \(WeekAtAGlance.markup(visit, hours))
                <h2>\(visit.text(Text("Timer", "Hours")))</h2>
                \(OwnHourTable.markup(visit, hours.rows))
                <h2>\(visit.text(Text("Vareuttak", "Item withdrawals")))</h2>
                \(goods.isEmpty ? nothingTaken(visit) : OwnWithdrawalTable.markup(visit, goods))
                """
        }
    }

    private static func nothingTaken(_ visit: Visit) -> Markup {
        """
        <div class="empty"><p>\(visit.text(Text("Ingen vareuttak denne uken.", "No withdrawals this week.")))</p>
        <p><a class="button" href="/min/vareuttak">\(visit.text(Text("Ta ut varer", "Take out items")))</a></p></div>
        """
    }
}

/// Seven days with their hours, and how the week's hours stand.
enum WeekAtAGlance {
    static func markup(_ visit: Visit, _ week: WorkerWeek) -> Markup {
        let days = zip(week.days, Text.weekdays).map { day, name in
            let sum = day.total == 0 ? "–" : visit.language.quantity(day.total)
            return """
                <li><span class="soft">\(visit.text(name)) \(day.date.day).</span><strong>\(sum)</strong></li>
                """ as Markup
        }
        let sum = visit.language.quantity(week.total)
        let states = ApprovalState.allCases.compactMap { state -> Markup? in
            let rows = week.rows.filter { $0.entry.state == state }
            guard !rows.isEmpty else { return nil }
            let hours = visit.language.quantity(rows.reduce(0) { $0 + $1.entry.total })
            return
                " \(Badge.markup(visit, Text("\(hours) \(state.norwegian)", "\(hours) \(state.english)"), state.badge))"
        }
        return """
            <ul class="days">\(days)</ul>
            <p><strong>\(visit.text(Text("\(sum) timer i alt", "\(sum) hours in all")))</strong>\(states)</p>
            """
    }
}

/// A worker's entries with how they stand: the pencil while they can be changed, and what to do when they cannot.
enum OwnHourTable {
    static func markup(_ visit: Visit, _ rows: [HourRow]) -> Markup {
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Prosjekt", "Project")), .init(.hoursTotal, .number),
                .init(.status), .init(Text("Endre eller slett", "Edit or delete"), .actions),
            ], caption: Text("Timene i uken", "The hours of the week"),
            empty: "<p>\(visit.text(.noHoursThisWeek))</p>")
        for row in rows {
            let entry = row.entry
            table.add([
                "\(visit.language.date(entry.date))",
                "\(row.projectNumber) \(row.projectName)<br><span class=\"soft\">\(row.workTypeName)</span>",
                "\(visit.language.quantity(entry.total))\(overtime(visit, entry))",
                "\(Badge.markup(visit, entry.state.text, entry.state.badge))\(said(visit, row))",
                moves(visit, row),
            ])
        }
        return table.markup(visit)
    }

    private static func overtime(_ visit: Visit, _ entry: HourEntry) -> Markup {
        let parts = [(entry.overtime50, "50 %"), (entry.overtime100, "100 %")].filter { $0.0 != 0 }.map {
            visit.text(
                Text(
                    "herav \(visit.language.quantity($0.0)) overtid \($0.1)",
                    "of them \(visit.language.quantity($0.0)) overtime \($0.1)"))
        }
        return parts.isEmpty ? .nothing : "<br><span class=\"soft\">\(parts.joined(separator: ", "))</span>"
    }

    /// Why it was sent back, or what it says in Visma and how it is put right.
    private static func said(_ visit: Visit, _ row: HourRow) -> Markup {
        var told: [String] = []
        if let comment = row.rejectionComment { told.append(comment) }
        if row.entry.state == .transferred {
            told.append(row.entry.transferredReference ?? "")
            told.append(visit.text(.correctedByLeader))
        } else if row.entry.reversesEntryID != nil {
            told.append(visit.text(Text("Tilbakeføring", "Reversal")))
        } else if row.entry.correctsEntryID != nil {
            told.append(visit.text(Text("Rettelse", "Correction")))
        }
        return "\(told.filter { !$0.isEmpty }.map { "<br><span class=\"soft\">\($0)</span>" as Markup })"
    }

    private static func moves(_ visit: Visit, _ row: HourRow) -> Markup {
        guard row.entry.isOpen else { return .nothing }
        let address = "/min/timer/\(row.entry.id.text)"
        let what = "\(visit.language.date(row.entry.date)) \(row.projectNumber)"
        let pencil: Markup = RouteTable.serves(address) ? PencilLink.markup(visit, what, address) : .nothing
        let delete = FormParts.button(
            visit, Text("Slett", "Delete"), action: address + "/slett", style: .danger,
            explains: visit.text(Text("Slett \(what)", "Delete \(what)")))
        return "\(pencil)\(delete)"
    }
}

extension HourEntry {
    /// Neither approved nor on its way: the worker may still change or delete it.
    var isOpen: Bool {
        (state == .registered || state == .rejected) && transferredRun == nil && reversesEntryID == nil
    }
}

extension Text {
    static let weekdays = [
        Text("man", "Mon"), Text("tir", "Tue"), Text("ons", "Wed"), Text("tor", "Thu"), Text("fre", "Fri"),
        Text("lør", "Sat"), Text("søn", "Sun"),
    ]
    static let noHoursThisWeek = Text("Ingen timer ført denne uken ennå.", "No hours entered this week yet.")
    static let correctedByLeader = Text(
        "Overført til Visma. Er noe feil, si fra til lederen, som kan rette det.",
        "Transferred to Visma. If something is wrong, tell your leader, who can correct it.")
}
