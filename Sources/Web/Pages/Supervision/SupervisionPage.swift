import HTML
import Persistence
import Proresult
import Sync

/// "Tilsyn": everything that waits for a person, worst first, each with where it is mended.
enum SupervisionPage {
    static let routes: [Route] = [
        .get("/tilsyn", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/tilsyn/apne", .administrators, needsProof: true, open),
        .post("/tilsyn/borte", .administrators, needsProof: true, release),
        .post("/tilsyn/provigjen", .bookkeeping) { visit in
            guard let job = JobName(rawValue: visit.form["jobb"]), job.isExport else { throw Refusal.notFound }
            let person = try visit.actor.username
            let count = try await visit.write { try ExportReview.retryRefused(job, by: person, in: $0) }
            return .see("/tilsyn", .retried(job, count))
        },
    ]

    private static func open(_ visit: Visit) async throws -> Answer {
        let (person, why) = (try visit.actor.username, visit.form["grunn"])
        do {
            try await visit.write { try ExportShutter.open(by: person, because: why, in: $0) }
            return .see("/tilsyn", Text("Overføringen er åpen igjen.", "The exports are open again."))
        } catch ExportShutter.Refused.reasonMissing {
            return .again(
                try await page(visit, problem: Text("Skriv hvorfor den kan åpnes.", "Write why they can be opened.")))
        } catch ExportShutter.Refused.notShut {
            return .again(
                try await page(
                    visit, problem: Text("Overføringen er ikke stengt.", "The exports are not shut.")))
        }
    }

    private static func release(_ visit: Visit) async throws -> Answer {
        guard let resource = ImportResource(rawValue: visit.form["liste"]) else { throw Refusal.notFound }
        let (person, why) = (try visit.actor.username, visit.form["grunn"])
        do {
            try await visit.write { transaction in
                try BrakeRelease.release(resource, by: person, because: why, in: transaction)
                _ = try transaction.requestRun(of: resource.job, by: person)
            }
            return .see("/tilsyn", .brakeReleased)
        } catch BrakeRelease.Refused.reasonMissing {
            return .again(
                try await page(
                    visit,
                    problem: Text("Skriv hvordan du vet at de er borte.", "Write how you know that they are gone.")))
        } catch BrakeRelease.Refused.notHeldBack {
            return .again(
                try await page(
                    visit,
                    problem: Text(
                        "Ingenting mangler lenger i den listen.", "Nothing is missing in that list any more.")))
        }
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let all = try await visit.read { try Supervision.read(in: $0) }
        return Frame.page(visit, Text("Tilsyn", "Supervision"), in: .home) {
            """
            \(SignInPages.trouble(visit, problem))
            \(AttentionList.whole(visit, all.attention))
            \(all.shutter.map { SupervisionCards.shutter(visit, $0) } ?? .nothing)
            \(SupervisionCards.alarms(visit, all))
            \(SupervisionCards.documents(visit, all))
            \(SupervisionCards.refused(visit, all))
            \(SupervisionCards.brakes(visit, all.brakes))
            \(SupervisionCards.marks(visit, all.deadMarks))
            """
        }
    }
}
