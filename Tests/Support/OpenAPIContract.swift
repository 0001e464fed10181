import Foundation

/// A published description of an API as a judge of requests and answers: the ERP's (OpenAPI 3.0: `nullable`, `allOf`,
/// `additionalProperties: false`), and our own (3.1: lists of types, `anyOf`, patterns and limits). Each violation is one line of text; an empty list means that all is well.
public struct OpenAPIContract: Sendable {
    let document: ContractValue

    /// Reads `Tests/Fixtures/visma-net-contract.json`.
    public static func load() throws -> OpenAPIContract {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appendingPathComponent("Fixtures/visma-net-contract.json")
        let document = try JSONDecoder().decode(ContractValue.self, from: Data(contentsOf: file))
        return OpenAPIContract(document: document)
    }

    /// Reads a document as it was served.
    public init(_ document: Data) throws {
        self.document = try JSONDecoder().decode(ContractValue.self, from: document)
    }

    private init(document: ContractValue) { self.document = document }

    /// Every path with a method of that name (`get`, `post` …), sorted.
    public func paths(_ method: String) -> [String] {
        (document["paths"]?.properties ?? [:]).filter { $0.value[method.lowercased()] != nil }.keys.sorted()
    }

    /// The query names of an operation, sorted.
    public func queryNames(_ method: String, template: String) -> [String] {
        parameters(method, template).filter { $0["in"]?.text == "query" }.compactMap { $0["name"]?.text }.sorted()
    }

    /// What is wrong with a request. `path` and `query` are percent-encoded; an empty body means none.
    public func violations(request method: String, path: String, query: String, body: Data) -> [String] {
        guard let template = template(method, path) else { return ["no operation \(method) \(path)"] }
        var found = queryViolations(method, template, query)
        let schema = operation(method, template)?["requestBody"]?["content"]?["application/json"]?["schema"]
        if let schema {
            found += violations(of: body, schema, "request body")
        } else if !body.isEmpty {
            found.append("\(method) \(template) takes no body")
        }
        return found
    }

    /// What is wrong with an answer. A status without a described body must come without a body.
    public func violations(response method: String, path: String, status: Int, body: Data) -> [String] {
        guard let template = template(method, path) else { return ["no operation \(method) \(path)"] }
        guard let response = resolved(operation(method, template)?["responses"]?[String(status)]) else {
            return ["\(method) \(template) does not answer \(status)"]
        }
        let content = response["content"]
        let schema = (content?["application/json"] ?? content?["application/problem+json"])?["schema"]
        // A 201 of this API has no body although an empty object is published.
        guard let schema, status != 201 || !body.isEmpty else {
            return body.isEmpty ? [] : ["\(method) \(template) \(status) has no body"]
        }
        return violations(of: body, schema, "\(status)")
    }

    private func violations(of body: Data, _ schema: ContractValue, _ label: String) -> [String] {
        guard let value = try? JSONDecoder().decode(ContractValue.self, from: body) else {
            return ["\(label): not JSON"]
        }
        return violations(of: value, schema, at: label)
    }

    func operation(_ method: String, _ template: String) -> ContractValue? {
        document["paths"]?[template]?[method.lowercased()]
    }

    func parameters(_ method: String, _ template: String) -> [ContractValue] {
        (operation(method, template)?["parameters"]?.rows ?? []).compactMap { resolved($0) }
    }

    /// Follows `#/components/…`.
    func resolved(_ value: ContractValue?) -> ContractValue? {
        guard let reference = value?["$ref"]?.text else { return value }
        var target: ContractValue? = document
        for part in reference.dropFirst(2).split(separator: "/") { target = target?[String(part)] }
        return resolved(target)
    }

    /// The path of the contract that a real path is an instance of; literal segments win over parameters.
    public func template(_ method: String, _ path: String) -> String? {
        let segments = path.split(separator: "/")
        let matching = paths(method).filter { template in
            let parts = template.split(separator: "/")
            guard parts.count == segments.count else { return false }
            return zip(parts, segments).allSatisfy { $0.hasPrefix("{") || $0.lowercased() == $1.lowercased() }
        }
        return matching.min { $0.filter { $0 == "{" }.count < $1.filter { $0 == "{" }.count }
    }
}
