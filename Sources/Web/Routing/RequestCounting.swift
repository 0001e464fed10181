import CoreMetrics
import Hummingbird

/// Counts the answers for whoever runs the server: by what was asked for and how it went, never by whom.
struct RequestCounting: RouterMiddleware {
    let metrics: any MetricsFactory

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        let path = request.uri.path
        let kind =
            path.hasPrefix("/api/") || path.hasPrefix("/soap/") ? "api" : path.hasPrefix("/static/") ? "static" : "page"
        Counter(
            label: "ferje_http_requests_total",
            dimensions: [("kind", kind), ("answer", "\(response.status.code / 100)xx")], factory: metrics
        ).increment()
        return response
    }
}
