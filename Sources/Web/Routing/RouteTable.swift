import HTTPTypes
import Hummingbird

/// Every address of the server, in one list. The router is made from it and from nothing else.
enum RouteTable {
    static let all: [Route] = SignInPages.routes + AccountPage.routes + HomePage.routes + StaticFiles.routes
}

extension Office {
    func router() -> Router<WebContext> {
        let gate = Gate(office: self)
        let router = Router(context: WebContext.self)
        for route in RouteTable.all {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                await gate.answer(request, route, context)
            }
            if route.method == .get {
                router.on(RouterPath(route.path), method: .head) { request, context in
                    await gate.answer(request, route, context)
                }
            }
        }
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete] {
            router.on("/**", method: method) { request, context in await gate.unknownAddress(request, context) }
        }
        return router
    }
}
