import VismaNet

/// What a request is for.
enum Traffic: String, CaseIterable, Sendable, Hashable {
    case token, post, put, search, look, queue, facts, page, witness

    init(_ request: HTTPTransportRequest) {
        let path = request.url.split(separator: "?", maxSplits: 1).first.map(String.init)?.lowercased() ?? ""
        let isDocument = path.contains("/v1/projecttransaction")
        switch request.method {
        case "POST" where isDocument: self = .post
        case "POST": self = .token
        case "PUT": self = .put
        default:
            if path.hasSuffix("/v1/projecttransaction") {
                self = .search
            } else if isDocument {
                self = .look
            } else if path.contains("/v1/background") {
                self = .queue
            } else if ["/v1/customer", "/v1/project", "/v1/projecttask", "/v1/inventory"].contains(
                where: path.hasSuffix)
            {
                self = .page
            } else if path.contains("/internal/") || path.contains("/v1/projecttask/") {
                self = .witness
            } else {
                self = .facts
            }
        }
    }

    static let api: Set<Traffic> = Set(allCases).subtracting([.token])
    static let reads: Set<Traffic> = api.subtracting([.post, .put])
    static let lists: Set<Traffic> = [.search, .page]
    static let writes: Set<Traffic> = [.post, .put]
}
