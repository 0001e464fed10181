import Foundation

/// `/.well-known/…` and `/connect/…`: a Visma Connect of our own (API.md 1).
extension SandboxState {
    mutating func identity(_ call: SandboxCall, _ path: [String], _ fault: FaultRule?, index: Int) throws
        -> SandboxAnswer
    {
        switch (call.method.uppercased(), path.joined(separator: "/")) {
        case ("GET", ".well-known/openid-configuration"): return discovery(call.origin)
        case ("GET", "connect/authorize"): return authorize(QueryText.pairs(call.query), decided: false)
        case ("POST", "connect/authorize"): return authorize(form(call), decided: true)
        case ("POST", "connect/token"): return tokenAnswer(call, fault, index: index)
        case ("POST", "connect/revocation"): return revocation(call)
        case ("GET", "connect/userinfo"): return try userInfo(call)
        case ("GET", "connect/endsession"): return SandboxAnswer(status: 200)
        default: throw Refusal("Not found", status: 404)
        }
    }

    private func discovery(_ origin: String) -> SandboxAnswer {
        var fields = Fields()
        fields.add("issuer", origin)
        for (name, path) in [
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("userinfo_endpoint", "userinfo"),
            ("end_session_endpoint", "endsession"), ("revocation_endpoint", "revocation"),
        ] {
            fields.add(name, "\(origin)/connect/\(path)")
        }
        func texts(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }
        let scopes = SandboxConfiguration.interactiveScopes.union(SandboxConfiguration.serviceScopes)
        fields.add("scopes_supported", texts(scopes.sorted()))
        fields.add("response_types_supported", texts(["code"]))
        fields.add("grant_types_supported", texts(["authorization_code", "client_credentials", "refresh_token"]))
        fields.add("token_endpoint_auth_methods_supported", texts(["client_secret_basic", "client_secret_post"]))
        fields.add("code_challenge_methods_supported", texts(["S256"]))
        return .json(fields.json)
    }

    func form(_ call: SandboxCall) -> [QueryText.Pair] {
        let type = call.header("Content-Type")?.lowercased() ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return [] }
        return QueryText.pairs(String(decoding: call.body, as: UTF8.self))
    }

    private mutating func revocation(_ call: SandboxCall) -> SandboxAnswer {
        let form = form(call)
        guard let client = authenticated(call, form) else { return clientRefused(call) }
        let token = form["token"] ?? ""
        if let entry = grants.refresh[token], entry.grant.clientID == client.id {
            grants.revoke(family: entry.grant.family)
        } else if let entry = grants.access[token], entry.grant.clientID == client.id {
            grants.access[token] = nil
        }
        saveGrants()
        return SandboxAnswer(status: 200)
    }

    private func userInfo(_ call: SandboxCall) throws -> SandboxAnswer {
        guard let token = bearer(call), let entry = grants.access[token], entry.expires > clockNow(),
            let user = entry.grant.user
        else { throw Refusal(.json(.object([]), status: 401)) }
        var fields = Fields()
        fields.add("sub", user)
        if entry.grant.scopes.contains("email") { fields.add("email", user) }
        if entry.grant.scopes.contains("profile") { fields.add("name", user) }
        return .json(fields.json)
    }

    /// The client that sent its own secret, in the body or as Basic.
    func authenticated(_ call: SandboxCall, _ form: [QueryText.Pair]) -> SandboxConfiguration.Client? {
        let sent = basic(call) ?? [(form["client_id"] ?? "", form["client_secret"] ?? "")]
        return configuration.clients.first { client in
            sent.contains { $0.id == client.id && $0.secret == client.secret }
        }
    }

    /// As sent and form-decoded: clients in the wild do either.
    private func basic(_ call: SandboxCall) -> [(id: String, secret: String)]? {
        guard let header = call.header("Authorization"), header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6))),
            let text = String(data: data, encoding: .utf8)
        else { return call.header("Authorization") == nil ? nil : [] }
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return [] }
        return [
            (String(halves[0]), String(halves[1])), (QueryText.decode(halves[0]), QueryText.decode(halves[1])),
        ]
    }

    /// 401 only when the client tried the header (RFC 6749, 5.2).
    func clientRefused(_ call: SandboxCall) -> SandboxAnswer {
        guard call.header("Authorization") != nil else { return SandboxState.oauthError("invalid_client") }
        var answer = SandboxState.oauthError("invalid_client", status: 401)
        answer.replaceHeader("WWW-Authenticate", "Basic realm=\"connect\"")
        return answer
    }

    static func oauthError(_ code: String, status: Int = 400) -> SandboxAnswer {
        .json(.object([.init(name: "error", value: .string(code))]), status: status)
    }
}

extension [QueryText.Pair] {
    subscript(name: String) -> String? { first { $0.name == name }?.value }
}
