import Foundation
import Synchronization
import VismaNet
import VismaNetSandbox

/// The sandbox in the same process, without a socket. A connection that it breaks off is an answer that never came.
public struct SandboxTransport: HTTPTransport {
    let sandbox: Sandbox

    public init(sandbox: Sandbox) { self.sandbox = sandbox }

    public func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        guard let url = URLComponents(string: request.url) else { throw .notSent("no address") }
        let call = SandboxCall(
            method: request.method, path: url.percentEncodedPath, query: url.percentEncodedQuery ?? "",
            origin: "\(url.scheme ?? "")://\(url.host ?? "")",
            headers: request.headers.map { SandboxHeader($0.name, $0.value) }, body: request.body)
        do {
            let answer = try await sandbox.respond(to: call)
            return HTTPTransportResponse(
                status: answer.status, headers: answer.headers.map { HTTPField($0.name, $0.value) }, body: answer.body)
        } catch {
            throw .noAnswer("connection lost")
        }
    }
}

/// Keeps every exchange that passes through it.
public final class RecordingTransport: HTTPTransport {
    public struct Exchange: Sendable {
        public var request: HTTPTransportRequest
        public var answer: HTTPTransportResponse

        public var sent: String { String(decoding: request.body, as: UTF8.self) }
        public var received: String { String(decoding: answer.body, as: UTF8.self) }
    }

    private let transport: any HTTPTransport
    private let kept = Mutex<[Exchange]>([])

    public init(_ transport: any HTTPTransport) { self.transport = transport }

    public var exchanges: [Exchange] { kept.withLock { $0 } }

    public func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let answer = try await transport.send(request, deadline: deadline)
        kept.withLock { $0.append(Exchange(request: request, answer: answer)) }
        return answer
    }
}
