import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON as the operator's programs get it.
indirect enum OperatorJSON: Sendable, Encodable {
    case text(String)
    case whole(Int)
    case list([OperatorJSON])
    case object([String: OperatorJSON])

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text): try text.encode(to: encoder)
        case .whole(let number): try number.encode(to: encoder)
        case .list(let values): try values.encode(to: encoder)
        case .object(let members): try members.encode(to: encoder)
        }
    }

    func response(_ status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(self)) ?? Data()
        return Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// What came in: an object with texts and truths, and with nothing that the address does not know. A misspelt field would
/// be silently without effect.
struct OperatorBody: Sendable {
    static let largest = 16 * 1024

    private enum Value: Decodable {
        case text(String)
        case truth(Bool)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let truth = try? value.decode(Bool.self) {
                self = .truth(truth)
            } else {
                self = .text(try value.decode(String.self))
            }
        }
    }

    private var values: [String: Value] = [:]

    /// Nothing at all is an object without fields.
    init(_ bytes: ByteBuffer, type: String?, fields: Set<String>) throws {
        guard bytes.readableBytes > 0 else { return }
        guard type?.lowercased().split(separator: ";").first == "application/json" else {
            throw OperatorProblem(.unsupportedMediaType, "contentType", "Send application/json.")
        }
        do {
            values = try JSONDecoder().decode([String: Value].self, from: Data(bytes.readableBytesView))
        } catch {
            throw OperatorProblem(.badRequest, "notJSON", "A JSON object with texts and true or false is expected.")
        }
        if let unknown = values.keys.filter({ !fields.contains($0) }).min() {
            throw OperatorProblem.badField(String(unknown.prefix(100)), "There is no such field.")
        }
    }

    func text(_ field: String) throws -> String? {
        switch values[field] {
        case .text(let text): return text
        case .truth: throw OperatorProblem.badField(field, "A text is expected.")
        case nil: return nil
        }
    }

    func needed(_ field: String) throws -> String {
        guard let text = try text(field) else { throw OperatorProblem.badField(field, "The field is missing.") }
        return text
    }

    func truth(_ field: String) throws -> Bool {
        switch values[field] {
        case .truth(let truth): return truth
        case .text: throw OperatorProblem.badField(field, "true or false is expected.")
        case nil: return false
        }
    }
}
