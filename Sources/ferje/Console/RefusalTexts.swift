import Proresult
import Sync

/// Why something was refused.
extension Text {
    static let databaseInUse = Text(
        "Databasen er åpen i en annen prosess, trolig «ferje serve». Stopp den først, eller bruk PostgreSQL.",
        "Another process has the database open, probably “ferje serve”. Stop it first, or use PostgreSQL.")
    static let backupOfPostgres = Text(
        "PostgreSQL sikkerhetskopieres med pg_dump; se docs/operations.md.",
        "PostgreSQL is backed up with pg_dump; see docs/operations.md.")

    static func notABackup(_ file: String) -> Text {
        Text("\(file) er ikke en database fra Ferje.", "\(file) is no database of Ferje's.")
    }

    static let reasonMissing = Text("Oppgi en grunn med --reason.", "Give a reason with --reason.")
    static let numberMissing = Text("Oppgi dokumentets nummer i Visma.", "Give the document's number in Visma.")

    static func numberTaken(_ other: String) -> Text {
        Text(
            "Dokumentet \(other) står alt under det nummeret i Visma.",
            "The document \(other) stands under that number in Visma already.")
    }

    static func configuration(_ error: ConfigurationError) -> Text {
        Text("Oppsettet kan ikke brukes. \(error.text)", "The configuration cannot be used. \(error.text)")
    }

    static func newerSchema(found: Int, known: Int) -> Text {
        Text(
            "Databasen har versjon \(found), som dette programmet ikke kjenner; det kjenner \(known). Bruk et nyere program.",
            "The database is at version \(found), which this program does not know; it knows \(known). Use a newer program."
        )
    }

    static func databaseUnreachable(_ why: String) -> Text {
        Text("Databasen svarer ikke: \(why)", "The database does not answer: \(why)")
    }

    static func storage(_ why: String) -> Text {
        Text("Lagringen kan ikke brukes: \(why)", "The storage cannot be used: \(why)")
    }

    static func erpTryLater(_ told: String) -> Text {
        Text("Visma svarer ikke nå: \(told)", "Visma does not answer now: \(told)")
    }

    static func erpRefused(_ told: String) -> Text { Text("Visma avviste: \(told)", "Visma refused: \(told)") }

    static func erpReconnect(_ told: String) -> Text {
        Text("Firmaet må kobles til Visma: \(told)", "The company must be connected to Visma: \(told)")
    }

    static func erpMisunderstood(_ told: String) -> Text {
        Text("Visma og Ferje forsto ikke hverandre: \(told)", "Visma and Ferje did not understand each other: \(told)")
    }

    static func portTaken(_ port: Int, _ why: String) -> Text {
        Text("Port \(port) kan ikke brukes: \(why)", "Port \(port) cannot be used: \(why)")
    }

    static func companyUnclear(_ known: [String]) -> Text {
        known.isEmpty
            ? noCompanies
            : Text(
                "Velg firma med --company: \(known.joined(separator: ", ")).",
                "Choose a company with --company: \(known.joined(separator: ", ")).")
    }

    static func unknownCompany(_ wanted: String, _ known: [String]) -> Text {
        Text(
            "Det finnes ikke noe firma \(wanted). Kjente: \(known.joined(separator: ", ")).",
            "There is no company \(wanted). Known: \(known.joined(separator: ", ")).")
    }

    static func unknownEmployee(_ number: String) -> Text {
        Text("Visma har ingen ansatt med nummer \(number).", "Visma has no employee with the number \(number).")
    }

    static func unknownSetting(_ key: String) -> Text {
        Text(
            "Det finnes ingen innstilling \(key). Se «ferje company setting list».",
            "There is no setting \(key). See “ferje company setting list”.")
    }

    static func fileUnreadable(_ path: String) -> Text {
        Text("Filen \(path) kan ikke leses.", "The file \(path) cannot be read.")
    }

    static func folderUnusable(_ path: String, _ why: String) -> Text {
        Text("\(path) kan ikke brukes: \(why)", "\(path) cannot be used: \(why)")
    }

    static func companyAtRest(_ name: String) -> Text {
        Text(
            "\(name) er ikke i drift; se «ferje company list» og «ferje company resume».",
            "\(name) is not active; see “ferje company list” and “ferje company resume”.")
    }

    static func noSuchDocument(_ reference: String) -> Text {
        Text("Det finnes ikke noe dokument \(reference).", "There is no document \(reference).")
    }

    static func documentNotWaiting(_ state: String) -> Text {
        Text(
            "Bare et dokument som venter på en person, kan avgjøres. Dette er \(state).",
            "Only a document that waits for a person can be decided. This one is \(state).")
    }
}
