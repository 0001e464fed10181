import Proresult

/// Why a run did not end well, as a stable word: what is told to people and where they go comes from here, and the
/// original text stays beside it.
public enum RunFault: String, Sendable, CaseIterable {
    case notReached, quota, noRights, wrongAddress, reconnect
    /// Rows of a list that cannot be read; a list that changed under the reading; much of it missing.
    case unreadableRows, listIncomplete, muchMissing
    case exportsShut, markUnwritable, manyInDoubt
    case periodUnknown, periodClosed, previewDiffers
    case database, stopped, abandoned
    /// Nothing more is known than what happens next.
    case tryLater, askPerson, bug

    init(kind: String) {
        switch kind {
        case "tryLater": self = .tryLater
        case "askPerson": self = .askPerson
        case "reconnect": self = .reconnect
        case "abandoned": self = .abandoned
        default: self = .bug
        }
    }

    init(_ consequence: ERPError.Consequence) {
        self =
            switch consequence {
            case .tryLater: .tryLater
            case .askPerson: .askPerson
            case .reconnect: .reconnect
            case .bug: .bug
            }
    }

    /// Who can mend it; nil for what passes by itself.
    public enum Mender: String, Sendable {
        case administrator, bookkeeper
        /// Whoever runs the installation.
        case operations
    }

    public var mender: Mender? {
        switch self {
        case .notReached, .quota, .listIncomplete, .stopped, .abandoned, .tryLater, .manyInDoubt: nil
        case .noRights, .reconnect, .muchMissing, .exportsShut, .previewDiffers, .askPerson: .administrator
        case .periodUnknown, .periodClosed, .unreadableRows: .bookkeeper
        case .wrongAddress, .markUnwritable, .database, .bug: .operations
        }
    }

    /// Where it is mended.
    public func place(_ job: JobName) -> DeskPlace? {
        switch self {
        case .noRights, .reconnect: .connection
        case .exportsShut: .exports
        case .muchMissing: .brakes
        case .manyInDoubt: .board(BoardFilter(job: job, standings: [.inDoubt]))
        case .periodUnknown, .periodClosed, .previewDiffers: .preview(job)
        default: nil
        }
    }

    public func text(_ job: JobName) -> Text {
        switch self {
        case .notReached:
            Text(
                "Visma svarte ikke. Jobben prøver igjen av seg selv.",
                "Visma did not answer. The job tries again by itself.")
        case .quota:
            Text(
                "Timekvoten av kall til Visma er brukt opp. Jobben fortsetter når den er åpen igjen.",
                "The hour's quota of calls to Visma is used up. The job goes on when it opens again.")
        case .noRights:
            Text(
                "Innloggingen mangler en rettighet i Visma. En administrator må rette rollen der, eller koble til på nytt.",
                "The sign-in lacks a right in Visma. An administrator must mend the role there, or connect again.")
        case .wrongAddress:
            Text(
                "Adressen til Visma ser ut til å være feil. Den som drifter Ferje, må rette den.",
                "Visma's address seems to be wrong. Whoever runs Ferje must mend it.")
        case .reconnect:
            Text(
                "Innloggingen til Visma gjelder ikke lenger. En administrator må koble til på nytt.",
                "The sign-in to Visma is no longer valid. An administrator must connect again.")
        case .unreadableRows:
            Text(
                "For mange rader fra Visma kan ikke leses. Se kjøreloggen for hvilke, og rett dem i Visma.",
                "Too many of Visma's rows cannot be read. The run log tells which; mend them in Visma.")
        case .listIncomplete:
            Text(
                "Listen i Visma endret seg mens den ble lest. Jobben prøver igjen av seg selv.",
                "Visma's list changed while it was read. The job tries again by itself.")
        case .muchMissing:
            Text(
                "Svært mye mangler i listen fra Visma, så ingenting er merket som borte. Sjekk at riktig firma er koblet til.",
                "Very much is missing in Visma's list, so nothing was marked as gone. See that the right company is connected."
            )
        case .exportsShut:
            Text(
                "Overføringen er stengt til det er sett etter hva Visma har.",
                "Exports are shut until it is known what Visma holds.")
        case .markUnwritable:
            Text(
                "Ferje får ikke skrevet til disken ved siden av databasen, og sender ingenting. Driften må rette det.",
                "Ferje cannot write to the disk beside the database and sends nothing. Operations must mend it.")
        case .manyInDoubt:
            Text(
                "Flere dokumenter er uavklarte hos Visma. Sendingen venter ti minutter og ser etter dem først.",
                "Several documents are in doubt at Visma. Sending waits ten minutes and looks for them first.")
        case .periodUnknown:
            Text(
                "Perioden som ble valgt, finnes ikke i Visma. Velg en annen.",
                "The chosen period does not exist in Visma. Choose another.")
        case .periodClosed:
            Text(
                "Perioden som ble valgt, er lukket i Visma. Velg en åpen periode, eller be regnskap åpne den.",
                "The chosen period is closed in Visma. Choose an open one, or have accounting open it.")
        case .previewDiffers:
            Text(
                "Noe er endret siden forhåndsvisningen, så ingenting ble sendt. Se den på nytt og send derfra.",
                "Something changed since the preview, so nothing was sent. Look at it again and send from there.")
        case .database:
            Text("Databasen svarte ikke. Driften må se på den.", "The database did not answer. Operations must look.")
        case .stopped:
            Text(
                "Kjøringen ble stanset før den var ferdig. Den fortsetter ved neste start.",
                "The run was stopped before its end. It goes on at the next start.")
        case .abandoned:
            Text(
                "Programmet stoppet midt i kjøringen. Neste kjøring tar over der den slapp.",
                "The program stopped in the middle of the run. The next run takes over.")
        case .tryLater:
            Text(
                "\(job.title.norwegian): Visma kunne ikke ta imot nå. Jobben prøver igjen av seg selv.",
                "\(job.title.english): Visma could not serve it now. The job tries again by itself.")
        case .askPerson:
            Text(
                "\(job.title.norwegian): noe må rettes før jobben kan gå. Se hva Visma sier under.",
                "\(job.title.english): something must be mended before the job can run. See what Visma says below.")
        case .bug:
            Text(
                "Noe gikk galt som Ferje ikke kjenner. Meld fra til driften med teksten under.",
                "Something went wrong that Ferje does not know. Tell operations, with the text below.")
        }
    }
}

/// Where on the desk a person goes.
public enum DeskPlace: Sendable, Hashable {
    case connection
    /// What shuts the exports, and the alarms about documents.
    case exports, alarms
    /// The documents that wait for a decision.
    case review
    /// Lists of which too much is missing; documents that could not be locked.
    case brakes, marks
    /// What stands in both systems before the first import.
    case setUpCheck
    case board(BoardFilter)
    case preview(JobName)
    case run(SyncRunID)
}
