import Persistence
import Proresult
import Sync

/// "Run now" changes a row and nothing else; pressing it many times leaves one wish.
enum RunStarting {
    static let routes: [Route] = [
        .post("/jobber/{jobb}", .bookkeeping) { visit in
            guard let job = JobName(rawValue: try visit.parameter("jobb")) else { throw Refusal.notFound }
            let period = job.isExport && !visit.form["periode"].isEmpty ? visit.form["periode"] : nil
            let person = try visit.actor.username
            let isOn = try await visit.write { transaction in
                // By what Visma last said; the run asks Visma itself.
                if let period { try ERPFacts.stored(in: transaction)?.demandOpen(period) }
                return try transaction.requestRun(of: job, by: person, period: period, rest: SyncEngine.rest)
            }
            return .see("/", isOn ? .starting(job) : .jobIsOff(job))
        },
        .post("/fakta", .bookkeeping) { visit in
            let back = SignInPages.safePath(visit.form["til"])
            return .see(back, try await readAgain(visit))
        },
    ]

    /// Calls of people have their own share of the hour, but nobody needs the same lists twice in a minute.
    private static let soonest = Duration.seconds(60)

    private static func readAgain(_ visit: Visit) async throws -> Text {
        let company = try visit.company
        let (readAt, now) = try await visit.read { transaction in
            (try ERPFacts.stored(in: transaction)?.neededReadAt, try transaction.now())
        }
        if let readAt, now - readAt < soonest { return .factsAreFresh }
        let connect = visit.office.connect
        let reading = FactsReading(database: visit.office.database, connect: { try await connect($0, .hours) })
        try await reading.refresh(company)
        return .factsWereRead
    }
}
