import HTML
import Persistence
import Proresult
import Sync

/// One line in the office: what it is, where it stands, and what can be done with it.
enum WithdrawalPage {
    static let routes: [Route] = [
        .get("/vareuttak/{id}", .office) { visit in .page(try await page(visit)) },
        .post("/vareuttak/{id}", .office) { visit in
            try await visit.told(names: WithdrawalForm.names) {
                try await change(visit)
            } again: { fields, problems in
                try await page(visit, editing: fields, problems)
            }
        },
        .post("/vareuttak/{id}/slett", .office) { visit in
            let (id, actor): (WithdrawalID, Actor) = (try visit.id(), try visit.actor)
            try await visit.write { try Withdrawal.delete(id, by: actor, in: $0) }
            return .see("/vareuttak", .lineDeleted)
        },
        .post("/vareuttak/{id}/retur", .office) { visit in
            let id: WithdrawalID = try visit.id()
            return try await visit.told(names: GoodsReturning.names) {
                _ = try await GoodsReturning.register(visit, of: id, by: WorkerID(visit.form["arbeider"]))
                return .see("/vareuttak/\(id.text)", .returnSaved)
            } again: { fields, problems in
                try await page(visit, returning: fields, problems)
            }
        },
    ]

    private static func change(_ visit: Visit) async throws -> Answer {
        let (id, form): (WithdrawalID, Fields) = (try visit.id(), visit.form)
        let (actor, today) = (try visit.actor, try visit.today)
        try await visit.write { transaction in
            let line = try Withdrawal.get(id, in: transaction)
            let draft = try WithdrawalForm.draft(
                form, worker: WorkerID(form["arbeider"]), project: ProjectID(form["prosjekt"]), item: line.itemID,
                changing: line)
            try Withdrawal.edit(id, to: draft, by: actor, today: today, in: transaction)
        }
        return .see("/vareuttak/\(id.text)", .lineSaved)
    }

    private struct Content: Sendable {
        var row: WithdrawalRow
        var returns: [WithdrawalRow]
        var trails: [ExportTrail]
        var item: Item?
        var terms: GoodsTerms
        var workers: [Worker]
        var projects: [ChoosableProject]
    }

    private static func read(_ visit: Visit) async throws -> Content {
        let (id, actor, today): (WithdrawalID, Actor, CalendarDate) = (try visit.id(), try visit.actor, try visit.today)
        return try await visit.read { transaction in
            let row = try WithdrawalRow.get(id, in: transaction)
            let line = row.withdrawal
            return Content(
                row: row, returns: try WithdrawalRow.returns(of: id, in: transaction),
                trails: try ExportTrail.of(SourceRecord(.withdrawal, id.text), in: transaction),
                item: try line.itemID.map { try Item.get($0, in: transaction) },
                terms: try GoodsTerms(of: actor, isOffice: true, in: transaction),
                workers: try Worker.all(in: transaction).filter { $0.isActive || $0.id == line.workerID },
                projects: try ChoosableProject.all(
                    for: line.workerID, keeping: line.projectID, today: today, in: transaction))
        }
    }

    private static func page(
        _ visit: Visit, editing: Fields? = nil, returning: Fields? = nil, _ problems: FormProblems = FormProblems()
    ) async throws -> Markup {
        let content = try await read(visit)
        let row = content.row
        return try Frame.page(visit, Text(row.withdrawal.text, row.withdrawal.text), in: .withdrawals) {
            """
            \(WithdrawalFacts.markup(visit, row, showsCost: true))
            \(WithdrawalFacts.notice(visit, row))
            \(editing == nil ? .nothing : problems.markup(visit))
            <div class="columns">
            \(edit(visit, content, editing, problems))
            \(try GoodsReturning.markup(
                visit, row, action: "/vareuttak/\(row.withdrawal.id.text)/retur", typed: returning ?? Fields(),
                problems: returning == nil ? FormProblems() : problems, workers: content.workers.filter(\.isActive)))
            </div>
            \(WithdrawalFacts.returns(visit, content.returns, at: "/vareuttak/"))
            \(WithdrawalTrail.markup(visit, row, content.trails))
            <p><a href="/vareuttak">\(visit.text(.allWithdrawals))</a></p>
            """
        }
    }

    private static func edit(
        _ visit: Visit, _ content: Content, _ fields: Fields?, _ problems: FormProblems
    ) -> Markup {
        let line = content.row.withdrawal
        guard line.state == .registered, !line.isOnItsWay, content.returns.isEmpty else { return .nothing }
        let delete = FormParts.button(visit, .deleteLine, action: "/vareuttak/\(line.id.text)/slett", style: .danger)
        guard !content.row.isReturn else { return delete }
        let form = WithdrawalForm(
            terms: content.terms, item: content.item, changing: line, typed: fields ?? Fields(line, visit.language),
            problems: fields == nil ? FormProblems() : problems, workers: content.workers,
            projects: content.projects)
        return """
            <section><h2>\(visit.text(Text("Endre", "Edit")))</h2>
            \(form.markup(visit, action: "/vareuttak/\(line.id.text)", isNew: false))\(delete)</section>
            """
    }
}
