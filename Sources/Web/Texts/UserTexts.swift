import Proresult

/// What the pages of users and keys say.
extension Text {
    static let inviteUser = Text("Inviter bruker", "Invite a user")
    static let inviteWorker = Text("Inviter", "Invite")
    static let programKeys = Text("Nøkler for program", "Keys for programs")
    static let newLink = Text("Lag ny lenke", "Make a new link")
    static let chooseRole = Text("Velg en rolle.", "Choose a role.")
    static let sameUsername = Text(
        "Bruk samme brukernavn som på arbeideren, så hører timene til den som logger inn.",
        "Use the worker's user name, so that the hours belong to whoever signs in.")
    static let handOverLink = Text(
        "Gi lenken til personen selv. Den virker én gang, i sju dager, og vises bare nå.",
        "Give the link to the person. It works once, for seven days, and is shown only now.")
    static let roleEndsSessions = Text(
        "En ny rolle logger personen ut overalt. Nøkler som en administrator har laget, virker bare så lenge rollen gjør det.",
        "A new role signs the person out everywhere. Keys that an administrator made work only as long as the role does."
    )
    static let mayForgetPassword = Text(
        "Brukeren har et passord. En ny lenke lar personen velge et nytt, om det er glemt.",
        "The user has a password. A new link lets the person choose another, if it is forgotten.")
    static let mustBeInvited = Text(
        "Brukeren har ikke noe passord og ingen lenke som virker. Lag en ny lenke.",
        "The user has no password and no link that works. Make a new link.")
    static let isShutOut = Text(
        "Brukeren er sperret og kan ikke logge inn. Det som er ført, står.",
        "The user is shut out and cannot sign in. What was registered stands.")
    static let keyShownOnce = Text(
        "Kopier nøkkelen nå. Den vises bare denne ene gangen.", "Copy the key now. It is shown only this once.")
    static let whatKeysAre = Text(
        "Med en nøkkel kan et annet program levere timer og vareuttak eller lese lister. Den gjelder bare denne bedriften.",
        "With a key another program can deliver hours and withdrawals or read lists. It is for this company alone.")
    static let keyRole = Text(
        "Programmet får gjøre det samme som en person med rollen. Gi ikke mer enn det trenger.",
        "The program may do what a person of the role may. Give no more than it needs.")

    static func invitedUntil(_ time: String) -> Text {
        Text(
            "Invitasjonen virker til \(time). Er lenken borte, lag en ny; da slutter den gamle å virke.",
            "The invitation works until \(time). If the link is lost, make a new one; the old one stops working.")
    }

    static func mayDo(_ role: Role) -> Text {
        switch role {
        case .worker: Text("Fører egne timer og vareuttak.", "Registers own hours and withdrawals.")
        case .leader:
            Text(
                "Godkjenner timer, fører for andre og ser hva som er stoppet.",
                "Approves hours, registers for others and sees what is stopped.")
        case .administrator:
            Text(
                "Alt: tilkobling, innstillinger, brukere, arbeidere og overføring.",
                "Everything: the connection, settings, users, workers and transfer.")
        case .bookkeeper:
            Text(
                "Overfører til Visma, ser beløp og timelønn, leser innstillingene.",
                "Transfers to Visma, sees amounts and wages, reads the settings.")
        }
    }
}
