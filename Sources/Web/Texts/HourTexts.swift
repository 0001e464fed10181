import Proresult

extension Text {
    static let workDate = Text("Dato", "Date")
    static let fromTime = Text("Fra", "From")
    static let toTime = Text("Til", "To")
    static let breakMinutes = Text("Pause (minutter)", "Break (minutes)")
    static let hoursTotal = Text("Timer", "Hours")
    static let overtime50 = Text("Herav overtid 50 %", "Of it overtime 50 %")
    static let overtime100 = Text("Herav overtid 100 %", "Of it overtime 100 %")
    static let hoursHint = Text("Timene i alt, for eksempel 7,5.", "All hours, for instance 7.5.")
    static let overtimeHint = Text(
        "Overtid er en del av timene, ikke i tillegg.", "Overtime is a part of the hours, not on top of them.")
    static let moreFields = Text(
        "Fra og til, pause, overtid og kommentar", "From and to, break, overtime and comment")
    static let noWorkerRecord = Text(
        "Brukeren din er ikke koblet til en arbeider, så her er det ingen timer å føre. Be en administrator lage en arbeider med samme brukernavn.",
        "Your user belongs to no worker, so there are no hours to enter here. Ask an administrator to make a worker with the same user name."
    )
    static let noProjectsYet = Text(
        "Ingen åpne prosjekt ennå. De kommer fra Visma når administratoren har hentet dem.",
        "No open projects yet. They come from Visma when the administrator has fetched them.")
    static let allWorkers = Text("Alle arbeidere", "All workers")
    static let twoSteps = Text(
        "Timer godkjennes i to trinn. Det andre trinnet må gjøres av en annen enn den som gjorde det første.",
        "Hours are approved in two steps. The second step needs another person than the first.")
    static let neverToVisma = Text(
        "Arbeidsart fra Proresult: overføres aldri.", "A Proresult work type: never transferred.")

    static func approvedEntries(_ count: Int) -> Text {
        count == 0
            ? Text("Ingen føringer ventet på deg.", "No entries waited for you.")
            : count == 1
                ? Text("1 føring er godkjent.", "1 entry is approved.")
                : Text("\(count) føringer er godkjent.", "\(count) entries are approved.")
    }

    static let noWorkTypes = Text(
        "Prosjektet har ingen åpen arbeidsart. Si fra til lederen.",
        "The project has no open work type. Tell your leader.")
}

extension ApprovalState {
    var text: Text { Text(norwegian, english) }

    var badge: Badge.Kind {
        switch self {
        case .registered, .approvedStep1: .waiting
        case .approved, .transferred: .good
        case .rejected: .stop
        }
    }
}
