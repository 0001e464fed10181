import HTML
import Persistence
import Proresult

/// One line of the worker's own: change or delete it while nothing has happened to it, and bring goods back. Of others'
/// lines, where the company lets people see them, only the return.
enum OwnWithdrawalPage {
    static let routes: [Route] = [
        .get("/min/vareuttak/{id}", .everybody) { visit in .page(try await page(visit)) },
        .post("/min/vareuttak/{id}", .everybody) { visit in
            try await visit.told(names: WithdrawalForm.names) {
                try await change(visit)
            } again: { fields, problems in
                try await page(visit, editing: fields, problems)
            }
        },
        .post("/min/vareuttak/{id}/slett", .everybody) { visit in
            let (id, actor): (WithdrawalID, Actor) = (try visit.id(), try visit.actor)
            let worker = try OwnPages.worker(visit)
            return try await visit.told(names: [:]) {
                try await visit.write { transaction in
                    try requireOwn(id, of: worker, in: transaction)
                    try Withdrawal.delete(id, by: actor, in: transaction)
                }
                return .see("/min/vareuttak", .lineDeleted)
            } again: { fields, problems in
                try await page(visit, editing: Fields(), problems)
            }
        },
        .post("/min/vareuttak/{id}/retur", .everybody) { visit in
            let (id, worker): (WithdrawalID, WorkerID) = (try visit.id(), try OwnPages.worker(visit))
            _ = try await read(visit, worker)
            return try await visit.told(names: GoodsReturning.names) {
                _ = try await GoodsReturning.register(visit, of: id, by: worker)
                return .see("/min/vareuttak", .returnSaved)
            } again: { fields, problems in
                try await page(visit, returning: fields, problems)
            }
        },
    ]

    private static func requireOwn(
        _ id: WithdrawalID, of worker: WorkerID, in transaction: CompanyTransaction
    ) throws {
        guard try Withdrawal.get(id, in: transaction).workerID == worker else { throw Refusal.notFound }
    }

    private static func change(_ visit: Visit) async throws -> Answer {
        let (id, form, worker): (WithdrawalID, Fields, WorkerID) = (
            try visit.id(), visit.form, try OwnPages.worker(visit)
        )
        let (actor, today) = (try visit.actor, try visit.today)
        try await visit.write { transaction in
            try requireOwn(id, of: worker, in: transaction)
            let line = try Withdrawal.get(id, in: transaction)
            let draft = try WithdrawalForm.draft(
                form, worker: worker, project: ProjectID(form["prosjekt"]), item: line.itemID, changing: line)
            try Withdrawal.edit(id, to: draft, by: actor, today: today, in: transaction)
        }
        return .see("/min/vareuttak/\(id.text)", .lineSaved)
    }

    private struct Content: Sendable {
        var row: WithdrawalRow
        var item: Item?
        var terms: GoodsTerms
        var projects: [ChoosableProject]
    }

    /// A line that the person may not see is not found.
    private static func read(_ visit: Visit, _ worker: WorkerID) async throws -> Content {
        let (id, actor, today): (WithdrawalID, Actor, CalendarDate) = (try visit.id(), try visit.actor, try visit.today)
        return try await visit.read { transaction in
            let row = try WithdrawalRow.get(id, in: transaction)
            let terms = try GoodsTerms(of: actor, isOffice: false, in: transaction)
            guard row.withdrawal.workerID == worker || terms.seesOthers else { throw Refusal.notFound }
            return Content(
                row: row, item: try row.withdrawal.itemID.map { try Item.get($0, in: transaction) }, terms: terms,
                projects: try ChoosableProject.all(
                    for: worker, keeping: row.withdrawal.projectID, today: today, in: transaction))
        }
    }

    private static func page(
        _ visit: Visit, editing: Fields? = nil, returning: Fields? = nil, _ problems: FormProblems = FormProblems()
    ) async throws -> Markup {
        let content = try await read(visit, try OwnPages.worker(visit))
        let row = content.row
        return try await OwnPages.page(
            visit, Text(row.withdrawal.text, row.withdrawal.text), in: .withdrawals
        ) { worker in
            """
            \(WithdrawalFacts.markup(visit, row, showsCost: content.terms.seesCostPrice))
            \(WithdrawalFacts.notice(visit, row))
            \(editing == nil ? .nothing : problems.markup(visit))
            \(row.withdrawal.workerID == worker ? edit(visit, content, editing, problems) : .nothing)
            \(try GoodsReturning.markup(
                visit, row, action: "/min/vareuttak/\(row.withdrawal.id.text)/retur", typed: returning ?? Fields(),
                problems: returning == nil ? FormProblems() : problems))
            <p><a href="/min/vareuttak">\(visit.text(Text("Mine uttak", "My withdrawals")))</a></p>
            """
        }
    }

    private static func edit(
        _ visit: Visit, _ content: Content, _ fields: Fields?, _ problems: FormProblems
    ) -> Markup {
        let line = content.row.withdrawal
        guard content.row.isOpen else { return .nothing }
        let delete = FormParts.button(
            visit, .deleteLine, action: "/min/vareuttak/\(line.id.text)/slett", style: .danger)
        guard !content.row.isReturn else { return "<p>\(delete)</p>" }
        let typed = fields.flatMap { $0.has("antall") ? $0 : nil } ?? Fields(line, visit.language)
        let form = WithdrawalForm(
            terms: content.terms, item: content.item, changing: line, typed: typed,
            problems: fields == nil ? FormProblems() : problems, projects: content.projects)
        return """
            <section><h2>\(visit.text(.edit))</h2>
            \(form.markup(visit, action: "/min/vareuttak/\(line.id.text)", isNew: false))<p>\(delete)</p></section>
            """
    }
}
