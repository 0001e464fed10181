import HTTPTypes
import Proresult

/// One address of the server: who may come, and what happens then. The table of these drives the router and the access
/// tests, so that an address without an entry cannot exist.
struct Route: Sendable {
    enum Access: Sendable, Hashable {
        /// Also people who are not signed in.
        case anyone
        case people(Set<Role>)
        /// Programs with a key of the company that has one of the roles.
        case programs(Set<Role>)
        /// Machines that sign what they send; the handler checks the signature before anything else.
        case signed

        static let everybody = people(Set(Role.allCases))
        static let office = people([.leader, .administrator, .bookkeeper])
        static let leaders = people([.leader, .administrator])
        static let bookkeeping = people([.administrator, .bookkeeper])
        static let administrators = people([.administrator])
    }

    var method: HTTPRequest.Method
    /// With `{name}` for a part that the handler asks for.
    var path: String
    var access: Access
    /// Whether the person must have shown the password in the last five minutes.
    var needsProof = false
    /// Where a person goes on who must sign in or give the password first; nil: the address itself, or the start page
    /// after a form. What has secrets in its address names another.
    var home: String?
    /// False for what a page asks for by itself while nobody is there: it must not keep the session alive.
    var countsAsUse = true
    /// Bytes of the body that are read; more is refused.
    var largestBody = 256 * 1024
    var handle: @Sendable (Visit) async throws -> Answer

    static func get(
        _ path: String, _ access: Access, needsProof: Bool = false, home: String? = nil, countsAsUse: Bool = true,
        _ handle: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Route {
        Route(
            method: .get, path: path, access: access, needsProof: needsProof, home: home, countsAsUse: countsAsUse,
            handle: handle)
    }

    static func post(
        _ path: String, _ access: Access, needsProof: Bool = false, home: String? = nil,
        largestBody: Int = 256 * 1024, _ handle: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Route {
        Route(
            method: .post, path: path, access: access, needsProof: needsProof, home: home, largestBody: largestBody,
            handle: handle)
    }

    var isSafe: Bool { method == .get || method == .head }
    /// Whether no person stands behind a request: no session, no form of ours, and failures are told as data.
    var isForPrograms: Bool {
        switch access {
        case .anyone, .people: false
        case .programs, .signed: true
        }
    }
}
