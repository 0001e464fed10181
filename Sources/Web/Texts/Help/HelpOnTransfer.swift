import Proresult

extension HelpContent {
    static let transfer = HelpContent(
        title: Text("Overføring og årsaker til stopp", "Transfer and why lines stop"),
        lead: Text(
            "En linje som er stoppet, er ikke borte. Rett det som står på den, så går den ved neste overføring.",
            "A line that is stopped is not lost. Mend what stands on it, and it goes with the next transfer."),
        parts: [
            Part(
                heading: Text("Slik overfører du", "How to transfer"),
                steps: [
                    Text(
                        "Se på Overføring hva som er klart, og rett det som er stoppet.",
                        "See on Transfer what is ready, and mend what is stopped."),
                    Text(
                        "Åpne forhåndsvisningen. Den viser nøyaktig de linjene som går nå, med summer.",
                        "Open the preview. It shows exactly the lines that go now, with sums."),
                    Text("Velg periode om det trengs, og send.", "Choose a period where that is needed, and send."),
                ]),
            Part(
                heading: Text("Uavklart", "In doubt"),
                paragraphs: [
                    Text(
                        "Visma ga ikke noe tydelig svar. Ferje leter etter linjene i Visma og finner ut av det selv, vanligvis på noen minutter. Ikke før dem for hånd.",
                        "Visma gave no clear answer. Ferje looks for the lines in Visma and finds out by itself, usually in some minutes. Do not enter them by hand."
                    )
                ]),
            Part(
                heading: Text("Avvist og må vurderes", "Refused and needs review"),
                paragraphs: [
                    Text(
                        "Avviste linjer har Visma sagt nei til; Vismas egne ord står på linjen. Et dokument som må vurderes, er endret, doblet eller borte i Visma, og en person bestemmer hva som er riktig.",
                        "Refused lines were turned down by Visma; its own words stand on the line. A document that needs review was changed, doubled or is gone in Visma, and a person decides what is right."
                    )
                ]),
        ])

    static let periods = HelpContent(
        title: Text("Når perioden er lukket", "When the period is closed"),
        lead: Text(
            "Linjene venter. Åpne perioden i Visma, eller send dem i en åpen periode.",
            "The lines wait. Open the period in Visma, or send them in an open one."),
        parts: [
            Part(
                heading: Text("Send i en annen periode", "Send in another period"),
                steps: [
                    Text(
                        "Gå til forsiden og velg en åpen periode ved Overfør timer eller Overfør vareuttak. De lukkede står der med grunn.",
                        "Go to the start page and choose an open period at Transfer hours or Transfer withdrawals. The closed ones stand there with why."
                    ),
                    Text(
                        "Linjene beholder datoen sin, men føres i perioden du valgte.",
                        "The lines keep their date, but are entered in the period that you chose."),
                ]),
            Part(
                heading: Text("Åpne perioden i Visma", "Open the period in Visma"),
                paragraphs: [
                    Text(
                        "Det gjør den som fører regnskapet, i Visma.net. Trykk så «Les på nytt fra Visma» på Overføring.",
                        "That is done by whoever keeps the books, in Visma.net. Then press “Read again from Visma” on Transfer."
                    )
                ]),
            Part(
                heading: Text("La det skje av seg selv", "Let it happen by itself"),
                paragraphs: [
                    Text(
                        "Under Oppsett → Integrasjoner → Visma.net → Når perioden er lukket kan en administrator velge at slike linjer går i neste åpne periode.",
                        "Under Settings → Integrations → Visma.net → When the period is closed an administrator can choose that such lines go into the next open period."
                    )
                ]),
        ])
}
