import Persistence
import Proresult
import Sync

/// What the commands say about a company as a whole.
extension Text {
    static func state(_ state: CompanyStanding) -> Text {
        switch state {
        case .active: Text("i drift", "active")
        case .paused: Text("på pause", "paused")
        case .arriving: Text("på vei inn", "arriving")
        case .leaving: Text("på vei ut", "leaving")
        case .moved: Text("flyttet", "moved")
        case .deleting: Text("slettes", "being deleted")
        }
    }

    static func companyPaused(_ name: String) -> Text {
        Text("\(name) er på pause: ingen jobb begynner.", "\(name) is paused: no job begins.")
    }

    static func stillWorking(_ jobs: [JobName]) -> Text {
        let titles = (
            jobs.map(\.title.norwegian).joined(separator: ", "), jobs.map(\.title.english).joined(separator: ", ")
        )
        return Text("Går fortsatt, til de er ferdige: \(titles.0).", "Still running, to their end: \(titles.1).")
    }

    static func companyResumed(_ name: String) -> Text {
        Text("\(name) er i drift igjen.", "\(name) is active again.")
    }

    static func companyReclaimed(_ name: String) -> Text {
        Text(
            "\(name) er tilbake her, på pause, og overføringen er stengt til det er lest hva Visma har.",
            "\(name) is back here, paused, and its exports are shut until it has been read what Visma holds.")
    }

    static func companyWritten(_ name: String, rows: Int, folder: String) -> Text {
        Text("\(name): \(rows) rader skrevet til \(folder).", "\(name): \(rows) rows written to \(folder).")
    }

    static func companyMoved(_ name: String, rows: Int, to place: String) -> Text {
        Text(
            "\(name): \(rows) rader flyttet til \(place), alle like. Firmaet er på pause der; det gamle hjemmet er stengt.",
            "\(name): \(rows) rows moved to \(place), all equal. The company is paused there; its old home is shut.")
    }

    static func typeTheName(_ name: String) -> Text {
        Text("Alt om \(name) slettes. Skriv firmaets navn:", "All of \(name) will be deleted. Type the company's name:")
    }

    static func companyDeleted(_ name: String) -> Text { Text("\(name) er slettet.", "\(name) is deleted.") }

    static func olderThanItsTerm(_ name: String, rows: Int) -> Text {
        Text(
            "\(name): \(rows) rader som var eldre enn fristen, er slettet.",
            "\(name): \(rows) rows that were older than their term are deleted.")
    }

    static let auditTrailStays = Text(
        "Revisjonssporet står urørt: rollen i FERJE_DATABASE_URL får ikke slette der. Oppgi FERJE_DATABASE_OWNER_URL.",
        "The audit trail is left as it is: the role of FERJE_DATABASE_URL may not delete there. Give "
            + "FERJE_DATABASE_OWNER_URL.")

    static func nameDiffers(_ name: String) -> Text {
        Text("Navnet er ikke «\(name)»; ingenting er slettet.", "The name is not “\(name)”; nothing was deleted.")
    }
}

/// Why the commands about a company refuse.
extension Failure {
    init(rest error: CompanyRest.Refused) {
        switch error {
        case .reasonMissing: self.init(.needsPerson, "reasonMissing", .reasonMissing)
        case .state(let state):
            let told = Text.state(state)
            self.init(
                .needsPerson, "companyState",
                Text("Det går ikke: firmaet er \(told.norwegian).", "Not possible: the company is \(told.english)."))
        case .working(let jobs):
            let told = Text.stillWorking(jobs)
            self.init(
                .tryLater, "companyAtWork",
                Text("\(told.norwegian) Prøv igjen da.", "\(told.english) Try again then."))
        }
    }

    init(move error: CompanyMove.Refused) {
        switch error {
        case .sameDatabase:
            self.init(
                .needsPerson, "sameDatabase", Text("Det er den samme databasen.", "That is the same database."))
        case .isThere(let state):
            let told = Text.state(state)
            self.init(
                .needsPerson, "isThere",
                Text("Firmaet finnes alt der: \(told.norwegian).", "The company is there already: \(told.english)."))
        case .codeTaken(let code):
            self.init(
                .needsPerson, "codeTaken",
                Text(
                    "Et annet firma der har koden \(code); gi et av dem en annen med «ferje company code».",
                    "Another company there has the code \(code); give one of them another with “ferje company code”."))
        case .differs(let table):
            self.init(
                .unexpected, "rowsDiffer",
                Text(
                    "Radene i \(table) er ikke like på begge sider; ingenting er åpnet der. Flytt igjen.",
                    "The rows of \(table) are not equal on both sides; nothing was opened there. Move again."))
        }
    }

    init(deletion error: CompanyDeletion.Refused) {
        switch error {
        case .nameDiffers(let name): self.init(.needsPerson, "nameDiffers", .nameDiffers(name))
        case .mayNotDelete:
            self.init(
                .needsPerson, "mayNotDelete",
                Text(
                    "Rollen i FERJE_DATABASE_URL sletter ingenting fra sporet; oppgi FERJE_DATABASE_OWNER_URL.",
                    "The role in FERJE_DATABASE_URL deletes nothing from the audit trail; give "
                        + "FERJE_DATABASE_OWNER_URL."))
        case .inDoubt(let count):
            self.init(
                .needsPerson, "inDoubt",
                Text(
                    "\(count) dokumenter er ikke avklart mot Visma; gjør det først.",
                    "\(count) documents are not settled with Visma; do that first."))
        case .dutyToKeep(let until):
            self.init(
                .needsPerson, "dutyToKeep",
                Text(
                    "Det som er overført, skal oppbevares til \(until) (bokføringsforskriften § 8-1). Skriv det ut med "
                        + "«ferje company export», og oppgi --kept-elsewhere.",
                    "What was transferred must be kept until \(until) (bokføringsforskriften § 8-1). Write it out with "
                        + "“ferje company export”, and give --kept-elsewhere."))
        }
    }
}
