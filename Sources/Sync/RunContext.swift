import Logging
import Persistence

/// What one run of one job works with.
public struct RunContext: Sendable {
    public let company: CompanyID
    public let job: JobName
    public let run: SyncRunID
    /// The claim's number: grows with every claim of the job, so that a run that lost its lease can be told apart.
    public let epoch: Int
    /// `schedule`, or the person or command that pressed the button.
    public let startedBy: String
    public let database: any SQLDatabase
    public let connector: any ERPConnector
    public let randomness: Randomness
    public let logger: Logger
    public let timings: SyncTimings
    /// Where it is noted beside the database how much was sent; nil where nobody looks at a start.
    public let mark: BootMark?
    /// How many pages of a list an import has in hand at once: the one that it writes and those on their way. 1 asks
    /// for a page when the one before is written.
    public let pagesAtOnce: Int
    /// True when the process wants to stop: a run then ends between two documents or pages.
    public let isStopping: @Sendable () -> Bool

    public init(
        company: CompanyID, job: JobName, run: SyncRunID, epoch: Int, startedBy: String, database: any SQLDatabase,
        connector: any ERPConnector, randomness: Randomness, logger: Logger,
        timings: SyncTimings = SyncTimings(), mark: BootMark? = nil, pagesAtOnce: Int = 1,
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) {
        self.company = company
        self.job = job
        self.run = run
        self.epoch = epoch
        self.startedBy = startedBy
        self.database = database
        self.connector = connector
        self.randomness = randomness
        self.logger = logger
        self.timings = timings
        self.mark = mark
        self.pagesAtOnce = pagesAtOnce
        self.isStopping = isStopping
    }

    /// A transaction that first proves that this run still owns its job and renews the lease: the fence and the
    /// heartbeat in one statement. Throws `LeaseLost` and writes nothing when another run has taken over.
    public func transaction<Result: Sendable>(
        lease: Duration? = nil, _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await database.transaction(company: company) { transaction in
            let until = try transaction.now() + (lease ?? timings.lease)
            // Never shortened: a sign of life during a POST must not take back the longer lease that the POST asked for.
            let renewed = try transaction.execute(
                """
                UPDATE job SET lease_until = CASE WHEN lease_until > \(until) THEN lease_until ELSE \(until) END
                WHERE company_id = \(company) AND name = \(job) AND epoch = \(epoch) AND lease_until > 0
                """)
            guard renewed == 1 else { throw LeaseLost() }
            return try body(transaction)
        }
    }

    /// Looks without proving that the run still owns its job, and so without writing: what it does with what it sees is
    /// written by `transaction`, which proves it.
    public func read<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await database.read(company: company, body)
    }

    /// Throws `CancellationError` when the run should hand its job back here.
    func checkStopping() throws {
        try Task.checkCancellation()
        if isStopping() { throw CancellationError() }
    }
}
