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
        OwnPage.routes,
        OwnWithdrawalsPage.routes,
        OwnWithdrawalPage.routes,
        WithdrawalPage.routes,
        DocumentsPage.routes,
        DocumentPage.routes,
        SupervisionPage.routes,
        MendingRoutes.routes,
        StaticFiles.routes,
    ].flatMap { $0 }

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
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete] {
            router.on("/**", method: method) { request, context in await gate.unknownAddress(request, context) }
        }
        return router
    }
}
