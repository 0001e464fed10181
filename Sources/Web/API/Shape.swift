import Foundation
import Persistence
import Proresult

/// What a JSON value of the API looks like. One description reads what comes in, tells what goes out, and is what the
/// published OpenAPI document is made from, so none of the three can say something else than the others.
indirect enum Shape: Sendable, Hashable {
    case text(longest: Int = 4000)
    /// Comes in as a number or as text, both read as an exact decimal.
    case decimal
    /// Goes out as text with the exact decimal.
    case exact
    case whole(ClosedRange<Int>)
    case truth
    case date, time, instant
    case choice([String])
    case list(Shape, most: Int? = nil)
    /// With a name it stands among the document's components.
    case object(name: String?, [Member])
    /// Somebody else's JSON, such as the document itself.
    case any
    case nullable(Shape)

    struct Member: Sendable, Hashable {
        var name: String
        var shape: Shape
        var isRequired: Bool
        var about: String

        init(_ name: String, _ shape: Shape, required isRequired: Bool = false, _ about: String = "") {
            (self.name, self.shape, self.isRequired, self.about) = (name, shape, isRequired, about)
        }
    }

    /// No record of ours comes near it.
    static let largestDecimal = 1_000_000_000
}

extension Shape {
    /// As JSON Schema (2020-12, the dialect of OpenAPI 3.1).
    var schema: JSONValue {
        switch self {
        case .text(let longest): ["type": "string", "maxLength": .whole(longest)]
        case .decimal:
            [
                "type": ["string", "number"], "pattern": "^-?[0-9]{1,9}(\\.[0-9]{1,20})?$",
                "exclusiveMinimum": .whole(-Self.largestDecimal), "exclusiveMaximum": .whole(Self.largestDecimal),
            ]
        case .exact: ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"]
        case .whole(let range):
            ["type": "integer", "minimum": .whole(range.lowerBound), "maximum": .whole(range.upperBound)]
        case .truth: ["type": "boolean"]
        case .date: ["type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .time: ["type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"]
        case .instant: ["type": "string", "format": "date-time"]
        case .choice(let words): ["type": "string", "enum": .list(words.map(JSONValue.text))]
        case .list(let shape, let most):
            .object(
                ["type": "array", "items": shape.schema].merging(most.map { ["maxItems": .whole($0)] } ?? [:]) { $1 })
        case .object(let name?, _): ["$ref": .text("#/components/schemas/\(name)")]
        case .object(nil, let members): Self.objectSchema(members)
        case .any: [:]
        case .nullable(let shape): shape.nullableSchema
        }
    }

    private var nullableSchema: JSONValue {
        guard case .object(var members) = schema, let type = members["type"] else {
            return ["anyOf": [schema, ["type": "null"]]]
        }
        switch type {
        case .list(let types): members["type"] = .list(types + ["null"])
        default: members["type"] = [type, "null"]
        }
        if case .list(let words)? = members["enum"] { members["enum"] = .list(words + [.null]) }
        return .object(members)
    }

    static func objectSchema(_ members: [Member]) -> JSONValue {
        let properties = members.map { member in
            guard !member.about.isEmpty, case .object(var schema) = member.schema else {
                return (member.name, member.schema)
            }
            schema["description"] = .text(member.about)
            return (member.name, .object(schema))
        }
        return [
            "type": "object", "properties": .object(Dictionary(properties) { first, _ in first }),
            "required": .list(members.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": .truth(false),
        ]
    }

    /// The named objects in it, its own name too.
    var components: [String: JSONValue] {
        switch self {
        case .list(let shape, _), .nullable(let shape): return shape.components
        case .object(let name, let members):
            var found = members.map(\.shape.components).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
            if let name { found[name] = Self.objectSchema(members) }
            return found
        default: return [:]
        }
    }
}

extension Shape.Member {
    /// What comes in may be null where it may be missing.
    fileprivate var schema: JSONValue { shape.schema }

    static func needed(_ name: String, _ shape: Shape, _ about: String = "") -> Self {
        Self(name, shape, required: true, about)
    }

    static func optional(_ name: String, _ shape: Shape, _ about: String = "") -> Self {
        Self(name, .nullable(shape), about)
    }
}
