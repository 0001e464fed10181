import Proresult

extension Text {
    /// The same for an unknown company, an unknown name, a wrong password and a disabled user.
    static let signInRefused = Text(
        "Bedrifts-id, brukernavn og passord stemmer ikke overens.",
        "Company id, user name and password do not go together.")
    static let passwordWrong = Text("Passordet stemmer ikke.", "The password is not right.")
    static let whyProof = Text(
        "Dette er en innstilling som kan få følger for regnskapet. Skriv passordet på nytt før du går videre.",
        "This is a setting with consequences for the accounts. Type your password again before you go on.")
    static let firstAdministrator = Text(
        "Lag brukeren til den første administratoren. Lenken virker bare én gang.",
        "Make the user of the first administrator. The link works only once.")
    static let setUpRefused = Text(
        "Lenken er brukt eller for gammel. Be driftsansvarlig om en ny.",
        "The link has been used or is too old. Ask whoever runs the server for a new one.")
    static let passwordHint = Text(
        "Minst 12 tegn. En setning du husker, er bedre enn et rart ord.",
        "At least 12 characters. A sentence that you remember is better than a strange word.")

    static func tooManyTries(until clock: String) -> Text {
        Text(
            "For mange forsøk. Prøv igjen etter klokken \(clock).",
            "Too many attempts. Try again after \(clock).")
    }

    static func invited(_ name: String, _ username: String, _ company: Company) -> Text {
        Text(
            "Hei, \(name). Velg et passord for brukeren «\(username)» i \(company.name). Neste gang logger du inn med bedrifts-id «\(company.code)».",
            "Hello, \(name). Choose a password for the user “\(username)” of \(company.name). Next time, sign in with the company id “\(company.code)”."
        )
    }
}

extension Text {
    static let passwordsDiffer = Text("De to nye passordene er ikke like.", "The two new passwords are not equal.")

    static func role(_ role: Role) -> Text {
        switch role {
        case .worker: Text("Arbeider", "Worker")
        case .leader: Text("Leder", "Leader")
        case .administrator: Text("Administrator", "Administrator")
        case .bookkeeper: Text("Regnskapsfører", "Bookkeeper")
        }
    }
}
