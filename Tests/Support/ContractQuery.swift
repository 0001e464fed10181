import Foundation

extension OpenAPIContract {
    func queryViolations(_ method: String, _ template: String, _ query: String) -> [String] {
        let declared = parameters(method, template).filter { $0["in"]?.text == "query" }
        let given = query.split(separator: "&").compactMap { $0.split(separator: "=").first.map(String.init) }
        let missing = declared.filter { $0["required"] == .bool(true) }.compactMap { $0["name"]?.text }
            .filter { !given.contains($0) }.map { "query \($0) is missing" }
        return missing
            + query.split(separator: "&").flatMap { pair -> [String] in
                let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let name = halves[0].removingPercentEncoding ?? halves[0]
                let raw = halves.count > 1 ? halves[1] : ""
                let value = raw.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? raw
                guard let parameter = declared.first(where: { $0["name"]?.text == name }) else {
                    return ["unknown query name \(name)"]
                }
                guard let schema = resolved(parameter["schema"]) else { return [] }
                // Lists are sent by repeating the name.
                let single = schema["type"]?.text == "array" ? resolved(schema["items"]) ?? schema : schema
                return queryValueViolations(value, single).map { "query \(name): \($0)" }
            }
    }

    private func queryValueViolations(_ value: String, _ schema: ContractValue) -> [String] {
        if let choices = schema["enum"]?.rows, !choices.contains(.string(value)) {
            return ["'\(value)' is not one of the published values"]
        }
        switch schema["type"]?.text {
        case "integer":
            guard let number = Int64(value) else { return ["'\(value)' is not an integer"] }
            return violations(of: .number(Decimal(number)), schema, at: "value")
        case "string" where schema["pattern"] != nil || schema["maxLength"] != nil:
            return violations(of: .string(value), schema, at: "value")
        case "boolean": return ["true", "false"].contains(value) ? [] : ["'\(value)' is not true or false"]
        default: return []
        }
    }
}
