import HTML
import Persistence
import Proresult
import Sync

/// The state of the connection in words, with who and when.
enum ConnectionCards {
    static func state(_ visit: Visit, _ overview: ConnectionOverview) -> Markup {
        let heading: Markup = "\(visit.text(Text("Tilkoblingen nå", "The connection now")))"
        guard let status = overview.status else {
            return Card.markup(
                heading,
                """
                <p>\(Badge.markup(visit, Text("Ikke koblet til", "Not connected"), .over))</p>
                <p>\(visit.text(.neverConnected))</p>
                """)
        }
        let (word, kind, told): (Text, Badge.Kind, Text?) =
            switch status.state {
            case .connected: (Text("Koblet til", "Connected"), .good, nil)
            case .reconnectRequired: (Text("Må kobles til på nytt", "Must be connected again"), .stop, .mustReconnect)
            case .disconnected: (Text("Koblet fra", "Disconnected"), .over, .isDisconnected)
            }
        return Card.markup(
            heading,
            """
            <p>\(Badge.markup(visit, word, kind))</p>
            \(told.map { "<p>\(visit.text($0))</p>" } ?? .nothing)
            \(Facts.markup(visit, facts(visit, status, overview)))
            \(original(visit, overview.reconnectReason))
            \(status.state == .connected ? next(visit) : .nothing)
            """)
    }

    private static func facts(
        _ visit: Visit, _ status: ConnectionStatus, _ overview: ConnectionOverview
    ) -> [(Text, Markup)] {
        var facts: [(Text, Markup)] = [
            (Text("Firma i Visma.net", "Company in Visma.net"), "\(status.organisation ?? "–")"),
            (Text("Måte", "Way"), "\(visit.text(.way(status.kind)))"),
        ]
        if let person = overview.connectedBy, let time = overview.connectedAt {
            facts.append(
                (Text("Koblet til av", "Connected by"), "\(person), \(visit.language.time(time))"))
        }
        if status.state != .connected {
            facts.append((Text("Slik siden", "So since"), "\(visit.language.time(status.changedAt))"))
        }
        if let until = status.heldUntil {
            facts.append(
                (
                    Text("Visma har bedt oss vente til", "Visma asked us to wait until"),
                    "\(visit.language.clock(until))"
                ))
        }
        if let left = status.callsLeft, let limit = status.callsPerHour {
            facts.append(
                (
                    Text("Kall igjen denne timen", "Calls left this hour"),
                    "\(visit.language.number(left)) / \(visit.language.number(limit))"
                ))
        }
        return facts
    }

    private static func original(_ visit: Visit, _ words: String?) -> Markup {
        guard let words, !words.isEmpty else { return .nothing }
        return """
            <details><summary>\(visit.text(Text("Opprinnelig melding", "Original message")))</summary>\
            <p class="soft">\(words)</p></details>
            """
    }

    /// Where a connected company goes on.
    private static func next(_ visit: Visit) -> Markup {
        let check = "/oppsett/visma-net/kontroll"
        let steps: [(String, Text)] = [
            (check, Text("Kontroll før første import", "Check before the first import")),
            (DeskLink.settings, Text("Innstillinger for Visma.net", "Settings of Visma.net")),
        ]
        let links = steps.filter { RouteTable.serves($0.0) }.map { address, label in
            "<a class=\"button\" href=\"\(address)\">\(visit.text(label))</a>" as Markup
        }
        return links.isEmpty ? .nothing : "<p class=\"actions-row\">\(links)</p>"
    }

    /// What the operator must set before anybody can connect.
    static func notConfigured(_ visit: Visit) -> Markup {
        Card.markup(
            "\(visit.text(Text("Ferje mangler en applikasjon hos Visma", "Ferje lacks an application at Visma")))",
            """
            <p class="notice waiting">\(visit.text(.applicationMissing))</p>
            <ul><li><code>FERJE_VISMA_CLIENT_ID</code></li>
            <li><code>FERJE_VISMA_CLIENT_SECRET</code> \(visit.text(Text("eller", "or"))) <code>FERJE_VISMA_CLIENT_SECRET_FILE</code></li></ul>
            <p>\(visit.text(.redirectToRegister)) <code>\(visit.office.address.origin + ConnectionPage.returnAddress)</code></p>
            """)
    }
}
