import Proresult
import Sync

extension Text {
    /// What kind of record a line of the run log is about.
    static func record(_ kind: String) -> Text {
        switch kind {
        case "customer": Text("Kunde", "Customer")
        case "project": Text("Prosjekt", "Project")
        case "task": Text("Oppgave", "Task")
        case "item": Text("Vare", "Item")
        case "document": Text("Dokument", "Document")
        default: Text(kind, kind)
        }
    }

    static func happened(_ happened: RunItem.Happened) -> Text {
        switch happened {
        case .created: Text("ny", "created")
        case .changed: Text("endret", "changed")
        case .inactivated: Text("satt inaktiv", "made inactive")
        case .reactivated: Text("satt aktiv", "made active")
        case .closed: Text("avsluttet", "closed")
        case .reopened: Text("gjenopptatt", "reopened")
        case .quarantined: Text("kunne ikke leses", "could not be read")
        case .conflict: Text("konflikt", "conflict")
        case .tombstoned: Text("borte i Visma", "gone in Visma")
        case .revived: Text("tilbake i Visma", "back in Visma")
        case .notImported: Text("hentes ikke", "not imported")
        case .sent: Text("sendt", "sent")
        case .confirmed: Text("bekreftet", "confirmed")
        case .rejected: Text("avvist", "refused")
        case .split: Text("delt opp", "split")
        case .unknown: Text("uavklart", "in doubt")
        case .needsReview: Text("må vurderes", "needs review")
        case .absent: Text("ikke funnet i Visma", "not found in Visma")
        case .warned: Text("varsel", "warning")
        }
    }
}
