import HTTPTypes
import Hummingbird

/// Every address of the server, in one list. The router is made from it and from nothing else.
enum RouteTable {
    static let all: [Route] = [
        SignInPages.routes,
        AccountPage.routes,
        HomePage.routes,
        RunStarting.routes,
        EventStream.routes,
        HourEntryPage.routes,
        WorkersPage.routes,
        WorkerPage.routes,
        RegisterPages.routes,
        ProjectPage.routes,
        HoursPage.routes,
        WorkerHoursPage.routes,
        TransferPage.routes,
        PreviewPage.routes,
        RunLogPage.routes,
        WebhookRoute.routes,
        ConnectionPage.routes,
        SetUpPage.routes,
        VismaSettingsPage.routes,
        HourSettingsPage.routes,
        WithdrawalSettingsPage.routes,
        UsersPage.routes,
        UserInvitingPage.routes,
        UserPage.routes,
        ProgramKeysPage.routes,
        HelpPage.routes,
        WithdrawalsPage.routes,
        NewWithdrawalPage.routes,
        HourPage.routes,
        OwnPage.routes,
        OwnHoursPage.routes,
        OwnWithdrawalsPage.routes,
        OwnWithdrawalPage.routes,
        WithdrawalPage.routes,
        DocumentsPage.routes,
        DocumentPage.routes,
        SupervisionPage.routes,
        MendingRoutes.routes,
        API.routes,
        SetUpCheckPage.routes,
        ItemsPage.routes,
        ItemPage.routes,
        ItemGroupsPage.routes,
        CustomerPage.routes,
        TMCAPI.routes,
        StaticFiles.routes,
    ].flatMap { $0 }

    /// What may be done at an address; empty when nothing stands there.
    static func methods(at address: String) -> [String] {
        let path = address.split(separator: "/")
        let found = all.filter { route in
            let parts = route.path.split(separator: "/")
            return parts.count == path.count && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return Set(found.map(\.method.rawValue)).sorted()
    }

    /// Whether a page stands at an address: nothing links to a place that is not there.
    static func serves(_ address: String) -> Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        return pages.contains { parts in
            parts.count == path.count && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    /// The parts of each page's path: a long table asks for many links.
    private static let pages = all.filter { $0.method == .get }.map { $0.path.split(separator: "/") }
}

extension Office {
    func router(_ routes: [Route] = RouteTable.all) -> Router<WebContext> {
        let gate = Gate(office: self)
        let router = Router(context: WebContext.self)
        router.add(middleware: RequestTracing(tracer: tracer))
        router.add(middleware: RequestCounting(metrics: metrics))
        router.add(middleware: UnknownAddresses(gate: gate))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                await gate.answer(request, route, context)
            }
            if route.method == .get {
                router.on(RouterPath(route.path), method: .head) { request, context in
                    await gate.answer(request, route, context).createHeadResponse()
                }
            }
        }
        return router
    }
}

/// The router gives up where a path begins like one of ours and goes on otherwise; then too the answer is our own, with
/// the headers that every answer has.
private struct UnknownAddresses: RouterMiddleware {
    let gate: Gate

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let response = await gate.unknownAddress(request, context)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }
}
