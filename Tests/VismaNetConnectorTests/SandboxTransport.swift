import Foundation
import Synchronization
import VismaNet
import VismaNetSandbox

/// The sandbox in the same process, without a socket. A connection that it breaks off is an answer that never came.
struct SandboxTransport: HTTPTransport {
    let sandbox: Sandbox

    func send(
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
final class RecordingTransport: HTTPTransport {
    struct Exchange: Sendable {
        var request: HTTPTransportRequest
        var answer: HTTPTransportResponse
    }

    private let transport: any HTTPTransport
    private let kept = Mutex<[Exchange]>([])

    init(_ transport: any HTTPTransport) { self.transport = transport }

    var exchanges: [Exchange] { kept.withLock { $0 } }

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let answer = try await transport.send(request, deadline: deadline)
        kept.withLock { $0.append(Exchange(request: request, answer: answer)) }
        return answer
    }
}
