import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON on its way out. Amounts and quantities are texts with the exact decimal: a program that reads them as a binary
/// number does so by its own will.
indirect enum JSONValue: Sendable, Hashable {
    case null
    case truth(Bool)
    case whole(Int)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue: Encodable {
    func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var value = encoder.singleValueContainer()
            try value.encodeNil()
        case .truth(let truth): try truth.encode(to: encoder)
        case .whole(let number): try number.encode(to: encoder)
        case .text(let text): try text.encode(to: encoder)
        case .list(let values): try values.encode(to: encoder)
        case .object(let members): try members.encode(to: encoder)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral values: JSONValue...) { self = .list(values) }
    init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { first, _ in first })
    }
}
