/// `/connect/authorize`: sign-in, company choice and consent on one page.
extension SandboxState {
    /// The parameters of the request that the form carries on.
    private static let carried = [
        "client_id", "response_type", "scope", "redirect_uri", "state", "code_challenge", "code_challenge_method",
        "nonce", "ui_locales",
    ]

    mutating func authorize(_ parameters: [QueryText.Pair], decided: Bool) -> SandboxAnswer {
        guard let client = configuration.clients.first(where: { $0.id == parameters["client_id"] }),
            client.kinds.contains(.interactive)
        else { return SandboxState.page("Unknown application", "<p>invalid client_id</p>", status: 400) }
        guard let redirect = parameters["redirect_uri"], client.redirectURIs.contains(redirect) else {
            return SandboxState.page("Unknown address", "<p>invalid redirect_uri</p>", status: 400)
        }
        if let error = refusal(of: parameters) { return redirected(redirect, parameters, [("error", error)]) }
        guard decided else { return consentPage(client, parameters) }
        guard parameters["decision"] == "allow" else {
            return redirected(redirect, parameters, [("error", "access_denied")])
        }
        return allow(client, redirect, parameters)
    }

    private func refusal(of parameters: [QueryText.Pair]) -> String? {
        guard parameters["response_type"] == "code" else { return "unsupported_response_type" }
        let scopes = SandboxState.scopes(parameters["scope"])
        guard !scopes.isEmpty, SandboxConfiguration.interactiveScopes.isSuperset(of: scopes) else {
            return "invalid_scope"
        }
        if parameters["code_challenge"] != nil && parameters["code_challenge_method"] != "S256" {
            return "invalid_request"
        }
        return nil
    }

    private mutating func allow(
        _ client: SandboxConfiguration.Client, _ redirect: String, _ parameters: [QueryText.Pair]
    ) -> SandboxAnswer {
        let user = parameters["email"] ?? ""
        guard !user.isEmpty, let tenant = parameters["tenant_id"],
            companies.contains(where: { $0.records.tenantID == tenant })
        else { return consentPage(client, parameters) }
        let code = random.hex(3)
        let grant = Grants.Grant(
            family: random.hex(2), clientID: client.id, tenantID: tenant,
            scopes: SandboxState.scopes(parameters["scope"]), user: user)
        grants.codes[code] = .init(
            grant: grant, redirectURI: redirect, challenge: parameters["code_challenge"], expires: clockNow() + 300_000)
        saveGrants()
        return redirected(redirect, parameters, [("code", code)])
    }

    private func redirected(_ address: String, _ parameters: [QueryText.Pair], _ values: [(String, String)])
        -> SandboxAnswer
    {
        let all = values + (parameters["state"].map { [("state", $0)] } ?? [])
        let query = all.map { "\($0.0)=\(QueryText.encode($0.1))" }.joined(separator: "&")
        let location = address + (address.contains("?") ? "&" : "?") + query
        return SandboxAnswer(status: 302, headers: [.init("Location", location), .init("Cache-Control", "no-store")])
    }

    private func consentPage(_ client: SandboxConfiguration.Client, _ parameters: [QueryText.Pair]) -> SandboxAnswer {
        let hidden = SandboxState.carried.compactMap { name in
            parameters[name].map { "<input type=\"hidden\" name=\"\(name)\" value=\"\(escaped($0))\">" }
        }
        let choices = companies.enumerated().map { index, company in
            let id = escaped(company.records.tenantID)
            let checked = index == 0 ? " checked" : ""
            return "<label><input type=\"radio\" name=\"tenant_id\" value=\"\(id)\"\(checked)> "
                + "\(escaped(company.records.name)) <small>\(escaped(company.records.corporateID))</small></label>"
        }
        let scopes = SandboxState.scopes(parameters["scope"]).map { "<li>\(escaped($0))</li>" }
        let body = """
            <p><strong>\(escaped(client.id))</strong> ber om tilgang.</p><ul>\(scopes.joined())</ul>
            <form method="post" action="/connect/authorize">\(hidden.joined())
            <label for="email">E-post</label>
            <input id="email" name="email" type="email" required value="bruker@example.com" autocomplete="username">
            <fieldset><legend>Velg selskap</legend>\(choices.joined(separator: "\n"))</fieldset>
            <button name="decision" value="allow">Logg inn og godta</button>
            <button name="decision" value="deny" formnovalidate>Avvis</button></form>
            """
        return SandboxState.page("Logg inn", body, status: 200)
    }

    static func page(_ title: String, _ body: String, status: Int) -> SandboxAnswer {
        let style = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem;color:#1d2433}
            label,input[type=email]{display:block;width:100%;box-sizing:border-box;margin:.3rem 0;padding:.3rem}
            fieldset{margin:1rem 0}button{padding:.5rem 1rem;margin-right:.5rem}small{color:#55607a}
            """
        let html = """
            <!doctype html><html lang="nb"><head><meta charset="utf-8"><title>\(title) - Visma Connect (sandkasse)</title>
            <meta name="viewport" content="width=device-width"><style>\(style)</style></head>
            <body><main><h1>\(title)</h1>\(body)</main></body></html>
            """
        let headers = [SandboxHeader("Content-Type", "text/html; charset=utf-8"), .init("Cache-Control", "no-store")]
        return SandboxAnswer(status: status, headers: headers, body: Array(html.utf8))
    }
}

func escaped(_ text: String) -> String {
    text.map { character in
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: String(character)
        }
    }.joined()
}
