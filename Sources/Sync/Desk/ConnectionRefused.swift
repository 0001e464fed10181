import Proresult

/// Why a company was not connected, for whoever tried: what happened and what to do about it.
public enum ConnectionRefused: Error, Sendable, Hashable {
    /// The answer belongs to no sign-in that this person has under way in this browser: foreign, used, or overtaken by
    /// a newer one.
    case notExpected
    case late
    /// Somebody pressed no at the ERP.
    case declined
    /// Another no of the sign-in page, in its own word.
    case refused(String)
    case noAnswer
    case applicationNotAccepted
    case scopesMissing
    case codeUsed
    case tenantUnknown
    case noRefreshToken
    /// The token was given, but the API does not accept it for this company.
    case wrongTenant
    case rightsMissing
    case otherCompany(known: String, reached: String)
    /// Nothing waits for this person's yes: it was given, refused, replaced, or took too long.
    case nothingWaits
    case misunderstood(String)

    /// True when the same attempt may succeed in a while.
    public var mayPass: Bool { self == .noAnswer }

    public var text: Text {
        switch self {
        case .notExpected:
            Text(
                "Svaret fra Visma hører ikke til en innlogging du har i gang i denne nettleseren. Begynn på nytt, og bruk bare én fane.",
                "Visma's answer belongs to no sign-in that you have under way in this browser. Begin again, in one tab only."
            )
        case .late:
            Text(
                "Innloggingen hos Visma tok mer enn ti minutter. Begynn på nytt.",
                "The sign-in at Visma took more than ten minutes. Begin again.")
        case .declined:
            Text(
                "Tilgangen ble ikke gitt hos Visma, så ingenting er koblet til. Begynn på nytt og trykk godta, eller be en som har lov til å godta.",
                "Access was not given at Visma, so nothing is connected. Begin again and accept, or ask somebody who may."
            )
        case .refused(let word):
            Text(
                "Visma avbrøt innloggingen («\(word)»). Begynn på nytt. Skjer det igjen, gi ordet til den som drifter Ferje.",
                "Visma broke the sign-in off (“\(word)”). Begin again. If it happens again, give the word to whoever runs Ferje."
            )
        case .noAnswer:
            Text(
                "Visma svarte ikke, så ingenting er koblet til. Prøv igjen om noen minutter.",
                "Visma did not answer, so nothing is connected. Try again in some minutes.")
        case .applicationNotAccepted:
            Text(
                "Visma godtar ikke klient-id eller hemmelighet for Ferje. Den som drifter Ferje, må rette FERJE_VISMA_CLIENT_ID og FERJE_VISMA_CLIENT_SECRET.",
                "Visma does not accept Ferje's client id or secret. Whoever runs Ferje must mend FERJE_VISMA_CLIENT_ID and FERJE_VISMA_CLIENT_SECRET."
            )
        case .scopesMissing:
            Text(
                "Ferje mangler tilganger hos Visma (read, create og update). Den som drifter Ferje, må be om dem i Visma Developer Portal.",
                "Ferje lacks the scopes read, create and update at Visma. Whoever runs Ferje must ask for them in the Visma Developer Portal."
            )
        case .codeUsed:
            Text(
                "Innloggingen hos Visma er brukt før eller for gammel. Begynn på nytt.",
                "The sign-in at Visma was used before or is too old. Begin again.")
        case .tenantUnknown:
            Text(
                "Visma kjenner ikke tenant-id-en, eller firmaet har ikke godkjent Ferje. Se etter i Visma Admin → Firma → Konfigurasjon, og godkjenn Ferje i Visma App Store.",
                "Visma does not know the tenant id, or the company has not approved Ferje. Look in Visma Admin → Company → Configuration, and approve Ferje in the Visma App Store."
            )
        case .noRefreshToken:
            Text(
                "Visma ga ingen varig innlogging. Den som drifter Ferje, må be om tilgangen offline_access i Visma Developer Portal.",
                "Visma gave no lasting sign-in. Whoever runs Ferje must ask for the scope offline_access in the Visma Developer Portal."
            )
        case .wrongTenant:
            Text(
                "Visma slipper ikke Ferje inn i dette firmaet (401). Bruk firmaets egen tenant-id, ikke kundens, og godkjenn Ferje i Visma App Store. Den som logger inn, må ha rollen «API-bruker».",
                "Visma does not let Ferje into this company (401). Use the company's own tenant id, not the customer's, and approve Ferje in the Visma App Store. A person who signs in needs the role “API user”."
            )
        case .rightsMissing:
            Text(
                "Innloggingen mangler en rettighet i Visma (403). Den som logger inn, må ha rollen «API-bruker» i firmaet.",
                "The sign-in lacks a right in Visma (403). Who signs in needs the role “API user” in the company.")
        case .otherCompany(let known, let reached):
            Text(
                "Innloggingen nådde \(reached), men bedriften er koblet til \(known). Ingenting er endret. Velg \(known) hos Visma, eller koble fra først hvis dere skal bytte firma.",
                "The sign-in reached \(reached), but the company is connected to \(known). Nothing was changed. Choose \(known) at Visma, or disconnect first if you mean to change company."
            )
        case .nothingWaits:
            Text(
                "Det er ikke noe å bekrefte lenger. Det er svart på før, erstattet av en nyere innlogging, eller det tok for lang tid. Begynn på nytt.",
                "There is nothing to confirm any more. It was answered before, replaced by a newer sign-in, or took too long. Begin again."
            )
        case .misunderstood(let why):
            Text(
                "Visma svarte noe som Ferje ikke forstår. Gi dette til den som drifter Ferje: \(why)",
                "Visma answered something that Ferje does not understand. Give this to whoever runs Ferje: \(why)")
        }
    }
}
