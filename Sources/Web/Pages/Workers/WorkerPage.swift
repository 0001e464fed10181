import HTML
import Persistence
import Proresult
import Sync

/// One worker: who it is, the link to Visma, and the wage with its history.
enum WorkerPage {
    static let routes: [Route] = [
        .get("/arbeidere/ny", .administrators) { visit in .page(newPage(visit, problem: nil)) },
        .post("/arbeidere/ny", .administrators, create),
        .get("/arbeidere/{id}", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/arbeidere/{id}", .administrators) { visit in
            try await change(visit, .saved) { worker, form in
                worker.name = form["navn"]
                worker.employeeNumber = form["ansattnummer"]
                worker.username = form["brukernavn"]
                worker.email = form["epost"].isEmpty ? nil : form["epost"]
                worker.phone = form["telefon"].isEmpty ? nil : form["telefon"]
            }
        },
        .post("/arbeidere/{id}/visma", .administrators) { visit in
            try await change(visit, Text("Koblingen er lagret.", "The link is saved.")) { worker, form in
                worker.vismaEmployeeNumber = form["visma"].isEmpty ? nil : form["visma"]
            }
        },
        .post("/arbeidere/{id}/timelonn", .bookkeeping, setWage),
        .post("/arbeidere/{id}/aktiv", .administrators) { visit in
            let (id, now): (WorkerID, Timestamp) = (try visit.id(), visit.now)
            let isActive = visit.form["aktiv"] == "ja"
            try await visit.write { transaction in
                if isActive {
                    try Worker.activate(id, in: transaction)
                } else {
                    try Worker.deactivate(id, at: now, in: transaction)
                }
            }
            return .see("/arbeidere/\(id.text)", .saved)
        },
    ]

    private static func create(_ visit: Visit) async throws -> Answer {
        let worker = Worker(
            id: WorkerID(using: visit.office.randomness), employeeNumber: visit.form["ansattnummer"],
            username: visit.form["brukernavn"], name: visit.form["navn"],
            vismaEmployeeNumber: visit.form["visma"].isEmpty ? nil : visit.form["visma"])
        do {
            _ = try await visit.write { try Worker.create(worker, in: $0) }
            return .see("/arbeidere/\(worker.id.text)", .saved)
        } catch let broken as ProresultError {
            return .again(newPage(visit, problem: broken))
        }
    }

    private static func change(
        _ visit: Visit, _ notice: Text, _ edit: @Sendable (inout Worker, Fields) -> Void
    ) async throws -> Answer {
        let (id, form): (WorkerID, Fields) = (try visit.id(), visit.form)
        do {
            try await visit.write { transaction in
                var worker = try Worker.get(id, in: transaction)
                edit(&worker, form)
                try Worker.update(worker, in: transaction)
            }
            return .see("/arbeidere/\(id.text)", notice)
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func setWage(_ visit: Visit) async throws -> Answer {
        let id: WorkerID = try visit.id()
        do {
            let day = try visit.form.date("fra", .validFrom)
            guard let wage = try visit.form.decimal("timelonn", .hourlyWage) else {
                throw ProresultError.required(.wage, field: "hourlyWage")
            }
            try await visit.write { try Worker.get(id, in: $0).setWage(wage, validFrom: day, in: $0) }
            return .see("/arbeidere/\(id.text)#timelonn", Text("Timelønnen er lagret.", "The wage is saved."))
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        } catch let misread as Misread {
            return .again(try await page(visit, problem: misread.text))
        }
    }

    private static func newPage(_ visit: Visit, problem: ProresultError?) -> Markup {
        Frame.page(visit, Text("Ny arbeider", "New worker"), in: .workers) {
            """
            \(SignInPages.trouble(visit, problem.map { Text($0.norwegian, $0.english) }))
            <form method="post" action="/arbeidere/ny" class="card">\(FormParts.token(visit))
            \(WorkerFields.all(visit, visit.form, isNew: true).map { $0.markup(visit) })
            <button class="primary">\(visit.text(Text("+ Opprett", "+ Create")))</button></form>
            """
        }
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let id: WorkerID = try visit.id()
        let (worker, wages, facts, user) = try await visit.read { transaction in
            let worker = try Worker.get(id, in: transaction)
            return (
                worker, try worker.wages(in: transaction), try ERPFacts.stored(in: transaction),
                try AppUser.find(username: worker.username, in: transaction)
            )
        }
        return Frame.page(visit, Text(worker.name, worker.name), in: .workers) {
            """
            \(SignInPages.trouble(visit, problem))
            \(WorkerCards.signIn(visit, worker, user))
            <div class="columns">
            \(WorkerCards.person(visit, worker))
            \(WorkerCards.link(visit, worker, facts))
            \(visit.seesRates ? WorkerCards.wages(visit, worker, wages) : .nothing)
            </div>
            """
        }
    }
}

extension ProresultError {
    /// Of what does not exist no form can be shown again.
    var isAbsence: Bool { if case .notFound = self { true } else { false } }
}
