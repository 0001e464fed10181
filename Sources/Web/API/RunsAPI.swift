import HTTPTypes
import Persistence
import Proresult
import Sync

/// Starting a job, which changes a row as the button does, and following its run.
enum RunsAPI {
    static let run = Resource<RunProgress>(
        "Run",
        [
            .init("id") { $0.run.id },
            .init("job") { $0.run.job },
            .init("startedBy", "schedule, or who asked for it.") { $0.run.startedBy },
            .init("startedAt") { $0.run.startedAt },
            .init("finishedAt") { $0.run.finishedAt },
            .init("outcome") { $0.run.outcome },
            .init("read") { $0.run.counts.read },
            .init("created") { $0.run.counts.created },
            .init("changed") { $0.run.counts.changed },
            .init("unchanged") { $0.run.counts.unchanged },
            .init("unreadable", "Rows that were put aside.") { $0.run.counts.quarantined },
            .init("sentLines") { $0.run.counts.sentLines },
            .init("documents") { $0.run.counts.documents },
            .init("documentsLeft", "Still to be sent while it runs.") { $0.isRunning ? $0.documentsLeft : 0 },
            .init("held", "Lines that could not go; the board tells why.") { $0.run.counts.held },
            .init("calls", "Calls to Visma, told at the end.") { $0.run.requests },
            .init("fault", "A stable word for what went wrong; null when all went well.") { $0.run.fault?.rawValue },
            .init("error", "The original text.") { $0.run.error },
        ])

    private static let item = Resource<RunItem>(
        "RunItem",
        [
            .init("recordKind") { $0.recordKind },
            .init("number") { $0.number },
            .init("happened") { $0.happened.rawValue },
            .init("detail") { $0.detail },
        ])

    private static let request = Shape.object(
        name: "RunRequest",
        [
            .needed("job", JobName.shape),
            .optional("period", .text(longest: 6), "YYYYPP, for exports; left out: each line by its date."),
        ])

    static let requested = Shape.object(
        name: "RunRequested",
        [
            .needed("job", JobName.shape), .needed("requestedAt", .instant),
            .needed("follow", .text(), "Where the run stands from when it starts."),
        ])

    static let routes: [APIRoute] = [
        .get(
            "/runs", "Runs, the newest first",
            query: [
                Shape.Member("job", JobName.shape),
                Shape.Member("startedFrom", .instant, "Only those that started then or later."),
            ] + QueryFields.paging, [.ok(run.pageShape)], list),
        .get("/runs/{id}", "One run with its progress", [.ok(run.shape), .notFound]) { call in
            let id: SyncRunID = try call.visit.id()
            let found = try await call.visit.read { transaction in
                guard let found = try RunProgress.of(id, in: transaction) else { throw Refusal.notFound }
                return found
            }
            return try call.answer(found, run)
        },
        .get(
            "/runs/{id}/items", "What happened to records in a run, in order", query: QueryFields.paging,
            [.ok(item.pageShape), .notFound], items),
        .post(
            "/runs", "Asks for a run; many wishes are one", roles: APIRoute.bookkeeping, body: request,
            [.accepted(requested, "The job starts straight away, or when its present run is over."), .rule, .conflict],
            start),
    ]

    private static func list(_ call: APICall) async throws -> Answer {
        let (page, query) = (call.query.page, call.query)
        let filter = RunLog.Filter(
            job: query.text("job").flatMap(JobName.init),
            startedFrom: query.text("startedFrom").flatMap { Timestamp(iso8601: $0) })
        let (runs, total) = try await call.visit.read { transaction in
            let (runs, total) = try RunLog.page(filter, number: page.number, size: page.size, in: transaction)
            return (try RunProgress.of(runs, in: transaction), total)
        }
        return try call.answer(
            rows: runs.map { run.value($0, seesRates: false) }, pages: page.pages(of: total), total: total)
    }

    private static func items(_ call: APICall) async throws -> Answer {
        let (id, page): (SyncRunID, PageRequest) = (try call.visit.id(), call.query.page)
        let (items, total) = try await call.visit.read { transaction in
            guard try RunLog.run(id, in: transaction) != nil else { throw Refusal.notFound }
            return try RunLog.items(of: id, number: page.number, size: page.size, in: transaction)
        }
        return try call.answer(
            rows: items.map { item.value($0, seesRates: false) }, pages: page.pages(of: total), total: total)
    }

    private static func start(_ call: APICall) async throws -> Answer {
        let body = try call.object
        guard let job = body.text("job").flatMap(JobName.init) else {
            throw BadField(field: "job", text: .fieldMissing)
        }
        let (period, person) = (body.text("period"), try call.visit.actor.username)
        guard period == nil || job.isExport else {
            throw PeriodOfImport()
        }
        let requestedAt = try await call.visit.write { transaction in
            if let period { try ERPFacts.stored(in: transaction)?.demandOpen(period) }
            let isOn = try transaction.requestRun(of: job, by: person, period: period, rest: SyncEngine.rest)
            return isOn ? try transaction.now() : nil
        }
        return try accepted(job, requestedAt)
    }

    /// Nil: the job is switched off.
    static func accepted(_ job: JobName, _ requestedAt: Timestamp?) throws -> Answer {
        guard let requestedAt else { throw JobIsOff(job: job) }
        guard case .text(let time) = requestedAt.json else { throw JobIsOff(job: job) }
        let follow = "\(APIRoute.root)/runs" + Fields([("job", job.rawValue), ("startedFrom", time)]).query
        return try .json(
            ["job": .text(job.rawValue), "requestedAt": .text(time), "follow": .text(follow)] as JSONValue,
            status: .accepted)
    }
}
