import HTML
import Persistence
import Proresult
import Sync

/// Asks once more before the connection is ended, and tells what happens then.
enum DisconnectPage {
    static func markup(_ visit: Visit) async throws -> Markup {
        let status = try await visit.read { try ConnectionStatus.read(in: $0) }
        return Frame.page(visit, Text("Koble fra Visma.net?", "Disconnect Visma.net?"), in: .setUp) {
            let back: Markup = """
                <a class="button" href="\(ConnectionPage.address)">\(visit.text(Text("Tilbake", "Back")))</a>
                """
            guard let status, status.state != .disconnected, visit.office.connection != nil else {
                return "<p>\(visit.text(.nothingToDisconnect))</p><p>\(back)</p>"
            }
            let button = FormParts.button(
                visit, Text("Ja, koble fra", "Yes, disconnect"), action: ConnectionPage.address + "/koble-fra",
                style: .danger)
            return Card.markup(
                "\(status.organisation ?? "Visma.net")",
                """
                <p>\(visit.text(.whatDisconnectDoes))</p>
                <p>\(visit.text(.whatStaysAfterDisconnect))</p>
                \(visit.isProved ? "<div class=\"actions-row\">\(button)\(back)</div>"
                    : ProofFirst.markup(visit, back: ConnectionPage.address + "/koble-fra"))
                """)
        }
    }

    static func disconnect(_ visit: Visit) async throws -> Answer {
        guard let desk = visit.office.connection else { return try await ConnectionStart.missing(visit) }
        let isRevoked = try await desk.disconnect(visit.company, visit.actor.username)
        return .see(ConnectionPage.address, isRevoked ? .disconnected : .disconnectedNotRevoked)
    }
}
