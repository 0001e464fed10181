import VismaNet

/// What a request is for.
enum Traffic: String, CaseIterable, Sendable, Hashable {
    case token, post, put, search, look, queue, facts, page, witness

    init(_ request: HTTPTransportRequest) {
        let parts = request.url.utf8.prefix { $0 != UInt8(ascii: "?") }.split(separator: UInt8(ascii: "/"))
            .map { String(Substring($0)).lowercased() }
        let path = parts.drop { $0 != "v1" }.dropFirst()
        let resource = path.first ?? ""
        switch (request.method, resource) {
        case ("POST", "projecttransaction"): self = .post
        case ("POST", _): self = .token
        case ("PUT", _): self = .put
        case (_, "projecttransaction"): self = path.count == 1 ? .search : .look
        case (_, "background"): self = .queue
        case (_, "customer") where path.count == 1, (_, "project") where path.count == 1,
            (_, "projecttask") where path.count == 1, (_, "inventory") where path.count == 1:
            self = .page
        case (_, "projecttask"): self = .witness
        default: self = path.contains("internal") ? .witness : .facts
        }
    }

    static let api: Set<Traffic> = Set(allCases).subtracting([.token])
    static let reads: Set<Traffic> = api.subtracting([.post, .put])
    static let lists: Set<Traffic> = [.search, .page]
    static let writes: Set<Traffic> = [.post, .put]
}
