import Dispatch
import Persistence
import Testing
import TestSupport

/// What only a server has: connections that die, locks that time out, an address with a password in it.
@Suite struct PostgresTests {
    private func withPostgres(_ body: (PostgresDatabase, _ url: String) async throws -> Void) async throws {
        try await withDatabaseAddress(.postgres) { address in
            guard case .postgres(let url) = address else { return }
            let database = try PostgresDatabase(url: url, poolSize: 2)
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute("CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)")
            }
            try await body(database, url)
            try await database.close()
        }
    }

    private func count(in database: PostgresDatabase) async throws -> Int? {
        try await database.transactionAcrossCompanies { try $0.first("SELECT COUNT(*) AS n FROM thing")?.get("n") }
    }

    @Test func aConnectionThatDiesInATransactionLosesItAndIsReplaced() async throws {
        try await withPostgres { database, _ in
            for _ in 0..<3 {
                await #expect {
                    try await database.transactionAcrossCompanies { connection in
                        try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                        try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                    }
                } throws: { error in
                    guard case SQLError.connectionLost = error else { return false }
                    return true
                }
            }
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    @Test func aConnectionThatDiedWhileIdleIsReplacedUnseen() async throws {
        try await withPostgres { database, url in
            _ = try await count(in: database)
            let other = try PostgresDatabase(url: url, poolSize: 1)
            try await other.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    """
                    SELECT CAST(pg_terminate_backend(pid, 5000) AS TEXT) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
            try await other.close()
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    @Test func aHintIsHeardInAnotherProcessAlsoAfterTheListenerWasCut() async throws {
        try await withPostgres { database, url in
            let other = try PostgresDatabase(url: url, poolSize: 1)
            let hints = await database.hints()
            // Rings once when it listens.
            try await hints.wait(since: 0, orFor: forEver)
            try await other.transactionAcrossCompanies { try $0.hint() }
            try await hints.wait(since: 1, orFor: forEver)
            try await other.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    """
                    SELECT CAST(pg_terminate_backend(pid, 5000) AS TEXT) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE 'LISTEN%'
                    """)
            }
            try await hints.wait(since: 2, orFor: forEver)
            try await other.transactionAcrossCompanies { try $0.hint() }
            try await hints.wait(since: 3, orFor: forEver)
            try await other.close()
        }
    }

    private let forEver: @Sendable () async throws -> Void = {
        let (never, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        continuation.finish()
    }

    @Test func aConnectionThatDiesAmongManyRowsIsLost() async throws {
        try await withPostgres { database, _ in
            await #expect {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute(
                        """
                        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'
                        """)
                    try connection.execute(
                        """
                        CREATE TRIGGER die BEFORE INSERT ON thing FOR EACH ROW
                        WHEN (NEW.id = 't250') EXECUTE FUNCTION die()
                        """)
                    try connection.executeMany(
                        "INSERT INTO thing (id) VALUES ($1)", (0..<500).map { [.text("t\($0)")] })
                }
            } throws: { error in
                guard case SQLError.connectionLost = error else { return false }
                return true
            }
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    @Test func aConnectionThatDiesInCOMMITLeavesTheOutcomeUnknown() async throws {
        try await withPostgres { database, _ in
            try await database.transactionAcrossCompanies { connection in
                try connection.execute(
                    """
                    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'
                    """)
                try connection.execute(
                    """
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION die()
                    """)
            }
            await #expect {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                }
            } throws: { error in
                guard case SQLError.commitOutcomeUnknown = error else { return false }
                return true
            }
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    @Test func aRuleBrokenAtCOMMITIsNamedAndNothingIsWritten() async throws {
        try await withPostgres { database, _ in
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    """
                    CREATE TABLE part (thing TEXT NOT NULL CONSTRAINT part_thing
                    REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)
                    """)
            }
            await #expect(throws: SQLError.constraint(.foreignKey, "part_thing")) {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                    try connection.execute("INSERT INTO part (thing) VALUES ('b')")
                }
            }
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    /// Bodies run on threads of their own, so that these two may wait for each other.
    @Test func aLockThatIsNotGivenUpIsBusy() async throws {
        try await withPostgres { database, _ in
            let (isLocked, isTried) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let holder: Void = database.transactionAcrossCompanies { connection in
                try connection.execute("LOCK TABLE thing")
                isLocked.signal()
                isTried.wait()
            }
            await #expect(throws: SQLError.busy("canceling statement due to lock timeout (55P03)")) {
                try await database.transactionAcrossCompanies { connection in
                    defer { isTried.signal() }
                    isLocked.wait()
                    try connection.execute("SET LOCAL lock_timeout = '20ms'")
                    try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                }
            }
            try await holder
        }
    }

    @Test func theServerKeepsWhatComesAgainButNoPageAndNoLongList() async throws {
        try await withPostgres { database, _ in
            let many = (0..<20).map(String.init)
            for id in ["a", "b", "c"] {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES (\(id))")
                    _ = try connection.query("SELECT id FROM thing WHERE id >= \(id) ORDER BY id LIMIT 1")
                    _ = try connection.query("SELECT id FROM thing WHERE id >= \(id) ORDER BY id LIMIT \(5)")
                    _ = try connection.query("SELECT id FROM thing WHERE id IN (\(list: [id, "q"]))")
                    _ = try connection.query("SELECT id FROM thing WHERE id IN (\(list: many))")
                    _ = try connection.query(
                        SQL(
                            "SELECT id FROM thing WHERE id IN (VALUES \(many.indices.map { "($\($0 + 1))" }.joined(separator: ", ")))",
                            bindings: many.map(\.sqlValue)))
                }
            }
            let kept = try await database.transactionAcrossCompanies { connection in
                try connection.query("SELECT statement FROM pg_prepared_statements WHERE name NOT LIKE 'begin_%'").map {
                    try $0.get("statement", as: String.self)
                }
            }
            #expect(
                kept.sorted() == [
                    "INSERT INTO thing (id) VALUES ($1)", "SELECT id FROM thing WHERE id >= $1 ORDER BY id LIMIT 1",
                    "SELECT id FROM thing WHERE id IN ($1, $2)",
                ])
        }
    }

    /// A plan for the average company is a bad one for a large company among many small ones.
    @Test func theServerPlansAnewWhatOneCompanyPutsTogether() async throws {
        try await withPostgres { database, _ in
            for id in ["a", "b", "c"] {
                try await database.read(company: CompanyID("firm")) { transaction in
                    _ = try transaction.query("SELECT id FROM thing WHERE id = \(id)")
                    _ = try transaction.query(
                        "SELECT a.id FROM thing a JOIN thing b ON b.id = a.id WHERE a.id = \(id) ORDER BY a.id")
                }
            }
            let kept = try await database.transactionAcrossCompanies { connection in
                try connection.query("SELECT statement FROM pg_prepared_statements WHERE name NOT LIKE 'begin_%'").map {
                    try $0.get("statement", as: String.self)
                }
            }
            #expect(kept == ["SELECT id FROM thing WHERE id = $1"])
        }
    }

    @Test func theTimeOfTheBeginningIsNotThatOfALaterMoment() async throws {
        try await withPostgres { database, _ in
            let (first, second, asked, later) = try await database.transactionAcrossCompanies { connection in
                let (first, second) = (try connection.now(), try connection.now())
                var asked = first
                while asked == first {
                    let row = try connection.first(
                        "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT) AS now")
                    asked = try #require(row).get("now")
                }
                return (first, second, asked, try connection.now())
            }
            #expect(first == second)
            #expect(later >= asked)
        }
    }

    @Test func aReadingThatHasEndedHoldsNothingOpen() async throws {
        try await withPostgres { database, url in
            try await database.readAcrossCompanies { _ = try $0.query("SELECT id FROM thing") }
            let other = try PostgresDatabase(url: url, poolSize: 1)
            // Waits for whoever still reads the table.
            try await other.transactionAcrossCompanies { connection in
                try connection.execute("LOCK TABLE thing IN ACCESS EXCLUSIVE MODE")
            }
            try await other.close()
        }
    }

    @Test func whatTheServerKeepsSeesAnotherReleasesColumnsAndOutlivesARollBack() async throws {
        try await withPostgres { database, url in
            @Sendable func look() async throws -> Int {
                try await database.transactionAcrossCompanies { connection in
                    try connection.query("SELECT id FROM thing WHERE id = \("a")").count
                }
            }
            let other = try PostgresDatabase(url: url, poolSize: 1)
            struct Backwards: Error {}
            await #expect(throws: Backwards.self) {
                try await database.transactionAcrossCompanies { connection in
                    for _ in 0..<3 { _ = try connection.query("SELECT id FROM thing WHERE id = \("a")") }
                    throw Backwards()
                }
            }
            #expect(try await look() == 0)
            try await other.transactionAcrossCompanies { connection in
                try connection.execute("ALTER TABLE thing ADD COLUMN name TEXT")
                try connection.execute("CREATE INDEX thing_name ON thing (name)")
                try connection.execute("INSERT INTO thing (id) VALUES ('a')")
            }
            #expect(try await look() == 1)
            try await other.close()
        }
    }

    @Test func tooManyParametersAreOurBugAndLeaveTheConnection() async throws {
        try await withPostgres { database, _ in
            let ids = [Int](repeating: 1, count: 70_000)
            await #expect {
                try await database.transactionAcrossCompanies { connection in
                    try connection.query("SELECT id FROM thing WHERE 1 IN (\(list: ids))").count
                }
            } throws: { error in
                guard case SQLError.statement = error else { return false }
                return true
            }
            let held = try await count(in: database)
            #expect(held == 0)
        }
    }

    @Test func sessionsAreDurableAndHaveTimeLimits() async throws {
        try await withPostgres { database, _ in
            let names = [
                "synchronous_commit", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
                "client_encoding", "transaction_isolation",
            ]
            let settings: [String?] = try await database.transactionAcrossCompanies { connection in
                try names.map { try connection.first("SELECT current_setting(\($0)) AS s")?.get("s") }
            }
            #expect(settings == ["on", "1min", "10s", "1min", "UTF8", "read committed"])
        }
    }

    @Test func theServersClockIsTheTime() async throws {
        try await withPostgres { database, _ in
            let (early, late) = try await database.transactionAcrossCompanies { connection in
                let early = try connection.now()
                try connection.execute("SELECT pg_sleep(0.002)")
                return (early, try connection.now())
            }
            #expect(early < late)
            #expect(early > Timestamp(milliseconds: 1_700_000_000_000))
        }
    }

    @Test func typesThatSQLiteLacksAreOurBug() async throws {
        try await withPostgres { database, _ in
            await #expect(throws: SQLError.unreadable("column x has type number 1700: cast it to BIGINT or TEXT")) {
                try await database.transactionAcrossCompanies { try $0.query("SELECT SUM(1::BIGINT) AS x").count }
            }
        }
    }

    @Test func moreCallersThanConnectionsTakeTurns() async throws {
        try await withPostgres { database, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await database.transactionAcrossCompanies { connection in
                            _ = try connection.execute("INSERT INTO thing (id) VALUES (\("t\(number)"))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count(in: database) == 20)
            let sessions: Int? = try await database.transactionAcrossCompanies { connection in
                try connection.first(
                    "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                )?.get("n")
            }
            #expect((1...2).contains(sessions ?? 0))
        }
    }

    @Test func passwordsStayOutOfErrors() async throws {
        for address in ["postgres://ferje:hemmelig@[x", "host=x hemmelig", "password=x hemmelig=1", "hemmelig"] {
            #expect {
                try PostgresDatabase(url: address)
            } throws: { error in
                !"\(error)".contains("hemmelig") && error is SQLError
            }
        }
        let unreachable = try PostgresDatabase(url: "postgres://ferje:hemmelig@/x?host=%2Fnowhere%2Fhemmelig")
        await #expect {
            try await unreachable.transactionAcrossCompanies { try $0.query("SELECT 1").count }
        } throws: { error in
            guard case SQLError.connectionLost(let why) = error else { return false }
            return why.contains("/nowhere/***") && !why.contains("hemmelig")
        }
    }
}
