import Foundation
import HTTPTypes
import NIOCore
import Persistence
import Proresult

/// One request of one person or program, as a handler sees it.
struct Visit: Sendable {
    let office: Office
    let path: String
    let parameters: [String: String]
    let query: Fields
    let form: Fields
    let body: ByteBuffer
    let headers: HTTPFields
    /// The address of the other end of the connection, for limits.
    let from: String
    let now: Timestamp
    /// The raw session token, and who it belongs to.
    var token: String?
    var who: SignedIn?
    var program: SignedInProgram?
    var visitor: String
    var language: Language
    /// Holds the answer of a sign-in at the ERP to the session that began it.
    var erpSignIn: String?
    /// What the page before had to say.
    var notice: Notice?

    /// Who is signed in. A route for people has somebody.
    var person: SignedIn {
        get throws {
            guard let who else { throw Refusal.signInNeeded }
            return who
        }
    }

    var company: CompanyID {
        get throws {
            if let program { return program.company.id }
            return try person.company.id
        }
    }

    var actor: Actor {
        get throws {
            if let program { return program.key.actor }
            return try person.user.actor
        }
    }

    /// Where a sign-in comes from.
    var origin: SignInOrigin { SignInOrigin(address: from, device: headers[.userAgent] ?? "") }

    /// Today where people work.
    var today: CalendarDate {
        get throws {
            guard let today = CalendarDate(inNorwayAt: now) else {
                throw Refusal.badRequest(Text("Klokken på tjeneren er feil.", "The server's clock is wrong."))
            }
            return today
        }
    }

    func text(_ text: Text) -> String { text.inLanguage(language) }

    /// A part of the path. Only a name that the route has is asked for.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters[name], !value.isEmpty else { throw Refusal.notFound }
        return value
    }

    /// A record's key from the path. One that does not exist is told by the record itself.
    func id<Record>(_ name: String = "id", _ type: Record.Type = Record.self) throws -> Identifier<Record> {
        Identifier<Record>(try parameter(name))
    }

    /// Reads of the signed-in company.
    func read<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await office.database.read(company: company, body)
    }

    func write<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await office.database.transaction(company: company, body)
    }

    /// For the hidden field of every form on the page.
    var formToken: String { Session.csrfToken(of: token ?? visitor) }
}
