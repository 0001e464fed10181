import HTML
import Persistence
import Proresult

/// One worker's week, entry by entry: approve, or send back with a reason.
enum WorkerHoursPage {
    static let routes: [Route] = [
        .get("/timer/arbeider/{arbeider}", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/timer/foring/{id}/godkjenn", .leaders) { visit in
            let (actor, now, randomness) = (try visit.actor, visit.now, visit.office.randomness)
            let id: HourEntryID = try visit.id()
            let step = Int(visit.form["trinn"])
            return try await decide(visit, id) { transaction in
                try HourEntry.approve(
                    id, step: step, by: actor, at: now, randomness: randomness, in: transaction)
            }
        },
        .post("/timer/foring/{id}/avvis", .leaders) { visit in
            let (actor, now, randomness) = (try visit.actor, visit.now, visit.office.randomness)
            let id: HourEntryID = try visit.id()
            let comment = visit.form["kommentar"]
            return try await decide(visit, id) { transaction in
                try HourEntry.reject(
                    id, by: actor, comment: comment, at: now, randomness: randomness, in: transaction)
            }
        },
    ]

    private static func decide(
        _ visit: Visit, _ id: HourEntryID, _ body: @Sendable (CompanyTransaction) throws -> HourEntry
    ) async throws -> Answer {
        let entry = try await visit.write { try body($0) }
        guard let week = ISOWeek(containing: entry.date) else { throw Refusal.notFound }
        let state = Text(entry.state.norwegian, entry.state.english)
        return .see(
            "/timer/arbeider/\(entry.workerID.text)?uke=\(week)",
            Text("Føringen er \(state.norwegian).", "The entry is \(state.english)."))
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let week = try HoursPage.week(visit)
        let id: WorkerID = try visit.id("arbeider")
        let (worker, hours, steps) = try await visit.read { transaction in
            (
                try Worker.get(id, in: transaction), try WorkerWeek(of: id, week, in: transaction),
                try CompanySetting.Rules(in: transaction).approvalSteps
            )
        }
        let waiting = hours.rows.contains { [.registered, .approvedStep1].contains($0.entry.state) }
        let approveAll =
            HoursPage.mayApprove(visit) && waiting
            ? FormParts.button(
                visit, Text("Godkjenn uken", "Approve the week"), action: "/timer/arbeider/\(id.text)/godkjenn",
                fields: [("uke", week.description), ("til", "/timer/arbeider/\(id.text)?uke=\(week)")], style: .primary)
            : .nothing
        return Frame.page(visit, Text("Timer: \(worker.name)", "Hours: \(worker.name)"), in: .hours) {
            """
            \(WeekLinks.markup(visit, week))
            <div class="actions-row">\(approveAll)<a href="/timer?uke=\(week.description)">\(visit.text(.allWorkers))</a></div>
            \(steps == 2 ? "<p class=\"soft\">\(visit.text(.twoSteps))</p>" : .nothing)
            \(table(visit, hours.rows))
            """
        }
    }

    private static func table(_ visit: Visit, _ rows: [HourRow]) -> Markup {
        let quantity = visit.language.quantity
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Prosjekt", "Project")), .init(Text("Arbeidsart", "Work type")),
                .init(.hoursTotal, .number), .init(Text("50 %", "50 %"), .number),
                .init(Text("100 %", "100 %"), .number), .init(Text("Fakturerbart", "Billable"), .number),
                .init(Text("Status", "Status")), .init(Text("Avgjør", "Decide"), .actions),
            ], caption: Text("Ukens føringer", "The week's entries"),
            empty: "<p>\(visit.text(Text("Ingen timer er ført denne uken.", "No hours were entered this week.")))</p>")
        for row in rows {
            let entry = row.entry
            let comment =
                entry.comment.isEmpty ? .nothing : "<br><span class=\"soft\">\(entry.comment)</span>" as Markup
            let why = row.rejectionComment.map { "<br><span class=\"soft\">\($0)</span>" as Markup } ?? .nothing
            let number =
                entry.transferredReference.map {
                    " <a class=\"soft\" href=\"/bilag/\(Markup.urlPart($0))\">\($0)</a>" as Markup
                } ?? .nothing
            let origin =
                row.workTypeOrigin == .proresult
                ? "<br><span class=\"soft\">\(visit.text(.neverToVisma))</span>" as Markup : .nothing
            table.add([
                "<a href=\"/timer/\(entry.id.text)\">\(visit.language.date(entry.date))</a>",
                "\(row.projectNumber) \(row.projectName)\(comment)",
                "\(row.workTypeName)\(origin)", "\(quantity(entry.total))", "\(quantity(entry.overtime50))",
                "\(quantity(entry.overtime100))", "\(quantity(entry.billableHours))",
                "\(Badge.markup(visit, entry.state.text, entry.state.badge))\(number)\(why)", decisions(visit, row),
            ])
        }
        return table.markup(visit)
    }

    private static func decisions(_ visit: Visit, _ row: HourRow) -> Markup {
        guard HoursPage.mayApprove(visit) else { return .nothing }
        let entry = row.entry
        let action = "/timer/foring/\(entry.id.text)"
        let step = entry.state == .approvedStep1 ? "2" : "1"
        var approve = Markup.nothing
        if let first = row.firstApprovedBy, first == visit.who?.user.username {
            approve = "<span class=\"soft\">\(visit.text(.waitsForAnother))</span> "
        } else if [.registered, .approvedStep1].contains(entry.state) {
            approve = FormParts.button(
                visit, Text("Godkjenn", "Approve"), action: action + "/godkjenn", fields: [("trinn", step)])
        }
        guard entry.state != .transferred, entry.state != .rejected else { return approve }
        let comment = Field(
            "kommentar", Text("Hvorfor", "Why"), isRequired: true, id: "avvis-\(entry.id.text)")
        return """
            \(approve)<details><summary>\(visit.text(Text("Avvis", "Reject")))</summary>
            <form method="post" action="\(action)/avvis">\(FormParts.token(visit))\(comment.markup(visit))
            <button class="danger">\(visit.text(Text("Avvis", "Reject")))</button></form></details>
            """
    }
}
