import Foundation
import Persistence
import VismaNetSandbox

/// A file that says how the world of a demonstration is made; see docs/commands.md. All keys may be left out.
struct Scenario: Decodable, Sendable {
    struct Size: Decodable, Sendable {
        var customers: Int?
        var projects: Int?
        var tasks: Int?
        var items: Int?
        var employees: Int?
    }

    var seed: UInt64?
    var today: String?
    var size: Size?
    var faults: [FaultRule]?
    /// How this Visma takes what the published description leaves open.
    var acceptsEmptyDocuments: Bool?
    var listsEmptyDocuments: Bool?
    var honoursHold: Bool?
    var enforcesIfMatch: Bool?

    func apply(to configuration: inout SandboxConfiguration) {
        if let acceptsEmptyDocuments { configuration.acceptsEmptyDocuments = acceptsEmptyDocuments }
        if let listsEmptyDocuments { configuration.listsEmptyDocuments = listsEmptyDocuments }
        if let honoursHold { configuration.honoursHold = honoursHold }
        if let enforcesIfMatch { configuration.enforcesIfMatch = enforcesIfMatch }
    }

    var demoSize: DemoSize? {
        guard let size else { return nil }
        let usual = DemoSize.demo
        return DemoSize(
            customers: size.customers ?? usual.customers, projects: size.projects ?? usual.projects,
            tasks: size.tasks ?? usual.tasks, items: size.items ?? usual.items,
            employees: size.employees ?? usual.employees)
    }

    static func read(_ path: String) throws -> Scenario {
        let scenario = try decode(Scenario.self, path)
        if let today = scenario.today, CalendarDate(today) == nil {
            throw ConfigurationError(subject: path, "today must be yyyy-mm-dd")
        }
        return scenario
    }

    static func readFaults(_ path: String) throws -> [FaultRule] { try decode([FaultRule].self, path) }

    private static func decode<Content: Decodable>(_ type: Content.Type, _ path: String) throws -> Content {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(subject: path, "the file cannot be read")
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw ConfigurationError(subject: path, "the file cannot be understood: \(error.place)")
        }
    }
}

extension DecodingError {
    /// Where in the file, and what is wrong there.
    fileprivate var place: String {
        let (context, path): (Context, [any CodingKey]) =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, context.codingPath)
            case .keyNotFound(let key, let context): (context, context.codingPath + [key])
            @unknown default: (Context(codingPath: [], debugDescription: "unreadable"), [])
            }
        let shown = path.map(\.stringValue).joined(separator: ".")
        return shown.isEmpty ? context.debugDescription : "\(shown): \(context.debugDescription)"
    }
}
