import HTTPTypes
import NIOCore
import Proresult

/// The published description of the API (OpenAPI 3.1), made from the list of its routes: a route that is not described
/// cannot exist, nor the other way round.
enum OpenAPIDocument {
    static let routes: [APIRoute] = [
        APIRoute(
            method: .get, path: "/openapi.json", summary: "This document", roles: Set(Role.allCases),
            outcomes: [.ok(.any, "OpenAPI 3.1")], isOpen: true
        ) { _ in try .json(document) }
    ]

    static let document: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "Ferje", "version": "1",
            "description": """
            Workers, projects, hours, withdrawals and their transfer to Visma.net, for programs. A key is for one \
            company and one role. Amounts and quantities go out as text with the exact decimal and come in as text \
            or number. Dates are yyyy-mm-dd where people work. Null is the same as left out.
            """,
        ],
        "servers": [["url": "/"]],
        "security": [["key": []]],
        "paths": .object(paths),
        "components": [
            "securitySchemes": ["key": ["type": "http", "scheme": "bearer"]], "schemas": .object(schemas),
        ],
    ]

    private static var paths: [String: JSONValue] {
        Dictionary(grouping: API.all, by: \.address).mapValues { routes in
            .object(
                Dictionary(routes.map { ($0.method.rawValue.lowercased(), operation($0)) }) { first, _ in first })
        }
    }

    private static func operation(_ route: APIRoute) -> JSONValue {
        let roles = route.roles.map(\.rawValue).sorted().joined(separator: ", ")
        var operation: [String: JSONValue] = [
            "summary": .text(route.summary), "operationId": .text(name(of: route)),
            "parameters": .list(pathParameters(route) + route.query.map(queryParameter)),
            "responses": .object(responses(route)),
        ]
        if route.isOpen {
            operation["security"] = []
        } else {
            operation["description"] = .text("Roles: \(roles).")
        }
        if let body = route.body {
            operation["requestBody"] = [
                "required": .truth(true), "content": ["application/json": ["schema": body.schema]],
            ]
        }
        return .object(operation)
    }

    /// `get /hours/{id}` → `getHoursId`
    private static func name(of route: APIRoute) -> String {
        route.method.rawValue.lowercased()
            + route.path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func pathParameters(_ route: APIRoute) -> [JSONValue] {
        route.path.matches(of: #/\{([a-z]+)\}/#).map { match in
            [
                "name": .text(String(match.1)), "in": "path", "required": .truth(true),
                "schema": Shape.text(longest: 100).schema,
            ]
        }
    }

    private static func queryParameter(_ member: Shape.Member) -> JSONValue {
        [
            "name": .text(member.name), "in": "query", "required": .truth(member.isRequired),
            "description": .text(member.about), "schema": member.shape.schema,
        ]
    }

    private static func responses(_ route: APIRoute) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for (status, about) in failures(route) { responses["\(status)"] = problem(about) }
        for outcome in route.outcomes {
            responses["\(outcome.status.code)"] =
                outcome.shape.map { shape in
                    [
                        "description": .text(outcome.about),
                        "content": ["application/json": ["schema": shape.schema]],
                    ]
                } ?? problem(outcome.about)
        }
        return responses
    }

    private static func failures(_ route: APIRoute) -> [(Int, String)] {
        var failures = [
            (400, "A field or the JSON is not what is described here."),
            (429, "Too many calls: Retry-After tells when."),
            (500, "A fault of ours, with a number for whoever reads the log."), (503, "Try again in a little while."),
        ]
        if !route.isOpen {
            failures += [(401, "The key is missing, over, or revoked."), (403, "The key's role may not do this.")]
        }
        if route.body != nil {
            failures += [(413, "The body is too large."), (415, "The body is not said to be application/json.")]
        }
        return failures
    }

    private static func problem(_ about: String) -> JSONValue {
        [
            "description": .text(about), "content": ["application/problem+json": ["schema": Told.shape.schema]],
        ]
    }

    private static var schemas: [String: JSONValue] {
        let shapes = API.all.flatMap { route in route.outcomes.compactMap(\.shape) + (route.body.map { [$0] } ?? []) }
        return (shapes + [Told.shape]).map(\.components).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
}
