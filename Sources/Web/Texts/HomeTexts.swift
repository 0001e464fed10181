import Proresult
import Sync

extension Text {
    static let period = Text("Periode", "Period")
    static let periodByDate = Text("Automatisk (etter dato)", "Automatic (by date)")
    static let onlyBookkeepingStarts = Text(
        "Administrator eller regnskapsfører kan starte.", "An administrator or bookkeeper can start it.")
    static let factsAreFresh = Text(
        "Visma ble lest for mindre enn ett minutt siden.", "Visma was read less than a minute ago.")
    static let factsWereRead = Text(
        "Perioder, kontoer og ansatte er lest på nytt fra Visma.",
        "Periods, accounts and employees were read again from Visma.")

    static let previewChanged = Text(
        "Noe er endret siden du så forhåndsvisningen. Ingenting er sendt. Se over linjene under på nytt.",
        "Something changed since you saw the preview. Nothing was sent. Look over the lines below again.")

    static func shut(_ closed: FinancialPeriod.Closed) -> Text {
        switch closed {
        case .closed: Text("lukket i Visma", "closed in Visma")
        case .inactive: Text("ikke i bruk i Visma", "not in use in Visma")
        }
    }

    static func starting(_ job: JobName) -> Text {
        Text("\(job.title.norwegian): kjøringen starter straks.", "\(job.title.english): the run starts in a moment.")
    }

    static func jobIsOff(_ job: JobName) -> Text {
        Text(
            "\(job.title.norwegian) er slått av i innstillingene. Ingenting ble startet.",
            "\(job.title.english) is switched off in the settings. Nothing was started.")
    }
}
