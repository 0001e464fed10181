import Proresult
import Sync

/// What the probe says.
extension Text {
    static let probing = Text("Prøver hva Visma tåler …", "Finding out what Visma honours …")
    static let neverProbed = Text(
        "Ikke prøvd ennå: dokumenter sendes på den enkle måten.", "Not probed yet: documents are sent the plain way.")
    static let probeForgotten = Text(
        "Resultatet er glemt: dokumenter sendes på den enkle måten.",
        "The result is forgotten: documents are sent the plain way.")
    static let probeNeedsYes = Text(
        "En prøve lager én prosjekttransaksjon uten linjer og beløp, på vent. Den blir liggende i Visma til noen sletter den. "
            + "Kjør «ferje probe --yes» hvis det er greit.",
        "A probe makes one project transaction without lines or amounts, on hold. It stays in Visma until somebody deletes it. "
            + "Run “ferje probe --yes” if that is all right.")
    static let emptyDocument = Text("Tomt dokument", "Empty document")
    static let onHold = Text("På vent (Hold)", "On hold")
    static let ifMatch = Text("Vern mot gammel versjon (If-Match)", "Guard against an older version (If-Match)")
    static let textLength = Text("Tegn i dokumentets tekst", "Characters of a document's text")
    static let listedAfter = Text("Synlig i listen etter", "In the list after")
    static let notListed = Text("ikke i listen så lenge det er tomt", "not in the list while it is empty")

    static func probedAt(_ time: String, _ person: String) -> Text {
        Text("Prøvd \(time) av \(person):", "Probed \(time) by \(person):")
    }

    static func seen(_ answer: Bool?) -> Text {
        switch answer {
        case true?: Text("ja", "yes")
        case false?: Text("nei", "no")
        case nil: Text("ikke sett", "not seen")
        }
    }

    static func pageSize(_ list: String) -> Text { Text("Største side, \(list)", "Largest page, \(list)") }

    static func leftBehind(_ number: String) -> Text {
        Text(
            "\(number) ligger igjen i Visma uten linjer. Det kan slettes der.",
            "\(number) stays in Visma without lines. It can be deleted there.")
    }

    static func sendsBy(_ mode: ExportMode, because fallback: String?) -> Text {
        if let fallback {
            return Text(
                "Visma har senere avvist et tomt dokument (\(fallback)): dokumenter sendes på den enkle måten.",
                "Visma has refused an empty document since (\(fallback)): documents are sent the plain way.")
        }
        return switch mode {
        case .shell:
            Text(
                "Dokumenter sendes først tomme og på vent, så fylles de med vern mot dobbel føring.",
                "Documents are sent empty and on hold first, then filled under guard against double entry.")
        case .plain: Text("Dokumenter sendes på den enkle måten.", "Documents are sent the plain way.")
        }
    }
}
