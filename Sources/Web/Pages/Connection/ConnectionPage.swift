import HTML
import Hummingbird
import Persistence
import Proresult
import Sync

/// How the company's connection to Visma.net stands, and what an administrator does about it.
enum ConnectionPage {
    static let address = "/oppsett/visma-net/tilkobling"
    /// As the operator registered it; `Configuration.redirectPath` is the same.
    static let returnAddress = "/integrasjoner/visma-net/tilbake"

    static let routes: [Route] = [
        .get(address, .administrators) { visit in try await answer(visit) },
        .post(address + "/logg-inn", .administrators, needsProof: true, home: address, ConnectionStart.signIn),
        .post(address + "/tjeneste", .administrators, needsProof: true, home: address, ConnectionStart.service),
        .post(address + "/bekreft", .administrators, needsProof: true, home: address, ConnectionDecision.confirm),
        .post(address + "/avvis", .administrators, needsProof: true, home: address, ConnectionDecision.decline),
        .get(address + "/koble-fra", .administrators) { visit in .page(try await DisconnectPage.markup(visit)) },
        .post(
            address + "/koble-fra", .administrators, needsProof: true, home: address, DisconnectPage.disconnect),
        // The address holds a code of Visma's: it is not where somebody comes back to.
        .get(
            returnAddress, .administrators, home: address + "?avbrutt=ja", ConnectionReturn.answer),
    ]

    /// The page, or the page again with what was wrong.
    static func answer(_ visit: Visit, problem: Text? = nil) async throws -> Answer {
        let overview = try await visit.read { try ConnectionOverview.read(in: $0) }
        let page = try markup(visit, overview, problem: problem)
        var answer = problem == nil ? Answer.page(page) : .again(page)
        if let authority = visit.office.connection?.authority {
            answer.headers.append((.contentSecurityPolicy, SecurityHeaders.policy(formsTo: [authority])))
        }
        return answer
    }

    private static func markup(
        _ visit: Visit, _ overview: ConnectionOverview, problem: Text?
    ) throws -> Markup {
        let username = try visit.person.user.username
        return Frame.page(visit, Text("Tilkobling til Visma.net", "Connection to Visma.net"), in: .setUp) {
            """
            <p class="soft">\(visit.text(.connectionPlace))</p>
            \(SignInPages.trouble(visit, problem ?? broken(visit)))
            \(overview.pending.map { PendingCard.markup(visit, $0, overview.status, isOwn: $0.person == username) }
                ?? .nothing)
            \(ConnectionCards.state(visit, overview))
            \(visit.office.connection == nil ? ConnectionCards.notConfigured(visit) : ConnectionStart.cards(visit, overview))
            """
        }
    }

    /// The person came back from Visma without a session.
    private static func broken(_ visit: Visit) -> Text? {
        visit.query.has("avbrutt") ? .signedOutMeanwhile : nil
    }
}

extension Visit {
    /// Whether what needs the password can be done without asking for it again.
    var isProved: Bool { who?.session.isProved(at: now) ?? false }
}

/// In place of what needs the password: the way to give it, so that nobody presses or types in vain.
enum ProofFirst {
    static func markup(_ visit: Visit, back: String = ConnectionPage.address) -> Markup {
        """
        <p>\(visit.text(.proofBeforeConnecting))</p>
        <p><a class="button primary" href="/bekreft\(Fields([("til", back)]).query)">\
        \(visit.text(Text("Skriv passordet", "Give the password")))</a></p>
        """
    }
}
