import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Synchronization

/// The real transport. Make one for the whole process and call ``shutdown()`` at the end.
///
/// Redirects are not followed and nothing is retried (a repeated POST makes a second document). Writes use
/// a connection of their own each time: a reused one may be closed by the server in the very moment we write, and then nobody
/// can say whether the request arrived. TLS 1.2 is the oldest accepted, and there is no switch to skip certificate checks.
public struct AsyncHTTPClientTransport: HTTPTransport {
    /// Largest decoded body, in bytes (32 MiB).
    public static let bodyLimitBytes = 32 * 1024 * 1024

    /// What the other side must keep to. Besides these, a body may grow by decompression to a hundred times its size.
    public struct Limits: Sendable {
        /// For name look-up, connect and TLS together.
        public var connect = Duration.seconds(5)
        /// Until the head of an answer to a read. The answer to a write may take its whole deadline: giving up on it
        /// early would only make its outcome unknown.
        public var firstByte = Duration.seconds(60)
        /// A body that brings less than `leastBytes` in any such time is given up.
        public var slowWindow = Duration.seconds(20)
        /// 1 KiB in each second of the window.
        public var leastBytes = 20 * 1024

        public init() {}
    }

    private let reading: HTTPClient
    private let writing: HTTPClient
    private let limits: Limits

    public init(limits: Limits = Limits()) {
        self.limits = limits
        let configuration = Self.configuration(connectTimeout: limits.connect)
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
            let received = BytesReceived()
            return try await withThrowingTaskGroup(of: HTTPTransportResponse.self) { group in
                group.addTask { try await exchange(request, deadline: deadline, received: received) }
                // The client's own deadline ends with the head of the answer; this one also bounds a dripping body.
                group.addTask {
                    try await Task.sleep(for: deadline)
                    throw TransportFailure.noAnswer("no complete answer within \(deadline)")
                }
                group.addTask { try await demandSpeed(received) }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw TransportFailure.noAnswer("no answer") }
                return first
            }
        } catch {
            throw Self.failure(error)
        }
    }

    private func exchange(
        _ request: HTTPTransportRequest, deadline: Duration, received: BytesReceived
    ) async throws -> HTTPTransportResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
        outgoing.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip")
        if !request.body.isEmpty || request.method != "GET" { outgoing.body = .bytes(request.body) }

        let isRead = request.method == "GET"
        let answer = try await (isRead ? reading : writing).execute(
            outgoing, deadline: .now() + TimeAmount(isRead ? min(deadline, limits.firstByte) : deadline))
        received.begin()
        if let told = answer.headers.first(name: "Content-Length").flatMap({ Int($0) }), told > Self.bodyLimitBytes {
            throw NIOTooManyBytesError(maxBytes: Self.bodyLimitBytes)
        }
        var body: [UInt8] = []
        for try await piece in answer.body {
            received.add(piece.readableBytes)
            guard body.count + piece.readableBytes <= Self.bodyLimitBytes else {
                throw NIOTooManyBytesError(maxBytes: Self.bodyLimitBytes)
            }
            body.append(contentsOf: piece.readableBytesView)
        }
        return HTTPTransportResponse(
            status: Int(answer.status.code),
            headers: answer.headers.map { HTTPField($0.name, $0.value) },
            body: body)
    }

    /// Ends only by throwing: a body that drips would keep the call, and a lease, until its deadline.
    private func demandSpeed(_ received: BytesReceived) async throws -> HTTPTransportResponse {
        var before = received.sinceHead
        while true {
            try await Task.sleep(for: limits.slowWindow)
            let now = received.sinceHead
            if let before, let now, now - before < limits.leastBytes {
                throw TransportFailure.noAnswer("only \(now - before) bytes of the body in \(limits.slowWindow)")
            }
            before = now
        }
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
        // Its own spans would show whole addresses, and it would send the number of the trace along.
        configuration.tracing.tracer = nil
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

/// How much of a body has come.
private final class BytesReceived: Sendable {
    private let count = Atomic<Int>(-1)

    /// Nil before the head has come.
    var sinceHead: Int? {
        let bytes = count.load(ordering: .relaxed)
        return bytes < 0 ? nil : bytes
    }

    func begin() { count.store(0, ordering: .relaxed) }
    func add(_ bytes: Int) { count.wrappingAdd(bytes, ordering: .relaxed) }
}
