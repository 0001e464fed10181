import HTML
import Persistence
import Proresult

/// The office registers a withdrawal for a worker.
enum NewWithdrawalPage {
    static let routes: [Route] = [
        .get("/vareuttak/ny", .office) { visit in .page(try await page(visit, visit.query, FormProblems())) },
        .post("/vareuttak/ny", .office) { visit in
            try await visit.told(names: WithdrawalForm.names) {
                let line = try await GoodsTaking.register(visit, for: WorkerID(visit.form["arbeider"]))
                let next = Fields([("arbeider", line.workerID.text), ("prosjekt", line.projectID.text)])
                return .see("/vareuttak/ny" + next.query, GoodsTaking.saved(visit, line))
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
    ]

    private static func page(_ visit: Visit, _ fields: Fields, _ problems: FormProblems) async throws -> Markup {
        let (actor, today, own) = (try visit.actor, try visit.today, try visit.person.worker)
        let choice = try await visit.read { transaction -> GoodsChoice? in
            let asked = fields["arbeider"].isEmpty ? nil : WorkerID(fields["arbeider"])
            guard
                let worker = try asked ?? own
                    ?? Worker.all(in: transaction).first(where: \.isActive)?.id
            else { return nil }
            return try GoodsChoice(
                path: "/vareuttak/ny", worker: worker,
                terms: GoodsTerms(of: actor, isOffice: true, in: transaction), fields: fields, today: today,
                in: transaction)
        }
        return try Frame.page(visit, Text("Nytt vareuttak", "New item withdrawal"), in: .withdrawals) {
            guard let choice else { return "<div class=\"empty\"><p>\(visit.text(.noWorkersYet))</p></div>" }
            return """
                \(try GoodsTaking.content(visit, choice, fields, problems))
                <p><a href="/vareuttak">\(visit.text(.allWithdrawals))</a></p>
                """
        }
    }
}

extension Text {
    static let noWorkersYet = Text(
        "Ingen arbeidere ennå. Et vareuttak hører til en arbeider, så lag den først.",
        "No workers yet. A withdrawal belongs to a worker, so make one first.")
    static let allWithdrawals = Text("Alle vareuttak", "All item withdrawals")
}
