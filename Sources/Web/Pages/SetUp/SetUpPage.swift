import HTML
import Proresult

/// *Oppsett → Innstillinger*: the ways to what an administrator chooses once and seldom changes.
enum SetUpPage {
    static let routes: [Route] = [
        .get("/oppsett", .bookkeeping) { visit in
            .page(
                Frame.page(visit, Text("Innstillinger", "Settings"), in: .setUp) {
                    "<div class=\"cards two\">\(places(visit).map { card(visit, $0) })</div>"
                })
        }
    ]

    private struct Place {
        var title: Text
        var text: Text
        var address: String
        var label: Text
    }

    private static func places(_ visit: Visit) -> [Place] {
        let forAdministrators = [
            Place(
                title: Text("Brukere", "Users"),
                text: Text(
                    "Hvem som kan logge inn, og hva de får gjøre. Nøkler for andre programmer.",
                    "Who can sign in, and what they may do. Keys for other programs."), address: "/brukere",
                label: Text("Til brukere", "To the users"))
        ]
        let all = [
            Place(
                title: Text("Integrasjoner → Visma.net", "Integrations → Visma.net"),
                text: Text(
                    "Tilkobling, hva som hentes og overføres, kontoer og varenummer.",
                    "The connection, what is fetched and transferred, accounts and item numbers."),
                address: DeskLink.settings, label: Text("Til integrasjon", "To the integration")),
            Place(
                title: Text("Timer", "Hours"),
                text: Text(
                    "Godkjenning i ett eller to steg, og hvor langt tilbake en arbeider kan føre.",
                    "Approval in one or two steps, and how far back a worker may register."), address: "/oppsett/timer",
                label: Text("Til timer", "To hours")),
            Place(
                title: Text("Vareuttak", "Item withdrawals"),
                text: Text(
                    "Hva arbeiderne ser og kan endre når de tar ut varer.",
                    "What workers see and may change when they take out items."), address: "/oppsett/vareuttak",
                label: Text("Til vareuttak", "To item withdrawals")),
            Place(
                title: .help,
                text: Text("Slik henger alt sammen, i korte sider.", "How it all goes together, in short pages."),
                address: "/hjelp", label: Text("Til hjelpen", "To the help")),
        ]
        return (all + (visit.isAdministrator ? forAdministrators : [])).filter { RouteTable.serves($0.address) }
    }

    private static func card(_ visit: Visit, _ place: Place) -> Markup {
        Card.markup(
            "\(visit.text(place.title))",
            """
            <p>\(visit.text(place.text))</p>
            <p><a class="button" href="\(place.address)">\(visit.text(place.label))</a></p>
            """)
    }
}
