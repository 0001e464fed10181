/// What a call meets before the resource: faults, token, quota, scope, path, query.
extension SandboxState {
    mutating func receive(_ call: SandboxCall) -> Delivery {
        settle()
        let fault = faultStriking(call)
        let number = (requests.last?.number ?? 0) + 1
        requests.append(
            SandboxRequest(
                number: number, time: clockNow(), method: call.method, path: call.path, query: call.query,
                body: SandboxState.loggedBody(call), status: 0,
                fault: fault?.kind))
        let index = requests.count - 1
        let delivery = work(call, fault, number: number, index: index)
        switch delivery {
        case .whole(var answer):
            requests[index].status = answer.status
            answer.replaceHeader("Date", HTTPDate.text(now()))
            return .whole(answer)
        case .cut(let answer, _): requests[index].status = answer.status
        case .lost: break
        }
        return delivery
    }

    /// Bodies of the identity server hold secrets and are left out.
    private static func loggedBody(_ call: SandboxCall) -> String {
        guard call.method != "GET", !call.path.lowercased().hasPrefix("/connect") else { return "" }
        return String(decoding: call.body.prefix(200_000), as: UTF8.self)
    }

    private mutating func work(_ call: SandboxCall, _ fault: FaultRule?, number: Int, index: Int) -> Delivery {
        if let fault, fault.kind.endsBeforeWork {
            let delivery = deliveryBeforeWork(fault)
            guard case .whole(let answer) = delivery else { return delivery }
            return .whole(decorated(answer, index: index))
        }
        do {
            let answer = try answer(call, fault, number: number, index: index)
            return deliveryAfterWork(answer, fault)
        } catch let refusal as Refusal {
            return deliveryAfterWork(decorated(refusal.answer, index: index), fault)
        } catch {
            return .whole(.message("An error has occurred.", status: 500))
        }
    }

    private mutating func answer(_ call: SandboxCall, _ fault: FaultRule?, number: Int, index: Int) throws
        -> SandboxAnswer
    {
        let segments = call.path.split(separator: "/").map(String.init)
        let lowered = segments.map { $0.lowercased() }
        if lowered.first == "connect" || lowered.first == ".well-known" {
            return try identity(call, lowered, fault, index: index)
        }
        guard let resource = SandboxState.resourcePath(segments, lowered) else {
            throw Refusal(.gateway("Resource not found", status: 404))
        }
        return try apiAnswer(call, resource, fault, number: number, index: index)
    }

    /// The path from `v1` on; the retired base address is an alias (API.md 1.6).
    private static func resourcePath(_ segments: [String], _ lowered: [String]) -> [String]? {
        if lowered.first == "v1" { return segments }
        guard Array(lowered.prefix(4)) == ["api", "controller", "api", "v1"] else { return nil }
        return Array(segments.dropFirst(3))
    }

    private mutating func apiAnswer(
        _ call: SandboxCall, _ path: [String], _ fault: FaultRule?, number: Int, index: Int
    ) throws -> SandboxAnswer {
        let access = try access(call, fault)
        requests[index].clientID = access.clientID
        requests[index].tenantID = access.tenantID
        try countAgainstQuota(access)
        let (route, keys) = try route(call.method, path)
        guard access.allows(call.method) else { throw Refusal("Insufficient scope for this operation.", status: 403) }
        let query = QueryText.pairs(call.query)
        if configuration.isStrict { try QueryNames.check(query, template: route.template) }
        try checkContentType(call)
        if fault?.kind == .everythingTouched { touchEverything(access.tenantID) }
        let apiCall = APICall(
            call: call, tenantID: access.tenantID, clientID: access.clientID, keys: keys, query: query, number: number,
            fault: fault)
        let answer = try queued(apiCall, route) ?? route.action(&self, apiCall)
        return decorated(answer, index: index)
    }

    private func checkContentType(_ call: SandboxCall) throws {
        guard configuration.isStrict, !call.body.isEmpty, let type = call.header("Content-Type") else { return }
        guard type.lowercased().hasPrefix("application/json") else {
            throw Refusal("The media type '\(type)' is not supported.", status: 415)
        }
    }

    private func route(_ method: String, _ path: [String]) throws -> (Route, [String]) {
        var otherMethod = false
        let small = path.map { $0.lowercased() }
        for route in Route.all {
            guard let keys = route.match(path, small: small) else { continue }
            if route.method == method.uppercased() { return (route, keys) }
            otherMethod = true
        }
        if otherMethod {
            throw Refusal("The requested resource does not support http method '\(method)'.", status: 405)
        }
        throw Refusal(.gateway("Resource not found", status: 404))
    }

    private mutating func decorated(_ answer: SandboxAnswer, index: Int) -> SandboxAnswer {
        var answer = answer
        let request = requests[index]
        answer.replaceHeader("Ipp-Request-Id", random.uuid())
        if !request.path.lowercased().hasPrefix("/connect") {
            addRateHeaders(&answer, tenantID: request.tenantID, clientID: request.clientID)
        }
        return answer
    }
}

extension QueryNames {
    /// Strict mode: only published names, numbers that are numbers, values of the published lists.
    static func check(_ query: [QueryText.Pair], template: String) throws {
        let known = kinds[template] ?? [:]
        for pair in query {
            guard let kind = known[pair.name] else { throw Refusal("The query parameter '\(pair.name)' is unknown.") }
            guard !pair.value.isEmpty, !accepts(pair.value, kind) else { continue }
            throw Refusal("The value '\(pair.value)' is not valid for \(pair.name).")
        }
    }

    /// What each name of a path takes; empty for any text.
    private static let kinds = byPath.mapValues { names in
        let pairs = names.split(whereSeparator: \.isWhitespace).map { $0.split(separator: ":", maxSplits: 1) }
        return Dictionary(pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }) { first, _ in first }
    }

    private static func accepts(_ value: String, _ kind: String) -> Bool {
        switch kind {
        case "": true
        case "int": Int32(value) != nil
        case "bool": ["true", "false"].contains(value.lowercased())
        default: kind.split(separator: "|").contains { $0 == value }
        }
    }
}
