import HTTPTypes
import Hummingbird
import Logging
import NIOCore

#if canImport(Glibc)
import Glibc
#endif

/// Keeps the channel within reach, so that a fault can close it.
public struct SandboxContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

extension Sandbox {
    /// The largest body that is read; more is answered with 413.
    private static let largestBody = 8 * 1024 * 1024

    /// Everything the sandbox serves: API, identity server, and the judge and people's page when configured.
    public func router() -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self)
        // The router's own option for this would also lower the keys in the paths of the pages.
        let spellings = ["v1", "V1", "api", "API", "Api", "connect", "Connect", ".well-known"]
        for path in spellings.map({ RouterPath("/\($0)/**") }) {
            for method: HTTPRequest.Method in [.get, .post, .put, .delete, .patch] {
                router.on(path, method: method) { request, context in try await self.serve(request, context) }
            }
        }
        if configuration.exposesJudge { addJudgeRoutes(to: router) }
        addPage(to: router)
        return router
    }

    /// An application on a loopback port; 0 lets the system choose one.
    public func application(
        port: Int = 0, onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var logger = Logger(label: "visma-net-sandbox")
        logger.logLevel = .error
        return Application(
            router: router(), configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: onServerRunning, logger: logger)
    }

    private func serve(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let body = try await request.body.collect(upTo: Sandbox.largestBody)
        let call = SandboxCall(
            method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
            origin: "http://\(request.head.authority ?? "localhost")",
            headers: request.headers.map { SandboxHeader($0.name.rawName, $0.value) },
            body: Array(body.readableBytesView))
        switch await deliver(call) {
        case .whole(let answer): return response(answer, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        case .lost(let milliseconds):
            try await sleep(milliseconds)
            return try await reset(context.channel)
        case .cut(let answer, let announced): return cut(answer, announced: announced, context.channel)
        }
    }

    private func response(_ answer: SandboxAnswer, body: ResponseBody) -> Response {
        var headers = HTTPFields()
        for header in answer.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headers.append(HTTPField(name: name, value: header.value))
        }
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }

    /// Ends the connection with a reset instead of a farewell: what a caller sees when the other side is gone.
    private func reset(_ channel: any Channel) async throws -> Response {
        #if canImport(Glibc)
        if let sockets = channel as? any SocketOptionProvider {
            try? await sockets.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        #endif
        try? await channel.close()
        return Response(status: .ok, body: ResponseBody { _ in throw SandboxConnectionLost() })
    }

    private func cut(_ answer: SandboxAnswer, announced: Int, _ channel: any Channel) -> Response {
        let body = ResponseBody(contentLength: announced) { writer in
            try await writer.write(ByteBuffer(bytes: answer.body))
            try? await channel.close()
            throw SandboxConnectionLost()
        }
        return response(answer, body: body)
    }
}
