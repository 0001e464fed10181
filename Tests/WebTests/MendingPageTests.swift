import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// Stopped lines mended on the board: the forms, who sees which, and what they change.
@Suite struct MendingPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkerIsLinkedForAllTheWorkersLines(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1", "h2", "h3", linked: false)
            let browser = try await bench.signedIn(.administrator)
            let board = try await browser.get("/overforing")
            #expect(board.html.contains("grunn=workerNotLinked#rett"))
            let form = try await browser.get("/overforing?status=stopped&grunn=workerNotLinked")
            #expect(form.text.contains("Kari Moe (3 linjer)"))
            let empty = try await browser.post(
                "/overforing/kobling", ["visma.firma-kari": "", "grunn": "workerNotLinked"])
            #expect(empty.status == .unprocessableContent)
            #expect(empty.text.contains("Ingenting er endret."))
            let done = try await browser.post(
                "/overforing/kobling",
                ["visma.firma-kari": " 7 ", "status": "stopped", "grunn": "workerNotLinked"])
            #expect(done.location == "/overforing?status=stopped&grunn=workerNotLinked")
            #expect(try await browser.get("/overforing").text.contains("3 linjer er klare nå."))
            let number = try await bench.read { try Worker.get(WorkerID("firma-kari"), in: $0).vismaEmployeeNumber }
            #expect(number == "7")
        }
    }

    @Test func aNumberOfAnotherIsToldWithTheNameAndNothingIsChanged() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1", linked: false)
            _ = try await bench.write { transaction in
                try Worker.create(
                    Worker(
                        id: WorkerID("per"), username: "per", name: "<i>Per</i>", vismaEmployeeNumber: "8"),
                    in: transaction)
            }
            let browser = try await bench.signedIn(.administrator)
            try await browser.get("/overforing?grunn=workerNotLinked")
            let taken = try await browser.post(
                "/overforing/kobling", ["visma.firma-kari": "8", "grunn": "workerNotLinked"])
            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("Ingenting er endret. Kari Moe:"))
            #expect(taken.html.contains("&lt;i&gt;Per&lt;/i&gt;") && !taken.html.contains("<i>Per</i>"))
            #expect(taken.html.contains("value=\"8\""), "what was typed stands there again")
            let number = try await bench.read { try Worker.get(WorkerID("firma-kari"), in: $0).vismaEmployeeNumber }
            #expect(number == nil)
        }
    }

    @Test func tickedLinesGetAnotherWorkTypeAndASingleLineToo() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1", "h2", "h3")
            let task = try await bench.strand("h1", "h2", "h3")
            let leader = try await bench.signedIn(.leader)
            let form = try await leader.get("/overforing?grunn=workTypeNotFromVisma")
            #expect(form.html.matches(of: #/name="valgt" value="h[123]"[^>]*checked/#).count == 3)
            #expect(form.text.contains("P-1 Prosjekt P-1 (3 linjer)"))
            let fields: KeyValuePairs = [
                "arbeidsart.\(task.projectID)": task.id.text, "valgt": "h1", "valgt": "h2",
                "grunn": "workTypeNotFromVisma",
            ]
            #expect(try await leader.post("/overforing/arbeidsart", fields).status == .seeOther)
            #expect(try await leader.get("/overforing").text.contains("2 linjer er klare nå."))
            let single = try await leader.get("/overforing?linje=h3")
            #expect(single.html.contains("name=\"valgt\" value=\"h3\""))
            let mended = try await leader.post(
                "/overforing/arbeidsart",
                ["arbeidsart.\(task.projectID)": task.id.text, "valgt": "h3", "linje": "h3"])
            #expect(mended.location == "/overforing?linje=h3")
            #expect(try await leader.get("/overforing?linje=h3").text.contains("1 linje er klar nå."))
            let stranded = try await bench.count(
                "SELECT count(*) AS n FROM hour_entry WHERE project_work_type_id = 'own' OR state <> 'approved'")
            #expect(stranded == 0)
            let none = try await leader.post("/overforing/arbeidsart", ["arbeidsart.\(task.projectID)": task.id.text])
            #expect(none.status == .unprocessableContent)
        }
    }

    @Test func allLinesOfTheSelectionAreTakenWhenThatIsAsked() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1", "h2", "h3")
            let task = try await bench.strand("h1", "h2", "h3")
            let leader = try await bench.signedIn(.leader)
            try await leader.get("/overforing")
            let done = try await leader.post(
                "/overforing/arbeidsart",
                [
                    "arbeidsart.\(task.projectID)": task.id.text, "valgt": "h1", "alle": "yes",
                    "grunn": "workTypeNotFromVisma",
                ])
            #expect(done.status == .seeOther)
            #expect(try await leader.get("/overforing").text.contains("3 linjer er klare nå."))
        }
    }

    @Test func aWageIsSetAndHoursAreApprovedFromTheBoard() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1", "h2")
            _ = try await bench.write { transaction in
                try transaction.execute("DELETE FROM worker_wage")
                try transaction.execute("UPDATE hour_entry SET state = 'registered' WHERE id = 'h2'")
            }
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let form = try await bookkeeper.get("/overforing?grunn=noWage")
            #expect(
                form.html.contains("name=\"fra.firma-kari\" type=\"date\"")
                    || form.html.contains("value=\"2026-11-16\""))
            let odd = try await bookkeeper.post(
                "/overforing/timelonn", ["lonn.firma-kari": "tre hundre", "fra.firma-kari": "2026-11-01"])
            #expect(odd.status == .unprocessableContent)
            #expect(odd.text.contains("«tre hundre» kan ikke leses."))
            let done = try await bookkeeper.post(
                "/overforing/timelonn",
                ["lonn.firma-kari": "312,50", "fra.firma-kari": "2026-11-01", "grunn": "noWage"])
            #expect(done.status == .seeOther)
            let told = try await bookkeeper.get("/overforing")
            #expect(told.text.contains("1 linje er klar nå, 1 er fortsatt stoppet: ikke godkjent."))
            #expect(try await !bookkeeper.get("/overforing?status=notApproved").html.contains("/overforing/godkjenn"))

            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/overforing?status=notApproved").html.contains("/overforing/godkjenn"))
            let approved = try await leader.post("/overforing/godkjenn", ["valgt": "h2", "status": "notApproved"])
            #expect(approved.status == .seeOther)
            let states = try await bench.count("SELECT count(*) AS n FROM hour_entry WHERE state = 'approved'")
            #expect(states == 2)
        }
    }

    @Test func anotherCompanysLinesAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.approveHours("h1")
            let task = try await bench.strand("h1")
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/overforing")
            #expect(try await !stranger.get("/overforing?linje=h1").text.contains("Kari Moe"))
            for (path, name, value) in [
                ("kobling", "visma.firma-kari", "9"), ("timelonn", "lonn.firma-kari", "1"),
                ("arbeidsart", "arbeidsart.\(task.projectID)", task.id.text), ("godkjenn", "x", "y"),
            ] {
                let page = try await stranger.post(
                    "/overforing/\(path)", [name: value, "fra.firma-kari": "2026-11-01", "valgt": "h1"])
                #expect(page.status == .notFound, "\(path)")
            }
            let stranded = try await bench.count(
                "SELECT count(*) AS n FROM hour_entry WHERE project_work_type_id = 'own'")
            #expect(stranded == 1)
        }
    }
}

extension WebBench {
    /// Puts hours on a work type of our own, which is never transferred. Gives a task they could be on.
    func strand(_ ids: String...) async throws -> ProjectWorkType {
        try await write { transaction in
            let project = try #require(try Project.find(number: "P-1", in: transaction))
            let tasks = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
            let task = try #require(tasks.first { $0.origin == .visma && $0.isOpen })
            try WorkType.insert([WorkType(id: WorkTypeID("own"), number: "9", name: "Lager")], in: transaction)
            try ProjectWorkType.insert(
                [
                    ProjectWorkType(
                        id: ProjectWorkTypeID("own"), projectID: project.id, origin: .proresult,
                        workTypeID: WorkTypeID("own"), name: "Lager")
                ], in: transaction)
            try transaction.execute(
                "UPDATE hour_entry SET project_work_type_id = 'own' WHERE company_id = \(Self.company) AND id IN (\(list: ids))"
            )
            return task
        }
    }
}
