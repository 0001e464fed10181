import Proresult

extension Blocker {
    public var label: Text { reason.label }
}

extension Blocker.Reason {
    /// The reason in a few words, without the record's own names: for counts and filters, after a number of lines.
    public var label: Text {
        switch self {
        case .notApproved: Text("ikke godkjent", "not approved")
        case .rejectedByLeader: Text("avvist av leder", "rejected by a leader")
        case .workerNotLinked: Text("mangler Visma-ansattnummer", "no Visma employee number")
        case .employeeNotInERP: Text("ansattnummeret finnes ikke i Visma", "the employee number is not in Visma")
        case .projectNotLinked: Text("prosjektet er ikke koblet til Visma", "the project is not linked to Visma")
        case .projectClosed: Text("prosjektet er avsluttet i Visma", "the project is closed in Visma")
        case .projectSuspended: Text("prosjektet er på vent i Visma", "the project is suspended in Visma")
        case .absenceProject: Text("fravær overføres ikke", "absence is not transferred")
        case .workTypeNotFromVisma: Text("ført på en Proresult-arbeidsart", "on a Proresult work type")
        case .taskClosed: Text("oppgaven er lukket i Visma", "the task is closed in Visma")
        case .taskNotOnProject:
            Text("prosjektet mangler oppgaven for vareuttak", "the project lacks the task for withdrawals")
        case .noWage: Text("mangler timelønn", "no hourly wage")
        case .noPrice: Text("mangler pris", "no price")
        case .badQuantity: Text("antallet kan ikke overføres", "the quantity cannot be transferred")
        case .settingMissing: Text("en innstilling mangler", "a setting is missing")
        case .accountNotUsable: Text("kontoen kan ikke brukes i Visma", "the account cannot be used in Visma")
        case .itemInactive: Text("varen er ikke aktiv i Visma", "the item is not active in Visma")
        case .periodMissing: Text("Visma har ingen periode for datoen", "Visma has no period for the date")
        case .periodClosed: Text("perioden er lukket i Visma", "the period is closed in Visma")
        case .beforeStartDate: Text("før startdatoen", "before the start date")
        case .originalNotTransferred: Text("originalen er ikke overført", "the original is not transferred")
        case .refusedByERP: Text("avvist av Visma", "refused by Visma")
        }
    }
}
