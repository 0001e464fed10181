import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Persistence
import Proresult

/// What stands between the router and every handler: who is it, may they, is the form ours. One way in for all routes.
struct Gate: Sendable {
    let office: Office

    func answer(_ request: Request, _ route: Route, _ context: WebContext) async -> Response {
        var visit = Visit(office: office, request: request, context: context)
        // Set also when the handler fails: the session before it is over.
        var proof: Cookie?
        var answer: Answer
        do {
            try await admit(&visit, to: route)
            let body = try await read(request, upTo: route.largestBody)
            visit = try visit.with(body: body, isForm: !route.isSafe && !route.isForPrograms)
            if !route.isSafe, !route.isForPrograms { try checkForm(visit) }
            proof = try await demandProof(&visit, for: route)
            answer = try await route.handle(visit)
        } catch {
            await noteMiss(error, visit, route)
            answer = tell(error, visit, route)
        }
        if let proof { answer.cookies.insert(proof, at: 0) }
        return finish(answer, for: visit, route)
    }

    /// For addresses that no route has.
    func unknownAddress(_ request: Request, _ context: WebContext) async -> Response {
        var visit = Visit(office: office, request: request, context: context)
        let route = Route.get(request.uri.path, .anyone) { _ in throw Refusal.notFound }
        if route.isForPrograms {
            let others = RouteTable.methods(at: request.uri.path)
            return finish(
                tell(others.isEmpty ? Refusal.notFound : Refusal.wrongMethod(others), visit, route), for: visit, route)
        }
        try? await recognise(&visit, route)
        return finish(tell(Refusal.notFound, visit, route), for: visit, route)
    }

    private func admit(_ visit: inout Visit, to route: Route) async throws {
        switch route.access {
        case .anyone:
            try await recognise(&visit, route)
        case .people(let roles):
            try await recognise(&visit, route)
            guard let who = visit.who else { throw Refusal.signInNeeded }
            guard roles.contains(who.user.role) else { throw Refusal.notAllowed }
        case .programs(let roles):
            visit.language = Language(asked: visit.headers[.acceptLanguage]) ?? visit.language
            visit.program = try await program(visit, route)
            guard let program = visit.program else { throw Refusal.signInNeeded }
            if let wait = office.pace.enter(program.key.id, at: visit.now) { throw Refusal.tooMany(wait) }
            guard roles.contains(program.key.role) else { throw Refusal.notAllowed }
        case .signed: break
        }
    }

    private func recognise(_ visit: inout Visit, _ route: Route) async throws {
        guard let token = visit.token else { return }
        visit.who = try await office.desk.find(token: token, at: visit.now, using: route.countsAsUse)
        guard let who = visit.who else {
            visit.token = nil
            return
        }
        visit.language = who.user.language
    }

    private func program(_ visit: Visit, _ route: Route) async throws -> SignedInProgram? {
        if route.path == TMCAPI.path {
            let found = try await ProgramKey.find(
                text: visit.header("X-API-Secret") ?? "", in: office.database, at: visit.now)
            return found?.company.isCalled(visit.header("X-Account-ID") ?? "") == true ? found : nil
        }
        let words = (visit.headers[.authorization] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return try await ProgramKey.find(text: String(words[1]), in: office.database, at: visit.now)
    }

    private func read(_ request: Request, upTo limit: Int) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw Refusal.tooLarge }
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Refusal.tooLarge
        }
    }

    /// A change comes from a page of ours, opened by the same session: the browser says where from, the form says which.
    private func checkForm(_ visit: Visit) throws {
        if let site = visit.header("Sec-Fetch-Site"), site != "same-origin" { throw Refusal.foreignForm }
        guard office.address.isOurs(visit.headers[.origin]) else { throw Refusal.foreignForm }
        guard Session.matches(visit.form["csrf"], visit.formToken) else { throw Refusal.foreignForm }
    }
}
