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
    static let timesInstead = Text(
        "Skriver du fra og til, regnes timene ut av dem.",
        "When you write from and to, the hours are counted from them.")
    static let chooseWorkType = Text("Velg en arbeidsart.", "Choose a work type.")
    static let billable = Text("Fakturerbare timer", "Billable hours")
    static let billableHint = Text(
        "Tomt: alle timene på regningsarbeid, ingen på andre prosjekt.",
        "Empty: all hours on time and materials, none on other projects.")
    static let absenceStaysHere = Text(
        "Fravær overføres ikke til Visma.", "Absence is not transferred to Visma.")
    static let projectNotFromVisma = Text(
        "Prosjektet er ikke fra Visma, så timene overføres ikke.",
        "The project is not from Visma, so the hours are not transferred.")
    static let approvedIsFixed = Text(
        "Timene er godkjent og kan ikke endres her. Er noe feil, be lederen sende dem tilbake.",
        "The hours are approved and cannot be changed here. If something is wrong, ask your leader to send them back.")
    static let hoursOnTheirWay = Text(
        "Timene er under overføring og kan ikke endres nå.",
        "The hours are being transferred and cannot be changed now.")
    static let reversalIsFixed = Text(
        "Dette er en tilbakeføring. Den har tallene fra føringen den tilbakefører.",
        "This is a reversal. It has its figures from the entry that it reverses.")
    static let noWorkerRecord = Text(
        "Brukeren din er ikke koblet til en arbeider, så her er det ingen timer å føre. Be en administrator lage en arbeider med samme brukernavn.",
        "Your user belongs to no worker, so there are no hours to enter here. Ask an administrator to make a worker with the same user name."
    )
    static let noProjectsYet = Text(
        "Ingen åpne prosjekt ennå. De kommer fra Visma når administratoren har hentet dem.",
        "No open projects yet. They come from Visma when the administrator has fetched them.")
    static let allWorkers = Text("Alle arbeidere", "All workers")
    static let waitsForAnother = Text("Venter på en annens godkjenning", "Waits for another person's approval")
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
