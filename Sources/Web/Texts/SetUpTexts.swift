import Proresult

/// What the settings say.
extension Text {
    static let nothingWasSaved = Text(
        "Noe må rettes først. Ingenting er lagret. Se feltet som er merket.",
        "Something must be mended first. Nothing was saved. See the field that is marked.")
    static let importOverwrites = Text(
        "Like numre regnes som det samme: navn og adresse skrives over, og prosjekt som er aktive i Visma, gjenopptas her. Bruk aldri samme nummer på ulike kunder eller prosjekt.",
        "Equal numbers count as the same: names and addresses are overwritten, and projects that are active in Visma are reopened here. Never use one number for different customers or projects."
    )
    static let vismaNotRead = Text(
        "Visma er ikke lest ennå, så numrene må skrives for hånd og blir ikke kontrollert.",
        "Visma has not been read yet, so the numbers must be typed and are not checked.")
    static let importModeHint = Text(
        "Automatisk henter hver time. Manuell henter bare når noen trykker på knappen på forsiden.",
        "Automatic fetches every hour. Manual fetches only when somebody presses the button on the start page.")
    static let exportModeHint = Text(
        "Automatisk overfører hver time. Manuell overfører bare når noen trykker på knappen på forsiden og velger periode.",
        "Automatic transfers every hour. Manual transfers only when somebody presses the button on the start page and chooses a period."
    )
}
