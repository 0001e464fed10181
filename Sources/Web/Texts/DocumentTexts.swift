import Proresult
import Sync

extension ReviewCause {
    /// What is known.
    var text: Text {
        switch self {
        case .doubled(let numbers):
            Text(
                "Visma har flere dokumenter med denne referansen: \(numbers). Da kan det samme være ført flere ganger.",
                "Visma has several documents with this reference: \(numbers). The same may have been booked several times."
            )
        case .twin(let number):
            Text(
                "Dokument \(number) i Visma har nøyaktig disse linjene, men ikke referansen vår.",
                "Document \(number) in Visma has exactly these lines, but not our reference.")
        case .different(let number):
            Text(
                "Dokument \(number) i Visma har referansen vår, men linjene er ikke de som ble sendt.",
                "Document \(number) in Visma has our reference, but its lines are not those that were sent.")
        case .withoutReference(let number):
            Text(
                "Visma ga oss nummer \(number), men det dokumentet har ikke referansen vår.",
                "Visma gave us the number \(number), but that document does not have our reference.")
        case .noVersion(let number):
            Text(
                "Visma laget dokument \(number) uten linjer, og det kan ikke fylles trygt herfra.",
                "Visma made document \(number) without lines, and it cannot be filled safely from here.")
        case .shellGone(let number):
            Text(
                "Dokument \(number) i Visma skulle få linjene, men er borte.",
                "Document \(number) in Visma was to get the lines, but is gone.")
        case .anotherShell(let found, let noted):
            Text(
                "Dokument \(noted) skulle få linjene, men Visma viser \(found) med den samme referansen.",
                "Document \(noted) was to get the lines, but Visma shows \(found) with the same reference.")
        case .recordsChanged:
            Text(
                "Dokumentet står i Visma fra før databasen her ble satt tilbake, men postene er endret her siden.",
                "The document stands in Visma from before the database here was set back, but its records have changed here since."
            )
        case .doesNotFit(let problems):
            Text(
                "Dokumentet ble funnet i Visma, men passer ikke helt med det som står her: \(problems).",
                "The document was found in Visma, but does not quite fit what stands here: \(problems).")
        }
    }

    /// What to look for, and what follows from it.
    var advice: Text {
        switch self {
        case .doubled(let numbers):
            Text(
                "Åpne \(numbers) i Visma. Behold ett, og slett eller tilbakefør resten der. Bekreft så her med nummeret du beholdt.",
                "Open \(numbers) in Visma. Keep one, and delete or reverse the rest there. Then confirm here with the number you kept."
            )
        case .twin(let number):
            Text(
                "Åpne \(number). Er det disse linjene, bekreft med det nummeret. Er det ført for hånd og gjelder noe annet, send på nytt.",
                "Open \(number). If it is these lines, confirm with that number. If it was booked by hand and is something else, send again."
            )
        case .different(let number), .withoutReference(let number):
            Text(
                "Sammenlign \(number) med linjene under. Er alt ført riktig, bekreft med nummeret. Er det feil, slett det i Visma før du sender på nytt.",
                "Compare \(number) with the lines below. If all is booked rightly, confirm with the number. If it is wrong, delete it in Visma before you send again."
            )
        case .noVersion(let number), .anotherShell(let number, _):
            Text(
                "Åpne \(number). Er det tomt, slett det og send på nytt. Har det linjene under, bekreft med nummeret.",
                "Open \(number). If it is empty, delete it and send again. If it has the lines below, confirm with the number."
            )
        case .shellGone(let number):
            Text(
                "Se om \(number) er slettet eller flyttet. Finner du ikke linjene noe sted, send på nytt.",
                "See whether \(number) was deleted or moved. If you find the lines nowhere, send again.")
        case .recordsChanged, .doesNotFit:
            Text(
                "Sammenlign dokumentet i Visma med linjene under. Gjelder det dette, bekreft med nummeret; rett så forskjellen med en ny føring eller en retur.",
                "Compare the document in Visma with the lines below. If it is this, confirm with the number; then mend the difference with a new entry or a return."
            )
        }
    }
}

extension Text {
    static func whereToLook(_ document: ExportDocument) -> Text {
        let period = Language.norwegian.period(document.period)
        return Text(
            "Søk etter \(document.reference) i beskrivelsen til prosjekttransaksjonene, prosjekt \(document.project), periode \(period).",
            "Search for \(document.reference) in the descriptions of the project transactions, project \(document.project), period \(period)."
        )
    }

    static let itStandsThere = Text("Bekreft: det står i Visma", "Confirm: it stands in Visma")
    static let itStandsThereMeans = Text(
        "Postene regnes som overført med dette nummeret og låses her. Ingenting blir sendt.",
        "The records count as transferred under this number and are locked here. Nothing is sent.")
    static let sendAgain = Text("Send på nytt", "Send again")
    static let sendAgainMeans = Text(
        "De samme linjene sendes en gang til med samme referanse. Står de alt i Visma, blir de ført dobbelt.",
        "The same lines are sent once more under the same reference. If they stand in Visma already, they are booked twice."
    )
    static let giveUp = Text("Trekk dokumentet", "Void the document")
    static let giveUpMeans = Text(
        "Dokumentet blir aldri sendt. Postene blir frie: de kan rettes, og de som er klare, går i et nytt dokument ved neste overføring. Står linjene alt i Visma, blir de ført dobbelt.",
        "The document is never sent. Its records become free: they can be mended, and those that are ready go in a new document at the next transfer. If the lines stand in Visma already, they are booked twice."
    )
    static let proofBeforeDeciding = Text(
        "Avgjørelsen blir stående med navnet ditt, og du må bekrefte den med passordet ditt.",
        "The decision stays under your name, and you confirm it with your password.")

    static func inDoubt(since: String?) -> Text {
        Text(
            "Det er sendt, men ingen vet ennå om Visma tok imot det\(since.map { ". Slik har det vært siden \($0)" } ?? ""). Så lenge kan ingen avgjøre det, for det kan fortsatt dukke opp.",
            "It was sent, but nobody knows yet whether Visma accepted it\(since.map { ". So it has been since \($0)" } ?? ""). Until then nobody can decide it, because it may still turn up."
        )
    }

    static func looksAgain(_ time: String) -> Text {
        Text(
            "Ferje ser etter i Visma av seg selv, neste gang \(time). Du trenger ikke gjøre noe. Varer det, se etter selv og si fra til den som drifter Ferje.",
            "Ferje looks in Visma by itself, next at \(time). You need do nothing. If it lasts, look yourself and tell whoever runs Ferje."
        )
    }

    static func retryMeans(_ kind: JobName) -> Text {
        Text(
            "Rett årsaken i Visma eller på posten. «Prøv igjen» lar posten gå med ved neste overføring av \(kind.title.norwegian.lowercased()), slik den er nå.",
            "Mend the cause in Visma or on the record. “Try again” lets the record go at the next transfer of \(kind.title.english.lowercased()), as it is now."
        )
    }

    static func decided(_ decision: ExportReview.Decision) -> Text {
        switch decision {
        case .confirm:
            Text("Bekreftet. Postene låses ved neste kjøring.", "Confirmed. The records are locked at the next run.")
        case .void: Text("Dokumentet er trukket. Postene er frie.", "The document is voided. Its records are free.")
        case .resend: Text("Dokumentet sendes ved neste kjøring.", "The document is sent at the next run.")
        }
    }

    static func retried(_ kind: JobName, _ count: Int) -> Text {
        let (norwegian, english) =
            kind == .hours
            ? (count == 1 ? "timeføring" : "timeføringer", count == 1 ? "hour entry" : "hour entries")
            : ("vareuttak", count == 1 ? "withdrawal" : "withdrawals")
        return Text(
            "\(count) \(norwegian) går med ved neste overføring.", "\(count) \(english) go at the next transfer.")
    }

    static func refused(_ refused: ExportReview.Refused) -> Text {
        switch refused {
        case .noSuchDocument: .pageNotFound
        case .notWaiting(let state):
            Text(
                "Bare et dokument som må vurderes, kan avgjøres. Dette er nå: \(state.badge.0.norwegian). Ingenting er endret.",
                "Only a document that needs review can be decided. This one now is: \(state.badge.0.english). Nothing was changed."
            )
        case .reasonMissing:
            Text("Skriv hvorfor, og hva du så i Visma.", "Write why, and what you saw in Visma.")
        case .numberMissing:
            Text("Skriv nummeret dokumentet har i Visma.", "Write the number that the document has in Visma.")
        case .numberTaken(let other):
            Text(
                "Det nummeret hører til bilag \(other). Se etter riktig nummer i Visma.",
                "That number belongs to document \(other). Look for the right number in Visma.")
        }
    }
}

extension Text {
    /// Why a document came into a state, where the program says it; a person's reason and Visma's own words as they are.
    static func why(_ step: ExportTrail.Step) -> Text {
        if step.state == .needsReview { return ReviewCause(explanation: step.why).text }
        let whole: [String: String] = [
            "absent twice: it never arrived": "Ikke funnet i Visma to ganger: det kom aldri frem.",
            "not found, one more search to come": "Ikke funnet i Visma. Ferje ser etter en gang til.",
            "not found, too early to say": "Ikke funnet i Visma ennå, men det er for tidlig å si noe.",
            "the run that sent it did not finish": "Kjøringen som sendte det, ble ikke ferdig.",
            "a record changed after it was collected": "En post ble endret etter at den var samlet.",
            "the ERP queued it": "Visma la det i kø.",
            "the ERP has not run it yet": "Det står fortsatt i kø i Visma.",
            "rebuilt from the ERP": "Gjenfunnet i Visma etter at databasen ble satt tilbake.",
            "its records stand in another document in the ERP": "Postene står i et annet dokument i Visma.",
        ]
        if let norwegian = whole[step.why] { return Text(norwegian, step.why) }
        let starts = [
            "attempt ": "Forsøk ", "filling ": "Linjene legges i ", "read back as ": "Lest tilbake fra Visma som ",
            "the search failed: ": "Søket i Visma gikk ikke: ",
        ]
        for (english, norwegian) in starts where step.why.hasPrefix(english) {
            return Text(norwegian + step.why.dropFirst(english.count), step.why)
        }
        let count = step.why.prefix { $0.isNumber }
        if step.why == "\(count) lines collected" {
            return Text(count == "1" ? "1 linje samlet" : "\(count) linjer samlet", step.why)
        }
        return Text(step.why, step.why)
    }
}
