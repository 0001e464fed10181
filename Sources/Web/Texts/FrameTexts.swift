import Proresult

/// What the frame and the failures say.
extension Text {
    static let skipToContent = Text("Hopp til innholdet", "Skip to the content")
    static let mainMenu = Text("Hovedmeny", "Main menu")
    static let menu = Text("Meny", "Menu")
    static let workerView = Text("Før timer", "Enter hours")
    static let signOut = Text("Logg ut", "Sign out")
    static let help = Text("Hjelp", "Help")
    static let toHome = Text("Til forsiden", "To the start page")
    static let optional = Text("(valgfritt)", "(optional)")
    static let previous = Text("Forrige", "Previous")
    static let next = Text("Neste", "Next")
    static let save = Text("Lagre", "Save")
    static let cancel = Text("Avbryt", "Cancel")

    static let pageNotFound = Text(
        "Siden finnes ikke, eller den hører til noe som er slettet.",
        "This page does not exist, or belongs to something that was deleted.")
    static let pageNotAllowed = Text(
        "Du har ikke tilgang til dette. Be en administrator om hjelp.",
        "You have no access to this. Ask an administrator.")
    static let formTooOld = Text(
        "Skjemaet var for gammelt eller kom fra et annet sted. Ingenting er endret. Gå tilbake, last siden på nytt og prøv igjen.",
        "The form was too old or came from somewhere else. Nothing was changed. Go back, reload the page and try again."
    )
    static let signInNeeded = Text("Logg inn først.", "Sign in first.")
    static let proofNeeded = Text("Bekreft med passordet ditt først.", "Confirm with your password first.")
    static let bodyTooLarge = Text("Det du sendte, er for stort.", "What you sent is too large.")
    static let wrongContentType = Text(
        "Innholdet kom i et format vi ikke tar imot.", "The content came in a form that is not accepted.")

    static func unexpected(_ number: String) -> Text {
        Text(
            "Noe gikk galt hos oss. Ingenting er overført på grunn av dette. Oppgi nummeret \(number) når du melder fra.",
            "Something went wrong on our side. Nothing was transferred because of it. Give the number \(number) when you report it."
        )
    }
}
