import HTML
import Persistence
import Proresult
import Sync

/// The question after a sign-in: is this the right company? Only a yes connects it.
enum ConnectionDecision {
    static func confirm(_ visit: Visit) async throws -> Answer {
        guard let desk = visit.office.connection else { return try await ConnectionStart.missing(visit) }
        do {
            let name = try await desk.confirm(visit.company, visit.form["tilkobling"], visit.actor.username)
            return .see(ConnectionPage.address, .isConnected(name))
        } catch let refused as ConnectionRefused {
            return try await ConnectionPage.answer(visit, problem: refused.text)
        }
    }

    static func decline(_ visit: Visit) async throws -> Answer {
        guard let desk = visit.office.connection else { return try await ConnectionStart.missing(visit) }
        do {
            let isRevoked = try await desk.decline(visit.company, visit.form["tilkobling"], visit.actor.username)
            return .see(ConnectionPage.address, isRevoked ? .companyDeclined : .declinedNotRevoked)
        } catch let refused as ConnectionRefused {
            return try await ConnectionPage.answer(visit, problem: refused.text)
        }
    }
}

enum PendingCard {
    static func markup(
        _ visit: Visit, _ pending: PendingConnection, _ status: ConnectionStatus?, isOwn: Bool
    ) -> Markup {
        let name = pending.number.map { "\(pending.name) (\($0))" } ?? pending.name
        let other: Markup
        if let before = status?.organisation, before != name {
            other = "<p class=\"notice stop\">\(visit.text(.otherThanBefore(before)))</p>"
        } else {
            other = .nothing
        }
        let facts: [(Text, Markup)] = [
            (Text("Firma i Visma.net", "Company in Visma.net"), "<strong>\(pending.name)</strong>"),
            (Text("Organisasjonsnummer", "Organisation number"), "\(pending.number ?? "–")"),
            (Text("Skal kobles til", "To be connected to"), "\(visit.who?.company.name ?? "")"),
            (Text("Måte", "Way"), "\(visit.text(.way(pending.kind)))"),
            (Text("Må bekreftes innen", "To be confirmed by"), "\(visit.language.clock(pending.expiresAt))"),
        ]
        return Card.markup(
            "\(visit.text(Text("Er dette riktig firma?", "Is this the right company?")))",
            """
            \(other)
            \(Facts.markup(visit, facts))
            <p>\(visit.text(isOwn ? .nothingIsConnectedYet : .onlyWhoSignedIn(pending.person)))</p>
            \(visit.isProved ? buttons(visit, pending, isOwn: isOwn) : ProofFirst.markup(visit))
            """)
    }

    private static func buttons(_ visit: Visit, _ pending: PendingConnection, isOwn: Bool) -> Markup {
        let fields = [("tilkobling", pending.id)]
        let yes = FormParts.button(
            visit, Text("Ja, koble til \(pending.name)", "Yes, connect \(pending.name)"),
            action: ConnectionPage.address + "/bekreft", fields: fields, style: .primary)
        let no = FormParts.button(
            visit, Text("Nei, avbryt", "No, give it up"), action: ConnectionPage.address + "/avvis", fields: fields,
            style: .danger)
        return "<div class=\"actions-row\">\(isOwn ? yes : .nothing)\(no)</div>"
    }
}
