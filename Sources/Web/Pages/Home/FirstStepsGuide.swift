import HTML
import Proresult
import Sync

/// The way of a new company to its first transfer, with what is done ticked off.
enum FirstStepsGuide {
    static func markup(_ visit: Visit, done: Set<FirstStep>) -> Markup {
        let steps: [(FirstStep, Text, Text, String)] = [
            (
                .connect, Text("Koble til Visma.net", "Connect to Visma.net"),
                Text(
                    "En administrator logger inn hos Visma og bekrefter hvilket firma det er.",
                    "An administrator signs in at Visma and confirms which company it is."
                ),
                ConnectionPage.address
            ),
            (
                .importLists, Text("Hent kunder, prosjekt og varer", "Fetch customers, projects and items"),
                Text(
                    "OBS! Like numre regnes som det samme: navn og adresse skrives over, og prosjekt som er aktive i Visma, gjenopptas.",
                    "Mind: equal numbers count as the same: names and addresses are overwritten, and projects that are active in Visma are reopened."
                ), "/#fra-visma"
            ),
            (
                .linkWorkers, Text("Koble arbeiderne", "Link the workers"),
                Text(
                    "Hver arbeider trenger Visma.net ansattnummer og timelønn. Forslag står på arbeiderens side.",
                    "Every worker needs the Visma.net employee number and a wage. The worker's page has suggestions."),
                "/arbeidere"
            ),
            (
                .chooseSettings, Text("Velg kontoer og varenummer", "Choose accounts and item numbers"),
                Text(
                    "Debit- og kreditkonto og std. varenummer for timer, valgt fra listene i Visma.",
                    "Debit and credit account and the default item number for hours, chosen from Visma's lists."
                ),
                DeskLink.settings
            ),
            (
                .transfer, Text("Gjør den første overføringen", "Make the first transfer"),
                Text(
                    "Godkjenn timer, se dem i forhåndsvisningen og send dem.",
                    "Approve hours, look at them in the preview and send them."), "/forhandsvisning?jobb=hours"
            ),
        ]
        let next = steps.first { !done.contains($0.0) }?.0
        let items = steps.map { step, title, text, address in
            let isDone = done.contains(step)
            let state = isDone ? Badge.markup(visit, Text("Gjort", "Done"), .good) : .nothing
            let button: Markup =
                step == next && RouteTable.serves(address)
                ? "<a class=\"button primary\" href=\"\(address)\">\(visit.text(title))</a>" : .nothing
            return """
                <li class="\(isDone ? "done" : "")"><strong>\(visit.text(title))</strong> \(state)
                \(isDone ? .nothing : "<p class=\"soft\">\(visit.text(text))</p>")\(button)</li>
                """ as Markup
        }
        return Card.markup(
            "\(visit.text(Text("Kom i gang", "First steps")))", kind: "guide", "<ol>\(items)</ol>")
    }
}
