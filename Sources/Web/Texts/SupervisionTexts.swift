import Proresult
import Sync

extension Text {
    static func shutSince(_ time: String) -> Text {
        Text(
            "Stengt siden \(time), fordi databasen kan være eldre enn det som er sendt fra den.",
            "Shut since \(time), because the database may be older than what was sent from it.")
    }
    static let shutMeans = Text(
        "Timer og vareuttak sendes ikke før Ferje har lest alt sitt i Visma og kjenner igjen hvert dokument. Det gjør overføringsjobbene av seg selv, og de åpner når ingenting er ukjent. Står det dokumenter under her, må de avgjøres først.",
        "Hours and withdrawals are not sent until Ferje has read all of its own in Visma and knows every document again. The transfer jobs do that by themselves, and open when nothing is unknown. If documents stand below, they must be decided first."
    )
    static let openingMeans = Text(
        "Du kan åpne selv, men da svarer du for at ingenting står i Visma som er ukjent her. Det kan ellers bli ført dobbelt.",
        "You can open yourself, but then you answer for it that nothing stands in Visma that is unknown here. It may be booked twice otherwise."
    )
    static let alarmsPass = Text(
        "Hver natt sammenlignes det som er bekreftet, med Visma. Ferje retter ingenting selv. Et varsel går bort når en senere natt finner at det er i orden.",
        "Every night what is confirmed is compared with Visma. Ferje mends nothing by itself. An alarm goes away when a later night finds all in order."
    )
    static let brakeMeans = Text(
        "Så mange poster manglet i listen fra Visma at det heller er listen som er feil. Derfor er ingen satt som borte eller inaktive. Se i Visma om de virkelig er slettet, og om tilgangen til innloggingen er endret. Neste fulle lesing, om natten, ser etter på nytt.",
        "So many records were missing in Visma's list that the list is the likelier fault. Therefore none was marked as gone or inactive. See in Visma whether they really were deleted, and whether the rights of the sign-in have changed. The next full reading, at night, looks again."
    )
    static let brakeReally = Text("De er virkelig borte i Visma", "They really are gone in Visma")
    static let releaseMeans = Text(
        "Listen leses på nytt straks, og igjen om natten. En post som mangler begge ganger, og som Visma ikke kjenner når Ferje spør etter den alene, settes som borte og inaktiv, inntil 100 hver natt. Timer og uttak som er ført, blir stående.",
        "The list is read again at once, and once more at night. A record that is missing both times, and that Visma does not know when asked for it alone, is marked as gone and inactive, at most 100 each night. Hours and withdrawals that were entered stay."
    )
    static let brakeReleased = Text(
        "Listen leses på nytt nå og om natten. Det som mangler begge ganger, settes som borte.",
        "The list is read again now and at night. What is missing both times is marked as gone.")
    static let markMeans = Text(
        "Linjene er ført i Visma og sendes aldri på nytt, men postene her kunne ikke settes som overført. Knappen prøver igjen; feiler det fortsatt, si fra til den som drifter Ferje.",
        "The lines are booked in Visma and are never sent again, but the records here could not be marked as transferred. The button tries again; if it still fails, tell whoever runs Ferje."
    )

    static func numberInVisma(_ number: String) -> Text { Text("\(number) i Visma", "\(number) in Visma") }

    static func alarm(_ kind: ExportAlarm.Kind) -> Text {
        switch kind {
        case .missing: Text("Borte fra Visma:", "Missing in Visma:")
        case .doubled: Text("Står dobbelt i Visma:", "Doubled in Visma:")
        case .changed: Text("Endret i Visma:", "Changed in Visma:")
        case .unknownReference: Text("Ukjent her:", "Unknown here:")
        }
    }

    static func alarmAdvice(_ kind: ExportAlarm.Kind) -> Text {
        switch kind {
        case .missing:
            Text(
                "Se i Visma om det er slettet, eller flyttet til en annen periode. Er det slettet ved et uhell, må det føres på nytt der; her er postene låst.",
                "See in Visma whether it was deleted, or moved to another period. If it was deleted by mistake, it must be booked again there; here the records are locked."
            )
        case .doubled:
            Text(
                "To dokumenter i Visma har samme referanse. Slett eller tilbakefør det som er for mye, i Visma.",
                "Two documents in Visma have the same reference. Delete or reverse the superfluous one in Visma.")
        case .changed:
            Text(
                "Noen har endret dokumentet i Visma. Var det meningen, er alt i orden; ellers rett det der.",
                "Somebody has changed the document in Visma. If that was intended, all is well; otherwise mend it there."
            )
        case .unknownReference:
            Text(
                "Visma har et dokument med vårt merke som ikke skal stå der. Se om linjene også er sendt i et annet dokument; da er det ført dobbelt og må slettes i Visma.",
                "Visma has a document with our mark that should not be there. See whether its lines were also sent in another document; then it is booked twice and must be deleted in Visma."
            )
        }
    }
}
