import CoreMetrics
import Logging
import Persistence
import Tracing

/// The loop that looks at the rows and does the next thing. Everything that a person or the clock wants is a row; the
/// engine has no other way in.
public struct SyncEngine: Sendable {
    /// Makes the connector of a company for one run. Throws `ERPError`, for instance when the company must sign in again.
    public typealias Connect = @Sendable (CompanyID, JobName) async throws -> any ERPConnector

    private let database: any SQLDatabase
    private let owner: String
    private let randomness: Randomness
    private let logger: Logger
    private let timings: SyncTimings
    private let life: Life
    private let mark: BootMark?
    private let meter: RunMeter
    private let tracer: any Tracer
    private let pagesAtOnce: Int
    private let connect: Connect

    /// What the process around the engine adds: a wait between signs of life, and the wish to stop.
    public struct Life: Sendable {
        /// Waits until the next sign of life is due, well within the lease; nil gives none but the run's own writes.
        public var heartbeat: (@Sendable () async throws -> Void)?
        public var isStopping: @Sendable () -> Bool
        /// What has to be looked after besides the jobs; called at every look that finds none due.
        public var upkeep: @Sendable () async -> Void

        public init(
            heartbeat: (@Sendable () async throws -> Void)? = nil,
            isStopping: @escaping @Sendable () -> Bool = { false },
            upkeep: @escaping @Sendable () async -> Void = {}
        ) {
            self.heartbeat = heartbeat
            self.isStopping = isStopping
            self.upkeep = upkeep
        }
    }

    /// Failures in a row after which a job is dead: it waits for its next hour instead of trying sooner.
    static let mostAttempts = 5

    /// - Parameter pagesAtOnce: see `RunContext`.
    public init(
        database: any SQLDatabase, owner: String, randomness: Randomness, logger: Logger,
        timings: SyncTimings = SyncTimings(), life: Life = Life(), mark: BootMark? = nil, pagesAtOnce: Int = 1,
        metrics: any MetricsFactory = MetricsSystem.factory, tracer: any Tracer = InstrumentationSystem.tracer,
        connect: @escaping Connect
    ) {
        self.database = database
        self.owner = owner
        self.randomness = randomness
        self.logger = logger
        self.timings = timings
        self.life = life
        self.mark = mark
        meter = RunMeter(factory: metrics)
        self.tracer = tracer
        self.pagesAtOnce = pagesAtOnce
        self.connect = connect
    }

    /// Runs the job that has been due longest. Nil when nothing is due.
    @discardableResult
    public func tick() async throws -> FinishedRun? {
        guard
            let claim = try await JobClaim.take(
                from: database, owner: owner, randomness: randomness, lease: timings.lease)
        else {
            return nil
        }
        return try await run(claim)
    }

    /// How often a loop looks when nothing is due and no hint comes.
    public static let longestPause = Duration.seconds(5)

    /// Works until the task is cancelled; `pause` waits between looks when nothing is due: until the next job is, and
    /// `longestPause` at most. A hint ends the wait early.
    public func work(pause: @escaping @Sendable (Duration) async throws -> Void) async {
        let hints = await database.hints()
        while !Task.isCancelled && !life.isStopping() {
            let heard = hints.count
            do {
                if try await tick() != nil { continue }
                await life.upkeep()
                let wait = try await untilNextDue()
                try await hints.wait(since: heard, orFor: { try await pause(wait) })
            } catch is CancellationError {
                return
            } catch {
                logger.error("the engine could not work", metadata: ["error": "\(error)"])
                try? await hints.wait(since: heard, orFor: { try await pause(Self.longestPause) })
            }
        }
    }

    /// How long a job rests that people ask for again and again.
    public static let rest = Duration.seconds(1)

    private func untilNextDue() async throws -> Duration {
        try await database.readAcrossCompanies { connection in
            let now = try connection.now()
            guard let next = try connection.nextDue(after: now) else { return Self.longestPause }
            return min(next - now, Self.longestPause)
        }
    }

    /// At the start of the only process on a SQLite file every running job belongs to the dead.
    public func rescueAll() async throws {
        try await database.transactionAcrossCompanies { connection in
            _ = try connection.execute("UPDATE job SET lease_until = 0 WHERE lease_until > 0")
        }
    }

    /// A trace for each run, in which its calls to the ERP are found. Looks that find nothing due leave none.
    private func run(_ claim: JobClaim) async throws -> FinishedRun {
        let span = tracer.startSpan("run \(claim.job.rawValue)", context: .topLevel)
        defer { span.end() }
        guard span.isRecording else { return try await carryOut(claim) }
        span.updateAttributes { attributes in
            attributes["ferje.company"] = claim.company.text
            attributes["ferje.job"] = claim.job.rawValue
            attributes["ferje.run"] = claim.run.text
        }
        do {
            let finished = try await InstrumentationContext.$current.withValue(span.context) {
                try await carryOut(claim)
            }
            span.attributes["ferje.outcome"] = finished.outcome.word
            if let kind = finished.outcome.kind {
                span.attributes["error.type"] = kind
                span.setStatus(SpanStatus(code: .error))
            }
            return finished
        } catch {
            span.attributes["ferje.outcome"] = error is LeaseLost ? "lost" : "unfinished"
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }

    private func carryOut(_ claim: JobClaim) async throws -> FinishedRun {
        var logger = logger
        logger[metadataKey: "company"] = "\(claim.company)"
        logger[metadataKey: "job"] = "\(claim.job.rawValue)"
        logger[metadataKey: "run"] = "\(claim.run)"
        var outcome = RunOutcome()
        var connector: (any ERPConnector)?
        do {
            let connected = try await connect(claim.company, claim.job)
            connector = connected
            let context = RunContext(
                company: claim.company, job: claim.job, run: claim.run, epoch: claim.epoch,
                startedBy: claim.startedBy, database: database, connector: connected, randomness: randomness,
                logger: logger, timings: timings, mark: mark, pagesAtOnce: pagesAtOnce,
                isStopping: life.isStopping)
            outcome = try await withHeartbeat(context) { try await work(claim, context: context) }
        } catch let lost as LeaseLost {
            logger.warning("another run took over")
            meter.lost(claim.job)
            throw lost
        } catch {
            outcome.fail(error)
            logger.warning("the run failed", metadata: ["error": "\(outcome.error ?? "")"])
        }
        outcome.requests = await connector?.requestsMade() ?? 0
        return try await finish(claim, outcome)
    }

    /// Renews the lease beside the work, so that a long wait for the ERP is not taken for death. When the lease is lost
    /// all the same, the work is cancelled.
    private func withHeartbeat(
        _ context: RunContext, _ body: @escaping @Sendable () async throws -> RunOutcome
    ) async throws -> RunOutcome {
        guard let heartbeat = life.heartbeat else { return try await body() }
        return try await withThrowingTaskGroup(of: RunOutcome?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await heartbeat()
                    do {
                        try await context.transaction { _ in }
                    } catch is SQLError {
                        // A database that does not answer now is met by the run's own writes; the call under way goes on.
                        continue
                    }
                }
            }
            defer { group.cancelAll() }
            return try await group.next()?.flatMap { $0 } ?? RunOutcome()
        }
    }

    private func work(_ claim: JobClaim, context: RunContext) async throws -> RunOutcome {
        var outcome = RunOutcome()
        let (settings, full, now) = try await context.read { transaction in
            let now = try transaction.now()
            let night = Schedule.lastNightly(before: now, company: claim.company)
            let full = claim.job.isExport ? false : try transaction.needsFullPass(of: claim.job, since: night)
            return (SyncSettings(values: try transaction.settingValues()), full, now)
        }
        if claim.job.isExport {
            let result = try await ExportRun(context: context, settings: settings)
                .run(period: claim.period, collects: claim.collects, expecting: claim.digest)
            outcome.counts = result.counts
            outcome.held = result.held
            outcome.nextStepAt = result.nextStepAt
            if let stopped = result.stopped { outcome.fail(stopped) }
        } else {
            outcome.counts = try await runImport(
                claim.job, context: context, settings: settings, full: full, now: now)
        }
        return outcome
    }

    private func finish(_ claim: JobClaim, _ outcome: RunOutcome) async throws -> FinishedRun {
        let company = claim.company
        let (finished, duration) = try await database.transaction(company: company) { transaction in
            let now = try transaction.now()
            var outcome = outcome
            // A run that threw has told its figures page by page; the row knows them, the outcome does not.
            if outcome.error != nil && outcome.counts == RunCounts() {
                outcome.counts = try transaction.counts(of: claim.run)
            }
            let counts = outcome.counts
            let attempts = outcome.error == nil ? 0 : claim.attempts + (outcome.isAttempt ? 1 : 0)
            let row = try transaction.first(
                """
                UPDATE run SET finished_at = \(now), outcome = \(outcome.word), read_count = \(counts.read),
                    created_count = \(counts.created), changed_count = \(counts.changed),
                    unchanged_count = \(counts.unchanged), quarantined_count = \(counts.quarantined),
                    sent_lines = \(counts.sentLines), documents = \(counts.documents), held_count = \(counts.held),
                    requests = \(outcome.requests), error_kind = \(outcome.kind), error = \(outcome.error),
                    error_code = \(outcome.fault?.rawValue)
                WHERE company_id = \(company) AND id = \(claim.run) AND outcome = 'running'
                RETURNING started_at
                """)
            let duration = try row.map { now - (try $0.get("started_at")) } ?? .zero
            try transaction.noteAttempts(attempts, of: claim, because: outcome.error)
            let sooner = sooner(outcome, attempts: attempts, now: now)
            let hour = Schedule.nextHourly(after: now, company: company)
            try transaction.finish(claim, nextRunAt: sooner, ifAutomatic: sooner.map { min($0, hour) } ?? hour)
            return (outcome, duration)
        }
        meter.finished(claim.job, finished, after: duration)
        return FinishedRun(company: company, job: claim.job, run: claim.run, outcome: finished)
    }

    /// When a job is due again sooner than its next hour, or although it has none: after a passing failure, and while a
    /// document is in doubt.
    private func sooner(_ outcome: RunOutcome, attempts: Int, now: Timestamp) -> Timestamp? {
        var times = [outcome.nextStepAt].compactMap { $0.map { max($0, now) } }
        if case .tryLater(let hint) = outcome.consequence, attempts < Self.mostAttempts {
            times.append(now + Backoff.delay(afterFailures: attempts, hint: hint))
        }
        return times.min()
    }
}
