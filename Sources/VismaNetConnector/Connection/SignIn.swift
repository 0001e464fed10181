import Foundation
import Persistence
import Sync
import VismaNet

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
    public func beginSignIn(company: CompanyID, by person: String) async throws -> BegunSignIn {
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
        return BegunSignIn(url: request.url, state: request.state.revealed, expires: expires)
    }

    /// Ends a sign-in with the fields of its answer, by the person who began it. The company that was reached waits for
    /// that person's `confirm`. Throws `ConnectionRefused`.
    public func finishSignIn(
        company: CompanyID, answer fields: [(name: String, value: String)], by person: String
    ) async throws {
        let sealed = try await database.transaction(company: company) { try $0.takeSignIn() }
        guard let sealed, let bytes = try? masterKey.open(sealed, at: signInPlace(company)),
            let pending = try? JSONDecoder().decode(PendingSignIn.self, from: Data(bytes)), pending.person == person
        else { throw ConnectionRefused.notExpected }
        let code: Secret
        do {
            code = try AuthorizationRequest.code(
                fromAnswer: fields, state: Secret(pending.state), issuer: configuration.authority.text)
        } catch {
            throw ConnectionRefused(error)
        }
        guard pending.expires > clock.now.milliseconds else { throw ConnectionRefused.late }
        let outcome = await tokenRequests(transport).exchange(
            code: code, codeVerifier: Secret(pending.codeVerifier), redirectURI: pending.redirectURI)
        let answer = try granted(outcome, company)
        guard answer.refreshToken != nil else { throw ConnectionRefused.noRefreshToken }
        try await hold(try await reach(company, .interactive, with: answer, by: person), of: company, by: person)
    }

    private func signInPlace(_ company: CompanyID) -> SealedPlace {
        SealedPlace(company: company, table: "setting", column: PendingSignIn.key)
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
