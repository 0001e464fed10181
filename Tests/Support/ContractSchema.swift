import Foundation

extension OpenAPIContract {
    /// Checks a value against a schema of the contract. Properties that no schema names are reported only where the
    /// schema refuses them, except in answers of ours: a misspelt name would otherwise pass unseen.
    func violations(of value: ContractValue, _ schema: ContractValue, at place: String) -> [String] {
        if let parts = schema["allOf"]?.rows {
            if value == .null && schema["nullable"] == .bool(true) { return [] }
            return parts.flatMap { violations(of: value, $0, at: place) }
        }
        if let parts = schema["anyOf"]?.rows {
            let tried = parts.map { violations(of: value, $0, at: place) }
            return tried.contains([]) ? [] : tried.first ?? []
        }
        guard let schema = resolved(schema) else { return ["\(place): the contract has no such schema"] }
        if schema["allOf"] != nil { return violations(of: value, schema, at: place) }
        if let types = schema["type"]?.rows.compactMap(\.text), !types.isEmpty {
            guard let type = types.first(where: value.isA) else { return ["\(place): not one of \(types)"] }
            return type == "null" ? [] : violations(of: value, schema.with("type", .string(type)), at: place)
        }
        if value == .null {
            return schema["type"] == .string("null") || schema["nullable"] == .bool(true) || schema["type"] == nil
                ? [] : ["\(place): null is not allowed"]
        }
        if let choices = schema["enum"]?.rows, !choices.contains(value) {
            return ["\(place): \(value) is not one of the published values"]
        }
        switch schema["type"]?.text {
        case "object": return objectViolations(value, schema, place)
        case "array": return arrayViolations(value, schema, place)
        case "string": return textViolations(value, schema, place)
        case "integer": return integerViolations(value, schema, place)
        case "number":
            guard case .number(let number) = value else { return ["\(place): not a number"] }
            return limitViolations(number, schema, place)
        case "boolean":
            guard case .bool = value else { return ["\(place): not true or false"] }
            return []
        default: return []
        }
    }

    private func objectViolations(_ value: ContractValue, _ schema: ContractValue, _ place: String) -> [String] {
        guard case .object(let properties) = value else { return ["\(place): not an object"] }
        let known = schema["properties"]?.properties ?? [:]
        var found = (schema["required"]?.rows ?? []).compactMap(\.text).filter { properties[$0] == nil }
            .map { "\(place): \($0) is missing" }
        for (name, part) in properties.sorted(by: { $0.key < $1.key }) {
            if let partSchema = known[name] {
                found += violations(of: part, partSchema, at: "\(place).\(name)")
            } else if !known.isEmpty && schema["additionalProperties"] != .bool(true) {
                found.append("\(place): \(name) is not in the contract")
            }
        }
        return found
    }

    private func arrayViolations(_ value: ContractValue, _ schema: ContractValue, _ place: String) -> [String] {
        guard case .array(let rows) = value else { return ["\(place): not an array"] }
        if let most = schema["maxItems"]?.number, Decimal(rows.count) > most { return ["\(place): too many"] }
        guard let items = schema["items"] else { return [] }
        return rows.enumerated().flatMap { violations(of: $1, items, at: "\(place)[\($0)]") }
    }

    private func integerViolations(_ value: ContractValue, _ schema: ContractValue, _ place: String) -> [String] {
        guard case .number(let number) = value, Int64(number.description) != nil else {
            return ["\(place): not an integer"]
        }
        guard schema["format"]?.text == "int32" else { return limitViolations(number, schema, place) }
        return Int32(number.description) == nil ? ["\(place): too large for int32"] : []
    }

    private func limitViolations(_ number: Decimal, _ schema: ContractValue, _ place: String) -> [String] {
        let isInside =
            (schema["minimum"]?.number.map { number >= $0 } ?? true)
            && (schema["maximum"]?.number.map { number <= $0 } ?? true)
            && (schema["exclusiveMinimum"]?.number.map { number > $0 } ?? true)
            && (schema["exclusiveMaximum"]?.number.map { number < $0 } ?? true)
        return isInside ? [] : ["\(place): \(number) is outside the published limits"]
    }

    private func textViolations(_ value: ContractValue, _ schema: ContractValue, _ place: String) -> [String] {
        guard case .string(let text) = value else { return ["\(place): not a string"] }
        if let longest = schema["maxLength"]?.number, Decimal(text.unicodeScalars.count) > longest {
            return ["\(place): longer than \(longest)"]
        }
        if let pattern = schema["pattern"]?.text {
            guard let regex = try? Regex(pattern), text.wholeMatch(of: regex) != nil else {
                return ["\(place): '\(text)' does not match \(pattern)"]
            }
        }
        switch schema["format"]?.text {
        case "date-time":
            let pattern =
                /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})?/
            return text.wholeMatch(of: pattern) == nil ? ["\(place): '\(text)' is not a date-time"] : []
        case "uuid": return UUID(uuidString: text) == nil ? ["\(place): '\(text)' is not a uuid"] : []
        case "byte": return Data(base64Encoded: text) == nil ? ["\(place): '\(text)' is not base64"] : []
        default: return []
        }
    }
}
