import Proresult

extension Text {
    static let linkWorker = Text("Koble arbeideren", "Link the worker")
    static let unlinkedWorkers = Text(
        "Mangler Visma-ansattnummer og har timer som venter", "Without a Visma employee number, with hours waiting")
    static let vismaEmployeeNumber = Text("Visma.net ansattnummer", "Visma.net employee number")
    static let linkHint = Text(
        "Nummeret den ansatte har i Visma. Begynn å skrive for å få forslag.",
        "The employee's number in Visma. Begin to type for suggestions.")
    static let validFrom = Text("Gjelder fra", "Valid from")
    static let hourlyWage = Text("Timelønn", "Hourly wage")
    static let saved = Text("Lagret.", "Saved.")

    static func numberOfNobody(_ number: String) -> Text {
        Text(
            "Visma har ingen aktiv ansatt med nummer \(number). Timene stopper til nummeret er rettet.",
            "Visma has no active employee with number \(number). The hours are stopped until the number is mended.")
    }
}
