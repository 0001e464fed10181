import Crypto
import Foundation
import Persistence
import Sync
import VismaNet

/// A sign-in that a person has begun.
public struct SignIn: Sendable, CustomStringConvertible, CustomReflectable {
    /// Where to send the browser.
    public let url: String
    /// Comes back with the answer. The web binds it to the session.
    public let state: String
    /// The answer must come before this time.
    public let expires: Timestamp

    public var description: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is remembered while the person is at Visma: sealed in the table `setting` under `Self.key`, one per company, so
/// that the answer may come to another process and a newer sign-in puts an end to an older one.
struct PendingSignIn: Codable, Sendable {
    static let key = "visma.signIn"
    static let lifetime = Duration.seconds(600)

    var state: String
    var codeVerifier: String
    var redirectURI: String
    var person: String
    var expires: Int64
}

extension VismaNetConnections {
    /// Begins a sign-in with PKCE and a state of its own, good for ten minutes and one use.
    public func beginSignIn(company: CompanyID, by person: String) async throws -> SignIn {
        let request = AuthorizationRequest(
            application: configuration.application, redirectURI: configuration.redirectURI,
            authority: configuration.authority, randomBytes: { self.randomness.bytes($0) })
        let expires = clock.now + PendingSignIn.lifetime
        let pending = PendingSignIn(
            state: request.state.revealed, codeVerifier: request.codeVerifier.revealed,
            redirectURI: request.redirectURI, person: person, expires: expires.milliseconds)
        let sealed = try masterKey.seal(
            Array(try JSONEncoder().encode(pending)), at: signInPlace(company), randomness: randomness)
        try await database.transaction(company: company) { transaction in
            try transaction.execute(
                """
                INSERT INTO setting (company_id, key, value) VALUES (\(company), \(PendingSignIn.key), \(sealed))
                ON CONFLICT (company_id, key) DO UPDATE SET value = excluded.value
                """)
            try transaction.audit(by: person, "signInBegun", of: ConnectionRow.auditKind, ConnectionRow.auditSubject)
        }
        return SignIn(url: request.url, state: request.state.revealed, expires: expires)
    }

    /// Ends a sign-in with the code and state of the answer, by the person who began it, and returns the name and
    /// number of the organisation that the person chose.
    ///
    /// Throws `ERPError(.askPerson)` for an answer that is not expected, is late, or comes twice.
    public func finishSignIn(
        company: CompanyID, code: String, state: String, by person: String
    ) async throws -> String {
        let sealed = try await database.transaction(company: company) { try $0.takeSignIn() }
        guard let sealed, let bytes = try? masterKey.open(sealed, at: signInPlace(company)),
            let pending = try? JSONDecoder().decode(PendingSignIn.self, from: Data(bytes)),
            pending.matches(state), pending.person == person, pending.expires > clock.now.milliseconds
        else {
            throw ERPError(
                .askPerson, "this answer belongs to no sign-in that is under way: begin again", request: "sign-in")
        }
        let outcome = await tokenRequests(transport).exchange(
            code: Secret(code), codeVerifier: Secret(pending.codeVerifier), redirectURI: pending.redirectURI)
        let answer = try Self.granted(outcome)
        guard answer.refreshToken != nil else {
            throw ERPError(
                .askPerson, "Visma gave no refresh token: the application needs the scope offline_access",
                request: "POST /connect/token")
        }
        return try await connect(company, .interactive, tenantID: nil, with: answer, by: person)
    }

    private func signInPlace(_ company: CompanyID) -> SealedPlace {
        SealedPlace(company: company, table: "setting", column: PendingSignIn.key)
    }
}

extension PendingSignIn {
    /// By their digests, so that the time it takes tells nothing.
    fileprivate func matches(_ answer: String) -> Bool {
        SHA256.hash(data: Data(state.utf8)) == SHA256.hash(data: Data(answer.utf8))
    }
}

extension CompanyTransaction {
    /// Whatever the answer is worth, the sign-in is used up by it.
    fileprivate func takeSignIn() throws -> String? {
        try first(
            "DELETE FROM setting WHERE company_id = \(company) AND key = \(PendingSignIn.key) RETURNING value"
        )?.get("value")
    }

    func forgetSignIn() throws { _ = try takeSignIn() }
}
