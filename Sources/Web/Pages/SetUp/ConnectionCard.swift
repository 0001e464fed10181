import HTML
import Proresult
import Sync

/// How the connection stands, and the ways to change it and to look before the first import.
enum ConnectionCard {
    static func markup(_ visit: Visit, _ settings: VismaSettings) -> Markup {
        let (state, kind, text) = told(visit, settings.connection)
        let facts =
            settings.connection.map { connection -> [(Text, Markup)] in
                [
                    (Text("Firma i Visma", "Company in Visma"), "\(connection.organisation ?? "–")"),
                    (Text("Siden", "Since"), "\(visit.language.time(connection.changedAt))"),
                ]
            } ?? []
        return Card.markup(
            "\(visit.text(Text("Tilkobling", "Connection"))) \(Badge.markup(visit, state, kind))",
            """
            <p>\(visit.text(text))</p>
            \(facts.isEmpty ? .nothing : Facts.markup(visit, facts))
            <div class="actions-row">\(links(visit, settings.connection?.state))</div>
            \(settings.connection?.state == .connected ? .nothing : HelpLink.markup(visit, .connection))
            """)
    }

    private static func told(_ visit: Visit, _ connection: ConnectionStatus?) -> (Text, Badge.Kind, Text) {
        switch connection?.state {
        case .connected:
            (
                Text("Tilkoblet", "Connected"), .good,
                Text(
                    "Ferje kan hente fra Visma og overføre dit.", "Ferje can fetch from Visma and transfer to it.")
            )
        case .reconnectRequired:
            (
                Text("Må kobles til på nytt", "Must be connected again"), .stop,
                Text(
                    "Visma godtar ikke tilgangen lenger. Ingenting hentes eller overføres før en administrator kobler til på nytt.",
                    "Visma no longer accepts the access. Nothing is fetched or transferred until an administrator connects again."
                )
            )
        case .disconnected, nil:
            (
                Text("Ikke tilkoblet", "Not connected"), .over,
                Text(
                    "Bedriften er ikke koblet til Visma.net. Innstillingene under kan settes, men ingenting kjører.",
                    "The company is not connected to Visma.net. The settings below can be made, but nothing runs.")
            )
        }
    }

    private static func links(_ visit: Visit, _ state: ConnectionStatus.State?) -> Markup {
        let connect =
            state == .connected
            ? Text("Se tilkoblingen", "See the connection") : Text("Koble til Visma.net", "Connect to Visma.net")
        let way = DeskLink(DeskLink.settings + "/tilkobling", connect, [.administrator])
        let check = DeskLink(
            DeskLink.settings + "/kontroll", Text("Kontroll før første import", "Check before the first import"),
            [.administrator])
        return "\(way.button(visit, style: state == .connected ? "" : "primary"))\(check.button(visit, style: ""))"
    }
}
