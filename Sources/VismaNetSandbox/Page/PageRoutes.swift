import Foundation
import HTML
import HTTPTypes
import Hummingbird
import NIOCore

/// Adds the pages for people: `/`, `/page/projects`, `/page/items` and `/page/transactions`.
///
/// - Parameters:
///   - model: a copy of what the sandbox holds now; asked once for each page.
///   - release: releases the document with this `PageDocument.id` as a person in the ERP would; what it throws is
///     shown to that person.
func addPageRoutes<Context: RequestContext>(
    to router: Router<Context>, model: @escaping @Sendable () async -> PageModel,
    release: @escaping @Sendable (String) async throws -> Void
) {
    router.get("/") { _, _ in
        pageResponse(renderHome(await model()))
    }
    router.get("/page/projects") { request, _ in
        pageResponse(renderProjects(await model(), search: query("q", request), page: pageNumber(request)))
    }
    router.get("/page/projects/{number}") { _, context in
        pageResponse(renderProject(await model(), number: try pathValue("number", context)))
    }
    router.get("/page/items") { request, _ in
        pageResponse(renderItems(await model(), search: query("q", request), page: pageNumber(request)))
    }
    router.get("/page/transactions") { request, _ in
        pageResponse(renderTransactions(await model(), status: query("status", request), page: pageNumber(request)))
    }
    router.get("/page/transactions/{id}") { _, context in
        pageResponse(renderTransaction(await model(), id: try pathValue("id", context)))
    }
    router.post("/page/transactions/{id}") { _, context in
        let id = try pathValue("id", context)
        guard await model().document(id) != nil else { return pageResponse(nil) }
        do {
            try await release(id)
        } catch {
            return pageResponse(renderTransaction(await model(), id: id, problem: "\(error)"), status: .conflict)
        }
        return Response.redirect(to: "/page/transactions/\(Markup.urlPart(id))", type: .normal)
    }
}

/// A missing page is told in the same frame as the others.
private func pageResponse(_ html: String?, status: HTTPResponse.Status = .ok) -> Response {
    let found = html ?? PageLayout.render("Finnes ikke", "<p><a href=\"/\">Til forsiden</a></p>")
    var headers = HTTPFields()
    headers[.contentType] = "text/html; charset=utf-8"
    headers[.cacheControl] = "no-store"
    // The second fence behind the escaping: nothing but the page's own style can run or load.
    headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
    return Response(
        status: html == nil ? .notFound : status, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: found)))
}

/// Read from the raw text because a form sends a blank as `+`, which the router leaves as it is.
private func query(_ name: String, _ request: Request) -> String {
    for pair in (request.uri.query ?? "").split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0] == name else { continue }
        return parts[1].replacing("+", with: " ").removingPercentEncoding ?? ""
    }
    return ""
}

private func pageNumber(_ request: Request) -> Int {
    Int(query("page", request)) ?? 1
}

/// The router gives path segments as they were sent.
private func pathValue(_ name: String, _ context: some RequestContext) throws -> String {
    guard let value = try context.parameters.require(name).removingPercentEncoding else {
        throw HTTPError(.badRequest, message: "the address is not valid")
    }
    return value
}
