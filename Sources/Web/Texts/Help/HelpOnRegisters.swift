import Proresult

extension HelpContent {
    static let imports = HelpContent(
        title: Text("Importer fra Visma", "Imports from Visma"),
        lead: Text(
            "Like numre regnes som det samme. Sjekk at kundenummer og prosjektnummer er riktige før den første importen.",
            "Equal numbers count as the same. See that customer and project numbers are right before the first import."),
        parts: [
            Part(
                heading: Text("Hva som skrives over", "What is overwritten"),
                paragraphs: [
                    Text(
                        "Navn og adresse på kunder, navn, adresse, startdato og kunde på prosjekt, og navn og priser på varer kommer fra Visma. Rett dem der.",
                        "Names and addresses of customers, names, addresses, start dates and customers of projects, and names and prices of items come from Visma. Mend them there."
                    )
                ]),
            Part(
                heading: Text("Prosjekt som åpnes igjen", "Projects that open again"),
                paragraphs: [
                    Text(
                        "Et prosjekt som er avsluttet her og aktivt i Visma, gjenopptas ved neste import. Avslutt det i Visma, så avsluttes det her også.",
                        "A project that is closed here and active in Visma is reopened by the next import. Close it in Visma, and it is closed here too."
                    )
                ]),
            Part(
                heading: Text("Oppgaver blir arbeidsarter", "Tasks become work types"),
                paragraphs: [
                    Text(
                        "Hver oppgave på et prosjekt i Visma blir en arbeidsart på det prosjektet. Bare timer på slike arbeidsarter kan overføres.",
                        "Every task of a project in Visma becomes a work type of that project. Only hours on such work types can be transferred."
                    )
                ]),
            Part(
                heading: Text("Det som blir borte i Visma", "What disappears in Visma"),
                paragraphs: [
                    Text(
                        "Ingenting slettes her. Det merkes som borte i Visma og kan ikke brukes til noe nytt. Kommer det tilbake, virker det igjen.",
                        "Nothing is deleted here. It is marked as gone in Visma and cannot be used for anything new. If it comes back, it works again."
                    )
                ]),
        ])
}
