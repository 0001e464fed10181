import Foundation
import HTML
import Persistence
import Proresult

/// *Vareuttak* on a telephone: press an item, look, save. The last project and what was taken lately stand first.
enum OwnWithdrawalsPage {
    static let routes: [Route] = [
        .get("/min/vareuttak", .everybody) { visit in .page(try await page(visit, visit.query, FormProblems())) },
        .post("/min/vareuttak", .everybody) { visit in
            let worker = try OwnPages.worker(visit)
            return try await visit.told(names: WithdrawalForm.names) {
                let line = try await GoodsTaking.register(visit, for: worker)
                let next = Fields([("prosjekt", line.projectID.text)])
                return .see("/min/vareuttak" + next.query, GoodsTaking.saved(visit, line))
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
    ]

    /// Days back that the list under the form shows.
    private static let shownDays = 14

    private static func page(_ visit: Visit, _ fields: Fields, _ problems: FormProblems) async throws -> Markup {
        let (actor, today) = (try visit.actor, try visit.today)
        return try await OwnPages.page(visit, OwnPages.Place.withdrawals.title, in: .withdrawals) { worker in
            let since = today.adding(days: -shownDays) ?? today
            let tomorrow = today.adding(days: 1) ?? today
            let (choice, own, others) = try await visit.read {
                transaction -> (GoodsChoice, [WithdrawalRow], [WithdrawalRow]) in
                let terms = try GoodsTerms(of: actor, isOffice: false, in: transaction)
                let choice = try GoodsChoice(
                    path: "/min/vareuttak", worker: worker, terms: terms, fields: fields, today: today,
                    in: transaction)
                let own = WithdrawalList(from: since, to: tomorrow, worker: worker)
                let lines = try own.page(PageRequest(size: 30), in: transaction).page.rows
                guard terms.seesOthers, let project = choice.project else { return (choice, lines, []) }
                let all = WithdrawalList(from: since, to: tomorrow, project: project.id)
                let others = try all.page(PageRequest(size: 60), in: transaction).page.rows
                return (choice, lines, others.filter { $0.withdrawal.workerID != worker })
            }
            return """
                \(try GoodsTaking.content(visit, choice, fields, problems))
                <h2>\(visit.text(Text("Mine siste uttak", "My last withdrawals")))</h2>
                \(OwnWithdrawalTable.markup(visit, own))
                \(otherLines(visit, others))
                """
        }
    }

    private static func otherLines(_ visit: Visit, _ rows: [WithdrawalRow]) -> Markup {
        guard !rows.isEmpty else { return .nothing }
        return """
            <h2>\(visit.text(Text("Andres uttak på prosjektet", "Others' withdrawals on the project")))</h2>
            \(OwnWithdrawalTable.markup(visit, rows, showsWorker: true))
            """
    }
}

/// Withdrawals on a telephone. What can still be changed has the pencil.
enum OwnWithdrawalTable {
    static func markup(_ visit: Visit, _ rows: [WithdrawalRow], showsWorker: Bool = false) -> Markup {
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Vare", "Item")), .init(.quantity, .number), .init(.status),
                .init(Text("Endre eller returner", "Edit or return"), .actions),
            ], caption: Text("Uttak og returer", "Withdrawals and returns"),
            empty:
                "<p>\(visit.text(Text("Ingen uttak her ennå. Velg en vare over.", "No withdrawals here yet. Choose an item above.")))</p>"
        )
        for row in rows {
            let who: Markup = showsWorker ? "<br><span class=\"soft\">\(row.workerName)</span>" : .nothing
            table.add([
                "\(visit.language.date(row.withdrawal.date))<br>\(WithdrawalCells.kind(visit, row))",
                """
                \(WithdrawalCells.goods(visit, row, at: "/min/vareuttak/"))<br>\
                <span class="soft">\(row.projectNumber) \(row.projectName)</span>\(who)
                """, WithdrawalCells.quantity(visit, row), WithdrawalCells.state(visit, row.withdrawal),
                "\(showsWorker ? .nothing : pencil(visit, row))\(WithdrawalCells.toReturn(visit, row, at: "/min/vareuttak/"))",
            ])
        }
        return table.markup(visit)
    }

    private static func pencil(_ visit: Visit, _ row: WithdrawalRow) -> Markup {
        guard row.isOpen else { return .nothing }
        return PencilLink.markup(visit, row.withdrawal.text, "/min/vareuttak/\(row.withdrawal.id.text)")
    }
}

/// The pencil of *Min side*: the line can still be changed.
enum PencilLink {
    static func markup(_ visit: Visit, _ what: String, _ address: String) -> Markup {
        let spoken = visit.text(Text("Endre \(what)", "Edit \(what)"))
        return """
            <a class="button small" href="\(address)" aria-label="\(spoken)">\(Icon.pencil) \(visit.text(.edit))</a> 
            """
    }
}

extension WithdrawalRow {
    /// Nothing has happened to it yet, so it can be changed or deleted.
    var isOpen: Bool { withdrawal.state == .registered && !withdrawal.isOnItsWay && returned == 0 }
}

extension Text {
    static let edit = Text("Endre", "Edit")
}
