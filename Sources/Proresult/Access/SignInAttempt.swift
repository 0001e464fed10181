import Crypto
import Foundation
import Persistence

/// The count of failed attempts on an account and from an address, kept in the database, so that neither a restart
/// nor another node forgets it. Nobody is locked out: after some failures the next attempt has to wait, for half a
/// minute at most, and who is signed in notices nothing.
struct SignInAttempt: Sendable {
    private let account: String
    private let address: String?

    private static let freeForAccount = 5
    private static let freeForAddress = 20
    private static let memory = Duration.seconds(900)
    private static let keptFor = Duration.seconds(86_400)
    private static let longestWait = Duration.seconds(30)

    /// Digests, since a typed user name can be a password in the wrong field. The account is counted as it was typed,
    /// whether it exists or not.
    init(company: String?, username: String, address: String?) {
        func digest(_ parts: [String]) -> String { AccessSecret.digest(of: parts.joined(separator: "\u{1F}")) }
        let named = (company ?? "").trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let user = username.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        account = digest(["account", named, user])
        self.address = address.map { digest(["address", $0]) }
    }

    /// Counts the attempt as a failure until it has succeeded, so that many at once cannot slip through; or tells
    /// until when it has to wait.
    func begin(in database: any SQLDatabase, at now: Timestamp) async throws -> Timestamp? {
        try await database.transactionAcrossCompanies { connection in
            let counts = [(account, Self.freeForAccount)] + (address.map { [($0, Self.freeForAddress)] } ?? [])
            var waits: [Timestamp] = []
            for (subject, free) in counts {
                if let until = try Self.wait(for: subject, free: free, at: now, in: connection) { waits.append(until) }
            }
            if let longest = waits.max() { return longest }
            for (subject, _) in counts { try Self.count(subject, at: now, in: connection) }
            return nil
        }
    }

    /// The account is clean again; the address gets back the one attempt, so that a person who signs in between
    /// guesses gains nothing.
    func succeed(in database: any SQLDatabase, at now: Timestamp) async throws {
        try await database.transactionAcrossCompanies { connection in
            try connection.execute("DELETE FROM sign_in_attempt WHERE subject = \(account)")
            try connection.execute(
                "UPDATE sign_in_attempt SET failures = failures - 1 WHERE subject = \(address) AND failures > 0")
        }
        // By itself, since it touches rows in any order.
        _ = try await database.transactionAcrossCompanies { connection in
            try connection.execute("DELETE FROM sign_in_attempt WHERE last_at <= \(now - Self.keptFor)")
        }
    }

    /// The row is locked for the rest of the transaction.
    private static func wait(
        for subject: String, free: Int, at now: Timestamp, in connection: any SQLConnection
    ) throws -> Timestamp? {
        let row = try connection.first(
            """
            UPDATE sign_in_attempt SET subject = subject WHERE subject = \(subject) AND last_at > \(now - memory)
            RETURNING failures, last_at
            """)
        guard let row else { return nil }
        let (failures, last) = (try row.get("failures", as: Int.self), try row.get("last_at", as: Timestamp.self))
        guard failures >= free else { return nil }
        let doublings = min(failures - free, 5)
        let until = last + min(.seconds(1 << doublings), longestWait)
        return until > now ? until : nil
    }

    private static func count(_ subject: String, at now: Timestamp, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO sign_in_attempt (subject, failures, last_at) VALUES (\(subject), 1, \(now))
            ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at,
                failures = CASE WHEN sign_in_attempt.last_at > \(now - memory) THEN sign_in_attempt.failures + 1
                    ELSE 1 END
            """)
    }
}
