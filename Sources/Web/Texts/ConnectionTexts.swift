import Proresult
import Sync

extension Text {
    static let connectionPlace = Text(
        "Oppsett → Innstillinger → Integrasjoner → Visma.net → Til integrasjon",
        "Settings → Integrations → Visma.net → To the integration")
    static let neverConnected = Text(
        "Bedriften har aldri vært koblet til Visma.net. Logg inn hos Visma nedenfor; før noe kobles til, ser du hvilket firma du nådde.",
        "The company has never been connected to Visma.net. Sign in at Visma below; before anything is connected you see which company you reached."
    )
    static let mustReconnect = Text(
        "Visma godtar ikke innloggingen lenger, og ingenting hentes eller overføres før bedriften er koblet til på nytt. Det som venter, går av seg selv etterpå.",
        "Visma does not accept the sign-in any more, and nothing is fetched or transferred before the company is connected again. What waits goes by itself afterwards."
    )
    static let isDisconnected = Text(
        "Ingenting hentes eller overføres. Nøklene til Visma er slettet her.",
        "Nothing is fetched or transferred. The keys to Visma are erased here.")
    static let signedOutMeanwhile = Text(
        "Du var logget ut av Ferje da du kom tilbake fra Visma, så ingenting er koblet til. Begynn på nytt.",
        "You were signed out of Ferje when you came back from Visma, so nothing is connected. Begin again.")
    static let proofBeforeConnecting = Text(
        "Å koble til eller fra har følger for regnskapet. Skriv passordet ditt først.",
        "Connecting and disconnecting have consequences for the accounts. Give your password first.")
    static let applicationMissing = Text(
        "Ingen kan koble til ennå: den som drifter Ferje, må først registrere Ferje i Visma Developer Portal og sette disse nøklene på tjeneren. Se docs/configuration.md.",
        "Nobody can connect yet: whoever runs Ferje must first register it in the Visma Developer Portal and set these keys on the server. See docs/configuration.md."
    )
    static let redirectToRegister = Text(
        "Adressen som registreres for svar (redirect URI):", "The address to register for answers (redirect URI):")
    static let whatSignInDoes = Text(
        "Du sendes til Visma, logger inn og velger firma. Den som logger inn, må ha rollen «API-bruker» i firmaet. Bruk gjerne en egen bruker til dette, så koblingen ikke dør når noen slutter.",
        "You are sent to Visma, sign in and choose the company. Who signs in needs the role “API user” there. A user made for this is best: then the connection does not die when somebody leaves."
    )
    static let whatServiceDoes = Text(
        "Går når firmaet har godkjent Ferje i Visma App Store. Da trengs ingen persons innlogging.",
        "Works when the company has approved Ferje in the Visma App Store. Then no person's sign-in is needed.")
    static let whereTenantStands = Text(
        "Står i Visma Admin → Firma → Konfigurasjon. Bruk firmaets, ikke kundens.",
        "Stands in Visma Admin → Company → Configuration. Use the company's, not the customer's.")
    static let whatDisconnectDoes = Text(
        "Nøklene til Visma trekkes tilbake og slettes. Ingenting hentes eller overføres før noen kobler til igjen.",
        "The keys to Visma are revoked and erased. Nothing is fetched or transferred before somebody connects again.")
    static let whatStaysAfterDisconnect = Text(
        "Timer, vareuttak, koblinger og kjørelogg blir stående. Er et dokument under sending, blir det avklart først når bedriften er koblet til samme firma igjen.",
        "Hours, withdrawals, links and the run log stay. A document that is being sent is settled only when the company is connected to the same company again."
    )
    static let nothingToDisconnect = Text(
        "Bedriften er ikke koblet til Visma.net.", "The company is not connected to Visma.net.")
    static let disconnected = Text("Koblet fra. Nøklene er slettet.", "Disconnected. The keys are erased.")
    static let disconnectedNotRevoked = Text(
        "Koblet fra, og nøklene er slettet her. Visma bekreftet ikke at de er trukket tilbake: fjern Ferje i Visma App Store for å være sikker.",
        "Disconnected, and the keys are erased here. Visma did not confirm that they are revoked: remove Ferje in the Visma App Store to be sure."
    )
    static let companyDeclined = Text(
        "Avbrutt. Ingenting er koblet til, og nøklene er slettet.",
        "Given up. Nothing is connected, and the keys are erased.")
    static let declinedNotRevoked = Text(
        "Avbrutt. Ingenting er koblet til, og nøklene er slettet her. Visma bekreftet ikke at de er trukket tilbake: fjern Ferje i Visma App Store for å være sikker.",
        "Given up. Nothing is connected, and the keys are erased here. Visma did not confirm that they are revoked: remove Ferje in the Visma App Store to be sure."
    )
    static let nothingIsConnectedYet = Text(
        "Ingenting er koblet til før du svarer.", "Nothing is connected before you answer.")

    static func onlyWhoSignedIn(_ person: String) -> Text {
        Text(
            "\(person) logget inn og er den eneste som kan bekrefte.",
            "\(person) signed in and is the only one who can confirm.")
    }

    static func otherThanBefore(_ before: String) -> Text {
        Text(
            "OBS! Bedriften var koblet til \(before) før. Et annet firma har andre kunder, prosjekt og varer: like numre regnes som det samme.",
            "Mind! The company was connected to \(before) before. Another company has other customers, projects and items: equal numbers count as the same."
        )
    }

    static func isConnected(_ name: String) -> Text { Text("Koblet til \(name).", "Connected to \(name).") }

    static func way(_ kind: ConnectionStatus.Kind) -> Text {
        switch kind {
        case .interactive: Text("En persons innlogging", "A person's sign-in")
        case .service: Text("Tjenesteklient (tenant-id)", "Service client (tenant id)")
        }
    }
}
