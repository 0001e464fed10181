import Foundation
import Tracing

/// One request of the OpenTelemetry protocol in JSON, as the Collector's `otlpjsonfile` receiver reads them, one on a line:
/// ids in hex, 64-bit numbers as text, enumerations as numbers.
struct OTLPLine: Encodable {
    struct Resource: Encodable { var attributes: [OTLPAttribute] }
    struct Scope: Encodable { var name: String }
    struct ScopeSpans: Encodable {
        var scope: Scope
        var spans: [OTLPSpan]
    }
    struct ResourceSpans: Encodable {
        var resource: Resource
        var scopeSpans: [ScopeSpans]
    }

    var resourceSpans: [ResourceSpans]

    static func line(_ span: OTLPSpan) -> [UInt8]? {
        let service = OTLPAttribute(key: "service.name", value: .text("ferje"))
        let request = OTLPLine(resourceSpans: [
            ResourceSpans(
                resource: Resource(attributes: [service]),
                scopeSpans: [ScopeSpans(scope: Scope(name: "ferje"), spans: [span])])
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(request)).map { Array($0) + [UInt8(ascii: "\n")] }
    }
}

struct OTLPSpan: Encodable, Sendable {
    struct Status: Encodable, Sendable {
        var code: Int
        var message: String?
    }

    struct Event: Encodable, Sendable {
        var timeUnixNano: String
        var name: String
        var attributes: [OTLPAttribute]

        init(_ time: String, _ name: String, _ attributes: SpanAttributes) {
            (timeUnixNano, self.name, self.attributes) = (time, name, OTLPAttribute.list(attributes))
        }
    }

    var traceId: String
    var spanId: String
    var parentSpanId: String?
    var name: String
    var kind: Int
    var startTimeUnixNano: String
    var endTimeUnixNano = "0"
    var attributes: [OTLPAttribute] = []
    var events: [Event] = []
    /// Left out when nobody set one.
    var status: Status?

    static func number(of kind: SpanKind) -> Int {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }
}

struct OTLPAttribute: Encodable, Sendable {
    enum Value: Encodable, Sendable {
        case text(String)
        case whole(Int64)
        case number(Double)
        case truth(Bool)

        private enum Key: String, CodingKey { case stringValue, intValue, doubleValue, boolValue }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .text(let text): try container.encode(text, forKey: .stringValue)
            case .whole(let whole): try container.encode(String(whole), forKey: .intValue)
            case .number(let number): try container.encode(number, forKey: .doubleValue)
            case .truth(let truth): try container.encode(truth, forKey: .boolValue)
            }
        }
    }

    var key: String
    var value: Value

    /// By name, so that one span has one line. Lists are not among ours and are left out.
    static func list(_ attributes: SpanAttributes) -> [OTLPAttribute] {
        var list: [OTLPAttribute] = []
        attributes.forEach { key, attribute in
            let value: Value? =
                switch attribute {
                case .string(let text): .text(text)
                case .int64(let whole): .whole(whole)
                case .int32(let whole): .whole(Int64(whole))
                case .bool(let truth): .truth(truth)
                case .double(let number): number.isFinite ? .number(number) : nil
                default: nil
                }
            if let value { list.append(OTLPAttribute(key: key, value: value)) }
        }
        return list.sorted { $0.key < $1.key }
    }
}
