import Persistence

/// What an administrator does about the company's connection. The executable makes it, since the pages reach no ERP.
/// What cannot be done throws `ConnectionRefused`.
public struct ConnectionDesk: Sendable {
    /// Scheme, host and port where people sign in; the only foreign place that a form of ours may lead to.
    public var authority: String
    public var begin: @Sendable (_ company: CompanyID, _ person: String) async throws -> BegunSignIn
    /// Takes the fields of the sign-in's answer; then the company that was reached waits for a yes.
    public var finish:
        @Sendable (_ company: CompanyID, _ answer: [(name: String, value: String)], _ person: String) async throws ->
            Void
    /// Reaches a company as an application by its tenant id; then it waits for a yes.
    public var reach: @Sendable (_ company: CompanyID, _ tenantID: String, _ person: String) async throws -> Void
    /// Says yes to the company that was shown, and returns its name.
    public var confirm: @Sendable (_ company: CompanyID, _ id: String, _ person: String) async throws -> String
    /// Says no: the grant is revoked and erased. False when the ERP did not confirm that.
    public var decline: @Sendable (_ company: CompanyID, _ id: String, _ person: String) async throws -> Bool
    public var disconnect: @Sendable (_ company: CompanyID, _ person: String) async throws -> Bool

    public init(
        authority: String,
        begin: @escaping @Sendable (CompanyID, String) async throws -> BegunSignIn,
        finish: @escaping @Sendable (CompanyID, [(name: String, value: String)], String) async throws -> Void,
        reach: @escaping @Sendable (CompanyID, String, String) async throws -> Void,
        confirm: @escaping @Sendable (CompanyID, String, String) async throws -> String,
        decline: @escaping @Sendable (CompanyID, String, String) async throws -> Bool,
        disconnect: @escaping @Sendable (CompanyID, String) async throws -> Bool
    ) {
        self.authority = authority
        self.begin = begin
        self.finish = finish
        self.reach = reach
        self.confirm = confirm
        self.decline = decline
        self.disconnect = disconnect
    }
}

/// A sign-in that a person has begun.
public struct BegunSignIn: Sendable, CustomStringConvertible, CustomReflectable {
    /// Where to send the browser.
    public let url: String
    /// Comes back with the answer. The web binds it to the session.
    public let state: String
    /// The answer must come before this time.
    public let expires: Timestamp

    public init(url: String, state: String, expires: Timestamp) {
        self.url = url
        self.state = state
        self.expires = expires
    }

    public var description: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
