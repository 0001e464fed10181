/// The one way out to the network.
///
/// The real one is ``AsyncHTTPClientTransport``; tests give a scripted one or a router in the same process.
public protocol HTTPTransport: Sendable {
    /// Sends the request once and returns the whole answer.
    ///
    /// A conformance must not retry, must not follow redirects, and must end within `deadline` (from the call until the last
    /// byte of the answer). It may say ``TransportFailure/notSent(_:)`` only if it can prove it: a client of this protocol
    /// sends a write again on that word alone.
    func send(_ request: HTTPTransportRequest, deadline: Duration) async throws(TransportFailure)
        -> HTTPTransportResponse
}

/// One header field. Names are compared without regard to case.
public struct HTTPField: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request as it goes on the wire: absolute address, headers in order, body as bytes.
public struct HTTPTransportRequest: Sendable, Equatable {
    public var method: String
    public var url: String
    public var headers: [HTTPField]
    public var body: [UInt8]

    public init(method: String, url: String, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// An answer with its whole, decompressed body.
public struct HTTPTransportResponse: Sendable, Equatable {
    public var status: Int
    public var headers: [HTTPField]
    public var body: [UInt8]

    public init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of the header, whatever the case of its name.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no answer. The difference between the first two decides whether a write may be sent again.
public enum TransportFailure: Error, Sendable, Equatable {
    /// Proved: refused before a byte of the request was handed to a socket (name look-up, connect, TLS).
    case notSent(String)
    /// Everything else: reset, time-out, cut body, stale keep-alive, cancelled. The request may have had its effect.
    case noAnswer(String)
    /// The answer was larger than the limit and was thrown away; the request has probably had its effect.
    case bodyTooLarge(limitBytes: Int)
}
