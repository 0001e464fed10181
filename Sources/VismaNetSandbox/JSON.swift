import Foundation

/// A JSON value that keeps the order of its properties and the digits of its numbers: money never passes a Double here.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as they stood in the text.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Property])

    struct Property: Sendable, Equatable {
        var name: String
        var value: JSON
    }

    static func int(_ value: Int) -> JSON { .number(String(value)) }

    /// The way .NET prints a decimal that came from a database: whole numbers keep one zero.
    static func decimal(_ value: Decimal) -> JSON {
        let digits = value.description
        return .number(digits.contains(".") ? digits : digits + ".0")
    }

    static func optional(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

    subscript(name: String) -> JSON? {
        guard case .object(let properties) = self else { return nil }
        return properties.first { $0.name == name }?.value
    }

    var text: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    var rows: [JSON]? {
        if case .array(let rows) = self { return rows }
        return nil
    }
}

/// Collects the properties of an answer in the order they are added.
struct Fields {
    private(set) var properties: [JSON.Property] = []

    mutating func add(_ name: String, _ value: JSON) { properties.append(.init(name: name, value: value)) }
    mutating func add(_ name: String, _ value: String?) { add(name, .optional(value)) }
    mutating func add(_ name: String, _ value: Int) { add(name, .int(value)) }
    mutating func add(_ name: String, _ value: Bool) { add(name, .bool(value)) }
    mutating func add(_ name: String, _ value: Decimal) { add(name, .decimal(value)) }

    /// Nested objects are left out when there is nothing to tell: their schema has no null.
    mutating func add(_ name: String, ifAny value: Fields?) {
        if let value { add(name, value.json) }
    }

    var json: JSON { .object(properties) }

    static func pair(_ first: (String, String?), _ second: (String, String?)) -> Fields {
        var fields = Fields()
        fields.add(first.0, first.1)
        fields.add(second.0, second.1)
        return fields
    }
}

extension JSON {
    var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let digits): output.append(contentsOf: digits.utf8)
        case .string(let value): JSON.write(value, to: &output)
        case .array(let rows):
            output.append(UInt8(ascii: "["))
            for (index, row) in rows.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                row.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let properties):
            output.append(UInt8(ascii: "{"))
            for (index, property) in properties.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSON.write(property.name, to: &output)
                output.append(UInt8(ascii: ":"))
                property.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        defer { output.append(UInt8(ascii: "\"")) }
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard !isPlain else { return output.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output.append(contentsOf: "\\u00".utf8)
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
    }
}
