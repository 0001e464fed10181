import HTTPTypes
import NIOCore
import Persistence
import Proresult

/// One address of the API with everything that can be said about it; the route and the published document are both
/// made from it.
struct APIRoute: Sendable {
    /// What may come of a request besides what every request may meet.
    struct Outcome: Sendable {
        var status: HTTPResponse.Status
        var about: String
        /// Nil: problem details.
        var shape: Shape?

        static func ok(_ shape: Shape, _ about: String = "Done.") -> Self {
            Self(status: .ok, about: about, shape: shape)
        }
        static func created(_ shape: Shape, _ about: String) -> Self {
            Self(status: .created, about: about, shape: shape)
        }
        static func accepted(_ shape: Shape, _ about: String) -> Self {
            Self(status: .accepted, about: about, shape: shape)
        }
        static let notFound = Self(status: .notFound, about: "The company has no such record.", shape: nil)
        static let rule = Self(
            status: .unprocessableContent, about: "A rule refuses it; nothing was changed.", shape: nil)
        static let conflict = Self(
            status: .conflict, about: "The record is in a state where this cannot be done.", shape: nil)
    }

    var method: HTTPRequest.Method
    /// Below `/api/v1`.
    var path: String
    var summary: String
    var roles: Set<Role>
    /// What may stand behind `?`.
    var query: [Shape.Member] = []
    var body: Shape?
    var outcomes: [Outcome]
    var largestBody = 64 * 1024
    /// Needs no key.
    var isOpen = false
    var handle: @Sendable (APICall) async throws -> Answer

    static let root = "/api/v1"
    static let office: Set<Role> = [.leader, .administrator, .bookkeeper]
    static let leaders: Set<Role> = [.leader, .administrator]
    static let bookkeeping: Set<Role> = [.administrator, .bookkeeper]

    var address: String { Self.root + path }

    var route: Route {
        Route(method: method, path: address, access: isOpen ? .anyone : .programs(roles), largestBody: largestBody) {
            visit in
            try await handle(APICall(visit, self))
        }
    }

    static func get(
        _ path: String, _ summary: String, roles: Set<Role> = office, query: [Shape.Member] = [],
        _ outcomes: [Outcome], _ handle: @escaping @Sendable (APICall) async throws -> Answer
    ) -> APIRoute {
        APIRoute(
            method: .get, path: path, summary: summary, roles: roles, query: query, outcomes: outcomes, handle: handle)
    }

    static func post(
        _ path: String, _ summary: String, roles: Set<Role> = leaders, body: Shape, largestBody: Int = 64 * 1024,
        _ outcomes: [Outcome], _ handle: @escaping @Sendable (APICall) async throws -> Answer
    ) -> APIRoute {
        APIRoute(
            method: .post, path: path, summary: summary, roles: roles, body: body, outcomes: outcomes,
            largestBody: largestBody, handle: handle)
    }
}

/// A request that is what its route's description says.
struct APICall: Sendable {
    let visit: Visit
    /// The members of the body, when it is one object.
    let body: JSONBody?
    /// The elements of the body, when it is a list; not checked yet.
    let rows: [JSONNode]
    let query: QueryFields

    init(_ visit: Visit, _ route: APIRoute) throws {
        self.visit = visit
        query = try QueryFields(visit.query, route.query)
        guard let shape = route.body else {
            (body, rows) = (nil, [])
            return
        }
        let node = try Self.read(visit)
        switch shape {
        case .list(_, let most):
            guard case .array(let elements) = node.value else {
                throw BadField(field: "", text: Text("En liste ventes.", "A list is expected."))
            }
            if let most, elements.count > most {
                throw BadField(
                    field: "", text: Text("Høyst \(most) elementer om gangen.", "At most \(most) elements at a time."))
            }
            (body, rows) = (nil, elements)
        case .object(_, let members): (body, rows) = (try JSONBody(node, members), [])
        default: (body, rows) = (nil, [])
        }
    }

    /// Only JSON, and said so: a form of another site cannot send it.
    private static func read(_ visit: Visit) throws -> JSONNode {
        let type = (visit.headers[.contentType] ?? "").split(separator: ";").map { part in
            part.filter { $0 != " " && $0 != "\"" }.lowercased()
        }
        guard type.first == "application/json", type.count == 1 || type == ["application/json", "charset=utf-8"] else {
            throw Refusal.wrongContentType
        }
        return try JSONNode.read(Array(visit.body.readableBytesView))
    }

    /// The object that the body is.
    var object: JSONBody {
        get throws {
            guard let body else { throw BadField(field: "", text: .fieldMissing) }
            return body
        }
    }

    func answer<Row>(_ row: Row, _ resource: Resource<Row>, status: HTTPResponse.Status = .ok) throws -> Answer {
        try .json(resource.value(row, seesRates: visit.seesRates), status: status)
    }

    /// A page behind the last is empty, so that a program that asks until nothing comes ends.
    func answer<Row>(_ page: ListPage<Row>, _ resource: Resource<Row>) throws -> Answer {
        let rows = page.number == query.page.number ? page.rows : []
        return try answer(
            rows: rows.map { resource.value($0, seesRates: visit.seesRates) }, pages: page.pages, total: page.total)
    }

    func answer(rows: [JSONValue], pages: Int, total: Int) throws -> Answer {
        try .json(
            [
                "items": .list(rows), "page": .whole(query.page.number), "pages": .whole(pages),
                "total": .whole(total),
            ] as JSONValue)
    }
}
