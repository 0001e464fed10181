import CLibpq
import Foundation

/// One open connection to a server. Its calls block; it belongs to one thread at a time.
final class PostgresSession {
    private let handle: OpaquePointer
    private let address: PostgresAddress
    private var plans = PostgresPlans()

    init(_ address: PostgresAddress) throws {
        self.address = address
        handle = try Self.connect(address)
        _ = PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try runAll(Self.settings)
        for opening in PostgresOpening.allCases {
            _ = try checked(PQprepare(handle, opening.name, opening.text, 0, nil), opening.text)
        }
    }

    deinit { PQfinish(handle) }

    /// Whether the next transaction may use it. Takes the answer that `endReading` has left.
    var isIdle: Bool {
        while let answer = PQgetResult(handle) { PQclear(answer) }
        return PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// Begins a transaction and says whose rows it is about, in one round trip. Tells the server's time.
    func begin(_ kind: PostgresOpening, _ scope: CompanyScope) throws -> Timestamp? {
        let ofWhom = scope == .all ? PostgresOpening.ofAll : .ofOneCompany
        plans.areOfOneCompany = scope != .all
        let word = SQLValue.text(try PostgresRowSecurity.word(for: scope))
        guard PQenterPipelineMode(handle) == 1 else { throw refusal() }
        defer { PQexitPipelineMode(handle) }
        guard PQsendQueryPrepared(handle, kind.name, 0, nil, nil, nil, 0) == 1,
            try withParameters([word], { PQsendQueryPrepared(handle, ofWhom.name, 1, $0, nil, nil, 0) }) == 1
        else { throw refusal() }
        return try endBatch(kind.text).last?.firstInteger.map(Timestamp.init(milliseconds:))
    }

    /// Ends a transaction that has only read, without waiting: what it has seen is in its answers already.
    func endReading() { PQsendQuery(handle, "COMMIT") }

    /// Runs one statement with its values.
    @discardableResult
    func run(_ text: String, _ bindings: [SQLValue] = []) throws -> PostgresResult {
        let types = bindings.map(\.postgresType)
        let count = Int32(types.count)
        let name: String
        switch plans.plan(for: text, types) {
        case .none:
            return try checked(
                try withParameters(bindings) { PQexecParams(handle, text, count, types, $0, nil, nil, 0) }, text)
        case .kept(let known): name = known
        case .wanted(let new):
            _ = try checked(PQprepare(handle, new, text, count, types), text)
            plans.keep(new, for: text, types)
            name = new
        }
        return try checked(
            try withParameters(bindings) { PQexecPrepared(handle, name, count, $0, nil, nil, 0) }, text)
    }

    /// Runs several statements without values in one round trip.
    private func runAll(_ text: String) throws { _ = try checked(PQexec(handle, text), text) }

    /// Runs one statement for many rows and tells how many rows changed: an insertion with many rows at once, any other
    /// without waiting for each answer.
    func run(_ text: String, rows: [[SQLValue]]) throws -> Int {
        guard let width = rows.first?.count else { return 0 }
        let types = try Self.types(of: rows, width: width)
        if let insert = PostgresBulkInsert(text, columns: types) {
            return try stride(from: 0, to: rows.count, by: Self.rowsPerInsert).reduce(0) { count, start in
                try count + add(rows[start..<min(start + Self.rowsPerInsert, rows.count)], by: insert)
            }
        }
        _ = try checked(PQprepare(handle, "", text, Int32(width), types), text)
        guard PQenterPipelineMode(handle) == 1 else { throw refusal() }
        defer { PQexitPipelineMode(handle) }
        return try stride(from: 0, to: rows.count, by: Self.rowsPerBatch).reduce(0) { count, start in
            try count + runBatch(text, rows[start..<min(start + Self.rowsPerBatch, rows.count)])
        }
    }

    private func add(_ rows: ArraySlice<[SQLValue]>, by insert: PostgresBulkInsert) throws -> Int {
        let count = insert.types.count
        return try insert.withArrays(of: rows) { arrays, lengths in
            let isBinary = [Int32](repeating: 1, count: count)
            return try checked(
                PQexecParams(handle, insert.text, Int32(count), insert.types, arrays, lengths, isBinary, 0), insert.text
            ).changedRows
        }
    }

    /// Waits for a NOTIFY. False when `stopped` can be read instead; throws when the connection is gone.
    func isNotified(orStopped stopped: Int32) throws -> Bool {
        while true {
            guard PQconsumeInput(handle) == 1 else { throw refusal() }
            var isHeard = false
            while let notification = PQnotifies(handle) {
                PQfreemem(notification)
                isHeard = true
            }
            if isHeard { return true }
            let wanted = Int16(POLLIN)
            var ends = [
                pollfd(fd: PQsocket(handle), events: wanted, revents: 0),
                pollfd(fd: stopped, events: wanted, revents: 0),
            ]
            guard poll(&ends, 2, -1) >= 0 || errno == EINTR else { throw refusal() }
            if ends[1].revents != 0 { return false }
        }
    }

    private func runBatch(_ text: String, _ rows: ArraySlice<[SQLValue]>) throws -> Int {
        for row in rows {
            let sent = try withParameters(row) {
                PQsendQueryPrepared(handle, "", Int32(row.count), $0, nil, nil, 0)
            }
            guard sent == 1 else { throw refusal() }
        }
        return try endBatch(text).changedRows
    }

    /// Reads to the end of the batch whatever happens, so that the connection can be used for the ROLLBACK.
    private func endBatch(_ text: String) throws -> (changedRows: Int, last: PostgresResult?) {
        guard PQpipelineSync(handle) == 1 else { throw refusal() }
        var answer: (changedRows: Int, last: PostgresResult?) = (0, nil)
        var firstError: SQLError?
        while true {
            // One null pointer stands after the answer of each statement; two mean that no answer comes any more.
            guard let next = PQgetResult(handle) ?? PQgetResult(handle) else {
                throw firstError ?? .connectionLost(message)
            }
            let result = PostgresResult(next)
            switch result.status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: answer = (answer.changedRows + result.changedRows, result)
            case PGRES_PIPELINE_ABORTED: break
            case PGRES_PIPELINE_SYNC:
                if let firstError { throw firstError }
                return answer
            default: firstError = firstError ?? error(of: result, text)
            }
        }
    }

    private func checked(_ answer: OpaquePointer?, _ text: String) throws -> PostgresResult {
        guard let answer else { throw refusal() }
        let result = PostgresResult(answer)
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(result.status) else { throw error(of: result, text) }
        return result
    }

    /// An error without a code is not the server's: libpq could not reach it, even where it has not closed yet.
    private func error(of result: PostgresResult, _ text: String) -> SQLError {
        result.errorField("C") == nil ? .connectionLost(message) : SQLError(result, statement: text)
    }

    /// Why libpq sent nothing: there is no connection, or the call is wrong, as with 70,000 parameters.
    private func refusal() -> SQLError {
        PQstatus(handle) == CONNECTION_OK ? .statement(message) : .connectionLost(message)
    }

    private var message: String { address.cleaned(String(cString: PQerrorMessage(handle))) }

    /// More rows would gain nothing and could fill the buffers of both sides.
    private static let rowsPerBatch = 200
    /// More than a page of an import, and no more than the server takes in a moment.
    private static let rowsPerInsert = 1000

    /// Statements of ours take milliseconds, and policies of rows make them look dear: they are worth neither compiling nor
    /// workers, which take tens of milliseconds to start. Each names its company, and each index begins with it: what a plan
    /// that was kept from the first days of a table would read as a whole is found by an index at any size.
    private static let settings = """
        SET synchronous_commit = on; SET statement_timeout = '60s'; SET lock_timeout = '10s';
        SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = warning; SET jit = off;
        SET max_parallel_workers_per_gather = 0; SET enable_seqscan = off;
        SET standard_conforming_strings = on; SET TimeZone = 'UTC'
        """

    /// What the address says comes after the first group and may change it; the encoding is not up to it. A network
    /// that goes away must not keep a thread for the hours of TCP's own limits.
    private static func connect(_ address: PostgresAddress) throws -> OpaquePointer {
        let options = [
            ("application_name", "ferje"), ("connect_timeout", "10"), ("keepalives_idle", "30"),
            ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "60000"),
            ("dbname", address.text), ("client_encoding", "UTF8"),
        ]
        let handle = withCStrings(options.map(\.0)) { keywords in
            withCStrings(options.map(\.1)) { PQconnectdbParams(keywords, $0, 1) }
        }
        guard let handle else { throw SQLError.connectionLost("no memory for a connection to PostgreSQL") }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw SQLError.connectionLost(address.cleaned(String(cString: PQerrorMessage(handle))))
        }
        return handle
    }

    private func withParameters<Answer>(
        _ values: [SQLValue], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
    ) throws -> Answer {
        for value in values { try value.refuseNUL() }
        return withCStrings(values.map(\.postgresText), body)
    }

    /// The type of each column is that of its first value; NULL alone leaves it to the server.
    private static func types(of rows: [[SQLValue]], width: Int) throws -> [Oid] {
        var types = [Oid](repeating: 0, count: width)
        for row in rows {
            guard row.count == width else { throw SQLError.statement("the rows of values differ in length") }
            for (column, value) in row.enumerated() where value != .null {
                guard types[column] == 0 || types[column] == value.postgresType else {
                    throw SQLError.statement("value \(column + 1) is a text in one row and an integer in another")
                }
                types[column] = value.postgresType
            }
        }
        return types
    }
}

/// Lends the texts as a list of C strings, with a null pointer at its end.
private func withCStrings<Answer>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
) -> Answer {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer { copies.forEach { free($0) } }
    return (copies.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}

extension SQLValue {
    /// BIGINT in `pg_type`.
    static let bigint: Oid = 20

    /// The number of the type in `pg_type`: BIGINT, TEXT, or unknown.
    fileprivate var postgresType: Oid {
        switch self {
        case .null: 0
        case .integer: Self.bigint
        case .text: 25
        }
    }

    fileprivate var postgresText: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}
