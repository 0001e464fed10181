import Proresult

extension HelpContent {
    static let whole = HelpContent(
        title: Text("Slik henger det sammen", "How it goes together"),
        lead: Text(
            "Visma eier kunder, prosjekt og varer. Her føres timer og vareuttak. Ferje henter det ene og overfører det andre.",
            "Visma owns customers, projects and items. Hours and item withdrawals are registered here. Ferje fetches the one and transfers the other."
        ),
        parts: [
            Part(
                heading: Text("Fra Visma og hit", "From Visma to here"),
                paragraphs: [
                    Text(
                        "Kunder, prosjekt med oppgaver, og varer hentes hver time eller når noen trykker på knappen på forsiden. Det som endres i Visma, endres her.",
                        "Customers, projects with their tasks, and items are fetched every hour or when somebody presses the button on the start page. What changes in Visma changes here."
                    )
                ]),
            Part(
                heading: Text("Herfra og til Visma", "From here to Visma"),
                steps: [
                    Text(
                        "Arbeideren fører timer og tar ut varer på telefonen.",
                        "The worker registers hours and takes out items on the telephone."),
                    Text(
                        "Lederen godkjenner timene. Vareuttak trenger ingen godkjenning.",
                        "A leader approves the hours. Withdrawals need no approval."),
                    Text(
                        "Overføring viser hva som er klart, og hva som er stoppet og hvorfor.",
                        "Transfer shows what is ready, and what is stopped and why."),
                    Text(
                        "Regnskap ser linjene i forhåndsvisningen og sender dem, eller de går av seg selv hver time.",
                        "Accounting sees the lines in the preview and sends them, or they go by themselves every hour."),
                    Text(
                        "Ferje leser linjene tilbake fra Visma. Stemmer de, låses de her.",
                        "Ferje reads the lines back from Visma. When they agree they are locked here."),
                ]),
            Part(
                heading: Text("Hver linje går én gang", "Every line goes once"),
                paragraphs: [
                    Text(
                        "Svarer ikke Visma tydelig, står linjen som uavklart. Da sendes den ikke på nytt; Ferje ser først etter om den kom fram. Slik blir ingenting ført to ganger.",
                        "When Visma gives no clear answer the line stands in doubt. It is not sent again; Ferje first looks whether it arrived. So nothing is entered twice."
                    )
                ]),
        ])

    static let connection = HelpContent(
        title: Text("Når tilkoblingen er utløpt", "When the connection has expired"),
        lead: Text(
            "En administrator kobler til på nytt. Ingenting går tapt imens: alt som er ført, venter og overføres etterpå.",
            "An administrator connects again. Nothing is lost meanwhile: all that is registered waits and is transferred afterwards."
        ),
        parts: [
            Part(
                heading: Text("Slik kobler du til på nytt", "How to connect again"),
                steps: [
                    Text(
                        "Gå til Oppsett → Innstillinger → Integrasjoner → Visma.net.",
                        "Go to Settings → Integrations → Visma.net."),
                    Text("Åpne tilkoblingen og koble til på nytt.", "Open the connection and connect again."),
                    Text("Se at det er riktig firma, og bekreft.", "See that it is the right company, and confirm."),
                ]),
            Part(
                heading: Text("Hvorfor det skjer", "Why it happens"),
                paragraphs: [
                    Text(
                        "Tilgangen kan være trukket tilbake i Visma, brukeren som koblet til kan ha mistet rettighetene sine, eller tilgangen har ikke vært brukt på lenge.",
                        "The access may have been taken back in Visma, the user who connected may have lost the rights, or the access has not been used for long."
                    )
                ]),
        ])
}
