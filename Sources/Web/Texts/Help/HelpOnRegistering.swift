import Proresult

extension HelpContent {
    static let hours = HelpContent(
        title: Text("Timer", "Hours"),
        lead: Text(
            "Før timene i alt, og hvor mange av dem som er overtid. Lederen godkjenner, og så kan de overføres.",
            "Register the hours in all, and how many of them are overtime. A leader approves, and then they can be transferred."
        ),
        parts: [
            Part(
                heading: Text("Slik fører du", "How to register"),
                steps: [
                    Text(
                        "Velg prosjekt og arbeidsart. De du brukte sist, står først.",
                        "Choose project and work type. Those used last come first."),
                    Text(
                        "Skriv timene i alt, eller fra og til med pause.",
                        "Write the hours in all, or from and to with the break."),
                    Text(
                        "Er noe av det overtid, skriv hvor mange av timene. Overtid er en del av timene, ikke i tillegg.",
                        "If some of it is overtime, write how many of the hours. Overtime is a part of the hours, not on top."
                    ),
                ]),
            Part(
                heading: Text("Arbeidsarter fra Visma", "Work types from Visma"),
                paragraphs: [
                    Text(
                        "På et prosjekt fra Visma velges oppgavene derfra. Timer på en arbeidsart fra Proresult kan ikke overføres.",
                        "On a project from Visma its tasks are chosen. Hours on a work type of Proresult cannot be transferred."
                    )
                ]),
            Part(
                heading: Text("Godkjenning", "Approval"),
                paragraphs: [
                    Text(
                        "Ett steg: lederen godkjenner. To steg: en annen må godkjenne etterpå. Endres timene, må de godkjennes på nytt. Avviste timer rettes av arbeideren.",
                        "One step: a leader approves. Two: another person must approve afterwards. Hours that are changed are approved anew. Rejected hours are mended by the worker."
                    )
                ]),
            Part(
                heading: Text("Hva som sendes", "What is sent"),
                paragraphs: [
                    Text(
                        "Én føring blir opptil tre linjer: vanlige timer til timelønnen, overtid 50 % til en og en halv gang den, og overtid 100 % til det dobbelte. Timelønnen er den som gjaldt den dagen.",
                        "One entry becomes up to three lines: ordinary hours at the wage, overtime 50 % at one and a half times it, and overtime 100 % at the double. The wage is the one of that day."
                    )
                ]),
            Part(
                heading: Text("Feil i timer som er overført", "Mistakes in transferred hours"),
                paragraphs: [
                    Text(
                        "De er låst. De rettes med en tilbakeføring og en ny, riktig føring. Begge godkjennes og overføres som andre.",
                        "They are locked. They are mended by a reversal and a new, right entry. Both are approved and transferred like others."
                    )
                ]),
        ])

    static let withdrawals = HelpContent(
        title: Text("Vareuttak og retur", "Withdrawals and returns"),
        lead: Text(
            "Ta ut det som går til prosjektet. Kommer noe tilbake, registrer en retur; den trekkes fra i Visma.",
            "Take out what goes to the project. When something comes back, register a return; it is subtracted in Visma."
        ),
        parts: [
            Part(
                heading: Text("Ta ut en vare", "Take out an item"),
                steps: [
                    Text(
                        "Velg prosjekt og søk etter varen med navn eller nummer.",
                        "Choose the project and search the item by name or number."),
                    Text(
                        "Skriv antallet. Pris og enhet kommer fra varen.",
                        "Write the quantity. Price and unit come from the item."),
                    Text(
                        "Finnes ikke varen, kan den skrives som fritekst der bedriften tillater det.",
                        "An item that is not there can be written as free text where the company allows it."),
                ]),
            Part(
                heading: Text("Retur", "Returns"),
                paragraphs: [
                    Text(
                        "Åpne uttaket og velg retur, helt eller delvis. Returen får samme pris, vare og prosjekt som uttaket, og kan ikke bli større enn det som er igjen.",
                        "Open the withdrawal and choose return, of all or a part. The return has the withdrawal's price, item and project, and cannot be larger than what is left."
                    ),
                    Text(
                        "En linje som er fakturert, er overført og låst. Den kan ikke endres eller slettes, bare returneres.",
                        "An invoiced line has been transferred and is locked. It cannot be changed or deleted, only returned."
                    ),
                ]),
            Part(
                heading: Text("Hva som sendes", "What is sent"),
                paragraphs: [
                    Text(
                        "Linjen føres på oppgaven og kontoene som er valgt i innstillingene. Fritekst og varer uten kobling går på det faste varenummeret. Utpris eller innpris sendes, etter hva bedriften har valgt.",
                        "The line goes to the task and accounts that are chosen in the settings. Free text and items without a link go to the default item number. The sales or the cost price is sent, as the company has chosen."
                    )
                ]),
        ])
}
