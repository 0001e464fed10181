import Proresult
import Sync
import VismaNetConnector

// Every sentence of the commands, Norwegian and English side by side.

/// Headings and single words.
extension Text {
    static let job = Text("Jobb", "Job")
    static let read = Text("Lest", "Read")
    static let created = Text("Nye", "Created")
    static let changed = Text("Endret", "Changed")
    static let unchanged = Text("Uendret", "Unchanged")
    static let requests = Text("Forespørsler", "Requests")
    static let sentLines = Text("Sendte linjer", "Sent lines")
    static let documents = Text("Dokumenter", "Documents")
    static let held = Text("Stoppet", "Held")
    static let account = Text("Konto", "Account")
    static let period = Text("Periode", "Period")
    static let employee = Text("Ansatt", "Employee")
    static let sentByUs = Text("Sendt av oss", "Sent by us")
    static let inTheLedger = Text("I hovedboken", "In the ledger")
    static let sum = Text("Sum", "Sum")
    static let date = Text("Dato", "Date")
    static let task = Text("Oppgave", "Task")
    static let item = Text("Vare", "Item")
    static let quantity = Text("Antall", "Quantity")
    static let rate = Text("Pris", "Rate")
    static let amount = Text("Beløp", "Amount")
    static let project = Text("Prosjekt", "Project")
    static let worker = Text("Arbeider", "Worker")
    static let reason = Text("Årsak", "Reason")
    static let mode = Text("Kjøring", "Mode")
    static let nextRun = Text("Neste", "Next")
    static let lastRun = Text("Siste", "Last")
    static let outcome = Text("Resultat", "Outcome")
    static let hourly = Text("hver time", "hourly")
    static let byHand = Text("for hånd", "by hand")
    static let dead = Text("gitt opp", "given up")
    static let switchedOff = Text("av", "off")
    static let disabled = Text("sperret", "disabled")
    static let reference = Text("Referanse", "Reference")
    static let state = Text("Tilstand", "State")
    static let explanation = Text("Forklaring", "Explanation")
    static let name = Text("Navn", "Name")
    static let employeeNumber = Text("Ansattnummer", "Employee number")
    static let vismaEmployeeNumber = Text("Visma.net ansattnummer", "Visma.net employee number")
    static let rows = Text("Rader", "Rows")
    static let refused = Text("Avvist", "Refused")
    static func name(of job: JobName) -> Text { job.title }

    static func name(of kind: FileKind) -> Text {
        switch kind {
        case .workers: Text("Arbeidere", "Workers")
        case .items: Text("Varer", "Items")
        case .hours: Text("Timer", "Hours")
        case .withdrawals: Text("Vareuttak", "Withdrawals")
        }
    }

    static func mender(_ mender: Blocker.Mender) -> Text {
        switch mender {
        case .leader: Text("rettes av leder", "for the leader")
        case .administrator: Text("rettes av administrator", "for the administrator")
        case .bookkeeper: Text("rettes av regnskap", "for accounting")
        case .worker: Text("rettes av arbeider", "for the worker")
        }
    }

    static func outcome(_ outcome: RunRow.Outcome?) -> Text {
        switch outcome {
        case nil: Text("ikke kjørt", "never run")
        case .running: Text("kjører", "running")
        case .succeeded: Text("ferdig", "succeeded")
        case .partly: Text("delvis", "partly")
        case .abandoned: Text("avbrutt", "abandoned")
        case .failed: Text("feilet", "failed")
        }
    }

    static func state(_ state: ExportDocument.State) -> Text {
        switch state {
        case .ready: Text("klar", "ready")
        case .sending: Text("sendes", "being sent")
        case .unknown: Text("ukjent utfall", "unknown outcome")
        case .confirmed: Text("bekreftet", "confirmed")
        case .rejected: Text("avvist", "rejected")
        case .needsReview: Text("må vurderes", "needs a person")
        case .voided: Text("annullert", "voided")
        }
    }
}

/// What the jobs say.
extension Text {
    static let preparing = Text("Klargjør firma og arbeidere", "Preparing the company and its workers")
    static let fillingHours = Text("Fører timer", "Registering hours")
    static let fillingGoods = Text("Fører vareuttak", "Registering withdrawals")
    static let sumsPerAccount = Text("Overført per konto:", "Transferred per account:")
    static let heldNow = Text("Stoppet:", "Held:")
    static let nothingReady = Text("Ingenting er klart til overføring.", "Nothing is ready to go.")

    static func requestsSoFar(_ count: Int) -> Text {
        Text("forespørsler: \(count)", "requests: \(count)")
    }

    static func runNumber(_ number: Int) -> Text { Text("── Kjøring \(number) ──", "── Run \(number) ──") }

    static func andOthers(_ count: Int) -> Text { Text("(og \(count) til)", "(and \(count) more)") }

    static func quarantined(_ job: JobName, _ count: Int) -> Text {
        let name = name(of: job)
        return Text(
            "\(name.norwegian): \(count) rader kunne ikke leses og er lagt til side.",
            "\(name.english): \(count) rows could not be read and were put aside.")
    }

    static func heldBecause(_ job: JobName) -> Text {
        let name = name(of: job)
        return Text("\(name.norwegian) som er stoppet:", "\(name.english) that are held:")
    }

    static func jobFailed(_ job: JobName, _ error: String) -> Text {
        let name = name(of: job)
        return Text("\(name.norwegian): \(error)", "\(name.english): \(error)")
    }

    static func ledgerAgrees(documents: Int, lines: Int) -> Text {
        Text(
            "Hovedboken stemmer: \(documents) dokumenter, \(lines) linjer, alle summer like på øret.",
            "The ledger agrees: \(documents) documents, \(lines) lines, all sums equal to the øre.")
    }

    static func ledgerDisagrees(ours: (Int, Int), theirs: (Int, Int)) -> Text {
        Text(
            "HOVEDBOKEN STEMMER IKKE: vi har sendt \(ours.0) dokumenter med \(ours.1) linjer, Visma har \(theirs.0) "
                + "med \(theirs.1).",
            "THE LEDGER DISAGREES: we sent \(ours.0) documents with \(ours.1) lines, Visma holds \(theirs.0) with "
                + "\(theirs.1).")
    }

    static func jobDead(_ dead: DeadJob, isAutomatic: Bool) -> Text {
        let (name, run) = (name(of: dead.job), "ferje run \(dead.job.rawValue)")
        return Text(
            "\(name.norwegian): gitt opp \(dead.since.shown): \(dead.because). "
                + (isAutomatic ? "Prøves igjen neste time, eller nå med «\(run)»." : "Prøv igjen med «\(run)»."),
            "\(name.english): given up \(dead.since.shown): \(dead.because). "
                + (isAutomatic ? "Tried again next hour, or now with “\(run)”." : "Try again with “\(run)”."))
    }

    static func markDead(_ mark: DeadMark) -> Text {
        let (document, run) = ("\(mark.reference.text) (\(mark.erpNumber))", "ferje run \(mark.kind.rawValue)")
        return Text(
            "\(document) er i Visma, men kunne ikke låses her: \(mark.because). Prøv igjen med «\(run)».",
            "\(document) is in Visma, but could not be locked here: \(mark.because). Try again with “\(run)”.")
    }

    static func jobRestarted(_ job: JobName) -> Text {
        let name = name(of: job)
        return Text("\(name.norwegian) kjører så snart som mulig.", "\(name.english) runs as soon as possible.")
    }

    static func previewDocument(project: String, period: String) -> Text {
        Text("Prosjekt \(project), periode \(period)", "Project \(project), period \(period)")
    }

    static func jobSwitchedOff(_ job: JobName) -> Text {
        let name = name(of: job)
        return Text(
            "\(name.norwegian) er slått av. Slå på med «ferje company job enable \(job.rawValue)».",
            "\(name.english) is switched off. Switch it on with “ferje company job enable \(job.rawValue)”.")
    }

    static func documentsInDoubt(_ count: Int) -> Text {
        Text(
            "\(count) dokumenter er ikke avklart. Se «ferje document list».",
            "\(count) documents are not settled. See “ferje document list”.")
    }
}

/// What the other commands say.
extension Text {
    static let noCompanies = Text(
        "Det finnes ingen firmaer. Lag et med «ferje company create NAVN».",
        "There are no companies. Make one with “ferje company create NAME”.")
    static let noDocuments = Text("Alle dokumenter er avklart.", "All documents are settled.")
    static let documentsToLookAt = Text("Dokumenter som ikke er avklart:", "Documents that are not settled:")
    static let servedOut = Text("Stoppet.", "Stopped.")
    static let stopped = Text("Avbrutt før slutten.", "Stopped before the end.")

    static func sandboxAt(_ address: String) -> Text {
        Text("Sandkassens Visma.net: \(address)/", "The sandbox's Visma.net: \(address)/")
    }

    static func sandboxKeys(clientID: String, secret: String, tenant: String) -> Text {
        let keys = """
              FERJE_VISMA_CLIENT_ID=\(clientID)
              FERJE_VISMA_CLIENT_SECRET=\(secret)
              tenant-id: \(tenant)
            """
        return Text(keys, keys)
    }

    static func demoGoesOn(_ pages: String, users: [String], password: String, sandbox: String) -> Text {
        let names = users.joined(separator: ", ")
        return Text(
            """
            Logg inn på \(pages)/ som \(names) – passord: \(password)
            Se hva Visma har på \(sandbox)/. Jobbene kjører nå hver time. Ctrl-C stopper.
            """,
            """
            Sign in at \(pages)/ as \(names) – password: \(password)
            See what Visma holds at \(sandbox)/. The jobs now run every hour. Ctrl-C stops.
            """)
    }

    static func pagesAt(_ address: String) -> Text { Text("Sidene er på \(address)/", "The pages are at \(address)/") }

    static func serving(_ count: Int) -> Text {
        Text("Kjører jobber (\(count) løkker). Ctrl-C stopper.", "Running jobs (\(count) loops). Ctrl-C stops.")
    }

    static let noWorkerOnSQLite = Text(
        "SQLite er for én prosess: ingen jobber kjører så lenge denne bare viser sidene.",
        "SQLite is for one process: no job runs as long as this one only serves the pages.")

    static func backedUp(_ file: String, mebibytes: Int) -> Text {
        Text("Kopiert til \(file) (\(mebibytes) MiB).", "Copied to \(file) (\(mebibytes) MiB).")
    }

    static func restored(_ file: String, companies: Int) -> Text {
        Text(
            "Lagt tilbake fra \(file). Overføringen er stengt for \(companies) firmaer til det er lest hva Visma har.",
            "Restored from \(file). Exports are shut for \(companies) companies until it has been read what Visma holds."
        )
    }

    static func oldDatabaseKept(_ path: String) -> Text {
        Text("Databasen som sto her, ligger i \(path).", "The database that stood here is kept as \(path).")
    }

    static func schemaIs(_ version: Int) -> Text {
        Text("Databasen har versjon \(version).", "The database is at version \(version).")
    }

    static func companyMade(_ name: String, _ id: String, code: String) -> Text {
        Text(
            "Firmaet \(name) er laget med id \(id). Bedrifts-id ved innlogging: \(code).",
            "The company \(name) was made with the id \(id). Company id at sign-in: \(code).")
    }

    static func companyCode(_ name: String, _ code: String) -> Text {
        Text("\(name) har nå bedrifts-id \(code).", "\(name) now has the company id \(code).")
    }

    static func setUpLink(_ company: String) -> Text {
        Text(
            "Den som åpner denne adressen innen en time, blir administrator i \(company). Den virker én gang:",
            "Whoever opens this address within an hour becomes administrator of \(company). It works once:")
    }

    static func connected(_ company: String, _ organisation: String) -> Text {
        Text("\(company) er koblet til \(organisation).", "\(company) is connected to \(organisation).")
    }

    static func disconnected(_ company: String, isRevoked: Bool) -> Text {
        isRevoked
            ? Text("\(company) er koblet fra.", "\(company) is disconnected.")
            : Text(
                "\(company) er koblet fra her, men Visma bekreftet det ikke. Fjern tilgangen i Visma App Store.",
                "\(company) is disconnected here, but Visma did not confirm it. Take the access away in the Visma "
                    + "App Store.")
    }

    static func connectionIs(_ status: ConnectionStatus?) -> Text {
        guard let status else { return Text("Ikke tilkoblet Visma", "Not connected to Visma") }
        let organisation = status.organisation.map { " – \($0)" } ?? ""
        switch status.state {
        case .connected: return Text("Tilkoblet Visma\(organisation)", "Connected to Visma\(organisation)")
        case .reconnectRequired:
            return Text("Må kobles til på nytt\(organisation)", "Must be connected again\(organisation)")
        case .disconnected: return Text("Koblet fra\(organisation)", "Disconnected\(organisation)")
        }
    }

    static func callsHeld(until time: String) -> Text {
        Text("Kall til Visma holdes tilbake til \(time).", "Calls to Visma are held back until \(time).")
    }

    static func jobSet(_ job: JobName, enabled: Bool, automatic: Bool) -> Text {
        let name = name(of: job)
        let mode = enabled ? (automatic ? hourly : byHand) : switchedOff
        return Text("\(name.norwegian): \(mode.norwegian).", "\(name.english): \(mode.english).")
    }

    static func settingSet(_ key: String, _ value: String) -> Text {
        value.isEmpty
            ? Text("\(key) er tatt bort.", "\(key) was taken away.") : Text("\(key) = \(value)", "\(key) = \(value)")
    }

    static func linked(_ worker: String, _ number: String, _ employee: String) -> Text {
        Text(
            "\(worker) er koblet til ansatt \(number), \(employee).",
            "\(worker) is linked to employee \(number), \(employee).")
    }

    static func inactiveEmployee(_ number: String) -> Text {
        Text("OBS! Ansatt \(number) er ikke aktiv i Visma.", "Note: employee \(number) is not active in Visma.")
    }

    static func unlinked(_ worker: String) -> Text {
        Text("\(worker) er ikke lenger koblet.", "\(worker) is not linked any more.")
    }

    static func userAdded(_ username: String) -> Text {
        Text("Brukeren \(username) er lagt til.", "The user \(username) was added.")
    }

    static func userDisabled(_ username: String) -> Text {
        Text("Brukeren \(username) er sperret.", "The user \(username) is disabled.")
    }

    static func userEnabled(_ username: String) -> Text {
        Text("Brukeren \(username) slipper inn igjen.", "The user \(username) is let in again.")
    }

    static func invitationLink(_ username: String) -> Text {
        Text(
            "Her velger \(username) passord. Adressen virker én gang, i sju dager:",
            "Here \(username) chooses a password. The address works once, for seven days:")
    }

    static func keyMade(_ name: String, until: String) -> Text {
        Text(
            "Nøkkelen til \(name), gyldig til \(until). Den vises bare nå:",
            "The key of \(name), good until \(until). It is shown only now:")
    }

    static func keyRevoked(_ name: String) -> Text {
        Text("Nøkkelen til \(name) er trukket tilbake.", "The key of \(name) is revoked.")
    }

    static let keyOver = Text("gjelder ikke", "over")

    static func passwordSet(_ username: String) -> Text {
        Text(
            "\(username) har fått nytt passord, og alle økter er avsluttet.",
            "\(username) has a new password, and all sessions are ended.")
    }

    static let newPassword = Text("Nytt passord: ", "New password: ")
    static let newPasswordAgain = Text("En gang til: ", "Once more: ")
    static let passwordsDiffer = Text("Passordene er ikke like.", "The passwords are not the same.")
    static let passwordMissing = Text("Det kom ikke noe passord.", "No password came.")

    static func documentDecided(_ reference: String) -> Text {
        Text("Avgjørelsen for \(reference) er lagret.", "The decision on \(reference) is stored.")
    }

    static func exportsShut(_ companies: Int) -> Text {
        Text(
            "Overføringene er stengt i \(companies) firma til Visma er lest.",
            "Exports are shut in \(companies) companies until Visma has been read.")
    }

    static let exportsOpened = Text("Overføringene er åpne.", "Exports are open.")
    static let exportsNotShut = Text("Overføringene er ikke stengt.", "Exports are not shut.")

    static func exportsStandShut(_ because: String) -> Text {
        Text(
            "OBS! Overføringene er stengt: \(because). De åpner av seg selv når alt i Visma er gjenkjent.",
            "Exports are shut: \(because). They open by themselves when all in Visma has been recognised.")
    }

    static func alarm(_ alarm: ExportAlarm) -> Text {
        let reference = "\(alarm.reference.text) (\(alarm.erpNumber))"
        return switch alarm.kind {
        case .missing: Text("\(reference) mangler i Visma.", "\(reference) is missing in Visma.")
        case .doubled: Text("\(reference) finnes to ganger i Visma.", "\(reference) stands twice in Visma.")
        case .changed: Text("\(reference) er endret i Visma.", "\(reference) was changed in Visma.")
        case .unknownReference:
            Text("\(reference) i Visma er ikke kjent her.", "\(reference) in Visma is not known here.")
        }
    }

    static func retried(_ count: Int) -> Text {
        Text("\(count) poster prøves igjen ved neste overføring.", "\(count) records are tried again at the next run.")
    }
}
