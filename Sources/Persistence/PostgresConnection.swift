/// One seat of the pool: a thread of its own and, from the first transaction on, a session on it.
actor PostgresConnection {
    private let thread = BlockingExecutor(label: "postgres")
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let address: PostgresAddress
    private let clock: WallClock?
    private var session: PostgresSession?

    init(address: PostgresAddress, clock: WallClock?) {
        self.address = address
        self.clock = clock
    }

    func transaction<Result: Sendable>(
        over scope: CompanyScope, readOnly: Bool = false, _ body: @Sendable (any SQLConnection) throws -> Result
    ) throws -> Result {
        let (session, begunAt) = try begin(readOnly ? .reading : .writing, scope)
        let transaction = PostgresTransaction(session: session, clock: clock, begunAt: begunAt)
        let result: Result
        do {
            result = try body(transaction)
            try transaction.failure.check()
        } catch {
            rollBack(session)
            throw error
        }
        if readOnly { session.endReading() } else { try commit(session) }
        return result
    }

    func close() { session = nil }

    /// A session that died while it was idle is replaced here: nothing of this transaction has happened yet.
    private func begin(
        _ kind: PostgresOpening, _ scope: CompanyScope
    ) throws -> (PostgresSession, at: Timestamp?) {
        if let session, session.isIdle {
            do {
                return (session, try session.begin(kind, scope))
            } catch SQLError.connectionLost {}
        }
        session = nil
        let fresh = try PostgresSession(address)
        let begunAt = try fresh.begin(kind, scope)
        session = fresh
        return (fresh, begunAt)
    }

    private func commit(_ session: PostgresSession) throws {
        do {
            let result = try session.run("COMMIT")
            // A transaction that the server has given up answers COMMIT with ROLLBACK, without an error.
            guard result.commandTag == "COMMIT" else {
                throw SQLError.statement("the server rolled back: a body sent a transaction statement of its own")
            }
        } catch SQLError.connectionLost(let why) {
            self.session = nil
            throw SQLError.commitOutcomeUnknown(why)
        } catch {
            rollBack(session)
            throw error
        }
    }

    /// Never throws: closing the session rolls back as well.
    private func rollBack(_ session: PostgresSession) {
        do {
            try session.run("ROLLBACK")
        } catch {
            self.session = nil
        }
    }
}
