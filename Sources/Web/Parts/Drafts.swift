import HTML
import Persistence
import Proresult

/// What people type into a form is kept on the device until the form has been sent, so that a lost network, a closed
/// tab or a dead battery takes nothing. The script does it (`Script`); a form asks for it with this mark.
enum Drafts {
    /// `form`: what makes it this form and no other, for instance the path and the item. Kept under the user, so that
    /// nobody else gets it back, and gone at sign-out.
    static func mark(_ visit: Visit, _ form: String) -> Markup {
        guard let user = visit.who?.user.id else { return .nothing }
        return " data-draft=\"\(user.text) \(form)\""
    }

    /// What the script has to say, in the language of the page.
    static func words(_ visit: Visit) -> Markup {
        guard let user = visit.who?.user.id else { return .nothing }
        return """
             data-user="\(user.text)" data-offline="\(visit.text(.offline))" data-restored="\(visit.text(.restored))" \
            data-discard="\(visit.text(.discard))"
            """
    }
}

extension Text {
    static let offline = Text(
        "Ingen nettforbindelse. Det du skriver, blir tatt vare på her. Trykk Lagre når nettet er tilbake.",
        "No network. What you type is kept here. Press Save when the network is back.")
    static let restored = Text(
        "Det du skrev sist, er hentet fram igjen. Det er ikke lagret ennå.",
        "What you typed last is here again. It is not saved yet.")
    static let discard = Text("Forkast", "Discard")
    static let offlinePage = Text(
        "Siden kunne ikke hentes. Det du hadde skrevet, er tatt vare på og kommer fram igjen når nettet er tilbake.",
        "The page could not be fetched. What you had typed is kept and comes back when the network does.")
}
