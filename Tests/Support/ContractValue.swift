import Foundation

/// A JSON value of the contract, or of a body that is checked against it.
public indirect enum ContractValue: Sendable, Equatable, Decodable {
    case null
    case bool(Bool)
    case number(Decimal)
    case string(String)
    case array([ContractValue])
    case object([String: ContractValue])

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let rows = try? value.decode([ContractValue].self) {
            self = .array(rows)
        } else {
            self = .object(try value.decode([String: ContractValue].self))
        }
    }

    public subscript(name: String) -> ContractValue? {
        guard case .object(let properties) = self else { return nil }
        return properties[name]
    }

    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    public var number: Decimal? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// Whether it is of one of the types of JSON Schema.
    func isA(_ type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
            (.object, "object"):
            true
        case (.number(let number), "integer"): Int64(number.description) != nil
        default: false
        }
    }

    func with(_ name: String, _ value: ContractValue) -> ContractValue {
        var members = properties
        members[name] = value
        return .object(members)
    }

    public var rows: [ContractValue] {
        guard case .array(let rows) = self else { return [] }
        return rows
    }

    public var properties: [String: ContractValue] {
        guard case .object(let properties) = self else { return [:] }
        return properties
    }
}
