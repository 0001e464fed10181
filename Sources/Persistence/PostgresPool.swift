import Synchronization

/// A few connections, each lent for one whole transaction; who comes first is served first.
///
/// Waiting does not end with the task's cancellation: a job that is told to stop still has to write where it stopped.
/// The time limits of the session bound every wait.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection]
        var waiting: [CheckedContinuation<PostgresConnection, any Error>] = []
        var isClosed = false
    }

    private let state: Mutex<State>

    init(_ connections: [PostgresConnection]) { state = Mutex(State(idle: connections)) }

    func lend<Answer>(_ work: (PostgresConnection) async throws -> Answer) async throws -> Answer {
        let connection = try await take()
        defer { giveBack(connection) }
        return try await work(connection)
    }

    /// Waiting callers are turned away and idle connections closed; a lent one closes when it comes back.
    func close() async {
        let (idle, waiting) = state.withLock { state in
            defer { state = State(idle: [], isClosed: true) }
            return (state.idle, state.waiting)
        }
        for continuation in waiting { continuation.resume(throwing: Self.closed) }
        for connection in idle { await connection.close() }
    }

    private func take() async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresConnection, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(Self.closed) }
                if let connection = state.idle.popLast() { return .success(connection) }
                state.waiting.append(continuation)
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    private func giveBack(_ connection: PostgresConnection) {
        let next: CheckedContinuation<PostgresConnection, any Error>? = state.withLock { state in
            if state.isClosed { return nil }
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.idle.append(connection)
            return nil
        }
        next?.resume(returning: connection)
    }

    private static let closed = SQLError.connectionLost("the database has been closed")
}
