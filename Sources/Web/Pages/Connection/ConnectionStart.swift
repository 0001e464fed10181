import HTML
import Persistence
import Proresult
import Sync

/// The two ways to connect: a person signs in at Visma, or Ferje reaches the company by its tenant id.
enum ConnectionStart {
    /// Sends the browser to Visma. A cookie holds the answer to this session: the state alone would open for whoever
    /// gets somebody else to follow a link.
    static func signIn(_ visit: Visit) async throws -> Answer {
        guard let desk = visit.office.connection, let token = visit.token else { return try await missing(visit) }
        let begun = try await desk.begin(visit.company, visit.actor.username)
        var answer = Answer.see(begun.url)
        let gate = Gate(office: visit.office)
        answer.cookies = [
            gate.cookie(visit.office.address.erpSignInCookie, Session.bound(begun.state, to: token), seconds: 600)
        ]
        return answer
    }

    static func service(_ visit: Visit) async throws -> Answer {
        guard let desk = visit.office.connection else { return try await missing(visit) }
        do {
            try await desk.reach(visit.company, visit.form["tenant"], visit.actor.username)
            return .see(ConnectionPage.address)
        } catch let refused as ConnectionRefused {
            return try await ConnectionPage.answer(visit, problem: refused.text)
        }
    }

    static func missing(_ visit: Visit) async throws -> Answer {
        try await ConnectionPage.answer(visit, problem: .applicationMissing)
    }

    static func cards(_ visit: Visit, _ overview: ConnectionOverview) -> Markup {
        let isConnected = overview.status?.state == .connected
        let heading =
            overview.status.map { $0.state != .disconnected } ?? false
            ? Text("Koble til på nytt", "Connect again") : Text("Koble til", "Connect")
        let leave: Markup =
            overview.status.map { $0.state != .disconnected } ?? false
            ? Card.markup(
                "\(visit.text(Text("Koble fra", "Disconnect")))",
                """
                <p>\(visit.text(.whatDisconnectDoes))</p>
                <p><a class="button" href="\(ConnectionPage.address)/koble-fra">\(visit.text(Text("Koble fra …", "Disconnect …")))</a></p>
                """)
            : .nothing
        guard visit.isProved else {
            return Card.markup("\(visit.text(heading))", ProofFirst.markup(visit)) + leave
        }
        // What waits for a yes comes first; only one thing on a page is the one to press.
        let style: ButtonStyle = isConnected || overview.pending != nil ? .ordinary : .primary
        let tenant = Field(
            "tenant", Text("Firmaets tenant-id", "The company's tenant id"), value: visit.form["tenant"],
            hint: .whereTenantStands, isRequired: true,
            attributes: [("autocomplete", "off"), ("spellcheck", "false"), ("maxlength", "100")])
        return Card.markup(
            "\(visit.text(heading))",
            """
            <p>\(visit.text(.whatSignInDoes))</p>
            \(FormParts.button(
                visit, Text("Logg inn hos Visma", "Sign in at Visma"), action: ConnectionPage.address + "/logg-inn",
                style: style))
            <details\(visit.form.has("tenant") ? " open" as Markup : .nothing)>
            <summary>\(visit.text(Text("Uten innlogging, med tenant-id", "Without a sign-in, by tenant id")))</summary>
            <p>\(visit.text(.whatServiceDoes))</p>
            <form method="post" action="\(ConnectionPage.address)/tjeneste">\(FormParts.token(visit))
            \(tenant.markup(visit))
            <button>\(visit.text(Text("Finn firmaet", "Find the company")))</button></form></details>
            """) + leave
    }
}

extension Markup {
    fileprivate static func + (one: Markup, other: Markup) -> Markup { Markup([one, other]) }
}
