import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// The real transport. Make one for the whole process and call ``shutdown()`` at the end.
///
/// Redirects are not followed and nothing is retried (a repeated POST makes a second document). Writes use
/// a connection of their own each time: a reused one may be closed by the server in the very moment we write, and then nobody
/// can say whether the request arrived. TLS 1.2 is the oldest accepted, and there is no switch to skip certificate checks.
public struct AsyncHTTPClientTransport: HTTPTransport {
    /// Largest decoded body, in bytes (32 MiB).
    public static let bodyLimitBytes = 32 * 1024 * 1024

    private let reading: HTTPClient
    private let writing: HTTPClient

    /// - Parameter connectTimeout: for name look-up, connect and TLS together.
    public init(connectTimeout: Duration = .seconds(5)) {
        let configuration = Self.configuration(connectTimeout: connectTimeout)
        reading = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var once = configuration
        once.maximumUsesPerConnection = 1
        writing = HTTPClient(eventLoopGroupProvider: .singleton, configuration: once)
    }

    /// Closes all connections. No call may follow.
    public func shutdown() async throws {
        try await reading.shutdown()
        try await writing.shutdown()
    }

    public func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        do {
            return try await withThrowingTaskGroup(of: HTTPTransportResponse.self) { group in
                group.addTask { try await exchange(request, deadline: deadline) }
                // The client's own deadline ends with the head of the answer; this one also bounds a dripping body.
                group.addTask {
                    try await Task.sleep(for: deadline)
                    throw TransportFailure.noAnswer("no complete answer within \(deadline)")
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw TransportFailure.noAnswer("no answer") }
                return first
            }
        } catch {
            throw Self.failure(error)
        }
    }

    private func exchange(_ request: HTTPTransportRequest, deadline: Duration) async throws -> HTTPTransportResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
        outgoing.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip")
        if !request.body.isEmpty || request.method != "GET" { outgoing.body = .bytes(request.body) }

        let client = request.method == "GET" ? reading : writing
        let answer = try await client.execute(outgoing, deadline: .now() + TimeAmount(deadline))
        let body = try await answer.body.collect(upTo: Self.bodyLimitBytes)
        return HTTPTransportResponse(
            status: Int(answer.status.code),
            headers: answer.headers.map { HTTPField($0.name, $0.value) },
            body: Array(body.readableBytesView))
    }

    private static func configuration(connectTimeout: Duration) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout)))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .enabled(limit: .ratio(100))
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Only errors that can come from making a connection prove that nothing was sent. When in doubt: no answer.
    static func failure(_ error: any Error) -> TransportFailure {
        switch error {
        case let known as TransportFailure:
            return known
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit:
            return .bodyTooLarge(limitBytes: bodyLimitBytes)
        case is NIOConnectionError:
            return .notSent("no connection: \(error)")
        case let refused as IOError where refused.errnoCode == ECONNREFUSED:
            return .notSent("connection refused")
        case NIOSSLError.handshakeFailed, NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
            return .notSent("TLS handshake failed: \(error)")
        case let extra as NIOSSLExtraError where extra == .failedToValidateHostname:
            return .notSent("TLS: the certificate is for another host")
        case let known as HTTPClientError where provenUnsent.contains(known):
            return .notSent("no connection: \(known.shortDescription)")
        default:
            return .noAnswer("\(type(of: error)): \(error)")
        }
    }

    private static let provenUnsent: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .alreadyShutdown,
        .invalidURL, .emptyHost, .emptyScheme,
    ]
}
