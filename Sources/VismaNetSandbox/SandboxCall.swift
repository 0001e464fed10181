/// One call as it reached the sandbox, over HTTP or in process.
public struct SandboxCall: Sendable {
    public var method: String
    /// Percent-encoded, without the query.
    public var path: String
    /// Percent-encoded, without the question mark.
    public var query: String
    /// `http://127.0.0.1:8080`: what the caller called us, for Location headers.
    public var origin: String
    public var headers: [SandboxHeader]
    public var body: [UInt8]

    public init(
        method: String, path: String, query: String = "", origin: String = "http://localhost",
        headers: [SandboxHeader] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.origin = origin
        self.headers = headers
        self.body = body
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

public struct SandboxHeader: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One answer of the sandbox.
public struct SandboxAnswer: Sendable, Equatable {
    public var status: Int
    public var headers: [SandboxHeader]
    public var body: [UInt8]

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    init(status: Int, headers: [SandboxHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(_ value: JSON, status: Int = 200, headers: [SandboxHeader] = []) -> SandboxAnswer {
        SandboxAnswer(
            status: status, headers: [.init("Content-Type", "application/json; charset=utf-8")] + headers,
            body: value.bytes)
    }

    static func message(_ text: String, status: Int) -> SandboxAnswer {
        .json(.object([.init(name: "message", value: .string(text))]), status: status)
    }

    /// The body of the gateway in front of the API (API.md 2.7).
    static func gateway(_ text: String, status: Int) -> SandboxAnswer {
        var fields = Fields()
        fields.add("statusCode", status)
        fields.add("message", text)
        return .json(fields.json, status: status)
    }

    mutating func replaceHeader(_ name: String, _ value: String?) {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
        if let value { headers.append(.init(name, value)) }
    }
}

/// The connection ended without a whole answer. What became of the call is for the caller to find out.
public struct SandboxConnectionLost: Error, Equatable {
    public init() {}
}

/// How an answer travels back.
enum Delivery: Sendable {
    case whole(SandboxAnswer)
    /// Closed without an answer after so many milliseconds.
    case lost(afterMilliseconds: Int64)
    /// Announces `announced` bytes, sends the body's and closes.
    case cut(SandboxAnswer, announced: Int)
}

/// An answer that ends the work on a call.
struct Refusal: Error {
    var answer: SandboxAnswer

    init(_ answer: SandboxAnswer) { self.answer = answer }
    init(_ message: String, status: Int = 400) { answer = .message(message, status: status) }

    static func notFound(_ field: String) -> Refusal { Refusal("'\(field)' cannot be found in the system.") }
}
