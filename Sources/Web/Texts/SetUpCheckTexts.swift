import Proresult
import Sync

extension Text {
    static let whyCheck = Text(
        "OBS! Importen regner like numre som det samme: navn og adresse skrives over, og avslutta prosjekt som er aktive i Visma, gjenopptas. Her ser du det side om side først. Ingenting endres av kontrollen.",
        "Mind! The import takes equal numbers for the same: names and addresses are overwritten, and closed projects that are active in Visma are reopened. Here you see it side by side first. The check changes nothing."
    )
    static let noCheckYet = Text(
        "Kontrollen leser kunder, prosjekt og varer fra Visma. Når den er startet, lar importen alt med samme nummer være i fred til du har huket det av.",
        "The check reads customers, projects and items from Visma. Once it is started, the import leaves everything with the same number alone until you have ticked it."
    )
    static let checkNeedsConnection = Text(
        "Bedriften må kobles til Visma.net før den kan kontrolleres.",
        "The company must be connected to Visma.net before it can be checked.")
    static let checkNeedsReconnect = Text(
        "Visma slipper ikke Ferje inn. Koble til på nytt, og start kontrollen igjen etterpå.",
        "Visma does not let Ferje in. Connect again, then start the check again.")
    static let checkFailed = Text(
        "Visma kunne ikke leses til ende. Det som ble funnet, står under. Prøv igjen om noen minutter.",
        "Visma could not be read to the end. What was found stands below. Try again in some minutes.")
    static let whatGivingUpDoes = Text(
        "Dropper du kontrollen, overskriver importen alt med samme nummer, slik den gjør uten kontroll.",
        "If you give the check up, the import overwrites everything with the same number, as it does without a check.")
    static let checkGivenUp = Text(
        "Kontrollen er droppet. Importen regner like numre som det samme igjen.",
        "The check is given up. The import takes equal numbers for the same again.")
    static let nothingTicked = Text("Huk av minst én rad først.", "Tick at least one row first.")
    static let permissionTakenBack = Text(
        "De avhukede røres ikke av importen. Det som alt er koblet, forblir koblet.",
        "The import leaves the ticked ones alone. What is linked already stays linked.")
    static let differentNames = Text(
        "Samme nummer, men ulike navn: kanskje ikke det samme i det hele tatt. Se på dem én for én. Er de ulike, gi den ene et annet nummer før importen.",
        "The same number but different names: perhaps not the same at all. Look at them one by one. If they differ, give one of them another number before the import."
    )
    static let newOnesComeOver = Text(
        "Disse finnes bare i Visma og lages nye i Proresult.",
        "These are only in Visma and are made anew in Proresult.")
    static let checkBegins = Text("Begynner å lese fra Visma …", "Beginning to read from Visma …")
    static let nothingFoundHere = Text("Ingenting her.", "Nothing here.")

    static func checkAsked(_ person: String, _ time: String) -> Text {
        Text("Startet av \(person), \(time).", "Started by \(person), \(time).")
    }

    static func checkReads(_ list: SetUpReport.List, _ language: Language) -> Text {
        let read = language.number(list.read)
        guard let total = list.total.map({ language.number($0) }) else {
            return Text(
                "\(list.resource.title.norwegian): \(read) lest …", "\(list.resource.title.english): \(read) read …")
        }
        return Text(
            "\(list.resource.title.norwegian): \(read) av \(total) lest …",
            "\(list.resource.title.english): \(read) of \(total) read …")
    }

    static func checkDone(waiting count: String, none: Bool) -> Text {
        none
            ? Text(
                "Ingenting venter på deg. Du kan hente kunder, prosjekt og varer.",
                "Nothing waits for you. You can fetch customers, projects and items.")
            : Text(
                "\(count) med samme nummer røres ikke før du lar dem overskrives. Resten kan hentes nå.",
                "\(count) with the same number are left alone until you let them be overwritten. The rest can be fetched now."
            )
    }

    static func allowedToOverwrite(_ count: Int) -> Text {
        Text(
            "\(count) til får overskrives ved neste import.", "\(count) more may be overwritten by the next import.")
    }

    static let waitsForSetUpCheck = Text(
        "Nummeret finnes i begge systemene: avgjøres i kontrollen før første import.",
        "The number is in both systems: decided in the set-up check.")

    /// The name of a column, as the pages call it.
    static func field(_ column: String) -> Text {
        switch column {
        case "reopened": Text("gjenopptas", "reopened")
        case "reactivated": Text("blir aktiv igjen", "active again")
        case "closed": Text("avsluttes", "closed")
        case "inactivated": Text("blir inaktiv", "made inactive")
        case "name": Text("navn", "name")
        case "number": Text("nummer", "number")
        case "address": Text("adresse", "address")
        case "postal_code": Text("postnummer", "postal code")
        case "city": Text("poststed", "city")
        case "delivery_address": Text("leveringsadresse", "delivery address")
        case "delivery_postal_code": Text("postnummer for levering", "delivery postal code")
        case "delivery_city": Text("poststed for levering", "delivery city")
        case "start_date": Text("startdato", "start date")
        case "customer_id": Text("kunde", "customer")
        case "manager_worker_id": Text("prosjektansvarlig", "project manager")
        case "linked": Text("koblet", "linked")
        case "customer linked": Text("kunde koblet", "customer linked")
        case "manager linked": Text("prosjektansvarlig koblet", "manager linked")
        case "unit": Text("enhet", "unit")
        case "sales_price": Text("pris", "price")
        case "cost_price": Text("innpris", "cost price")
        default: Text(column, column)
        }
    }
}
