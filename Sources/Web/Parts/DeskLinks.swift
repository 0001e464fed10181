import HTML
import Persistence
import Proresult
import Sync

/// Where the places that Sync names stand among the pages, what the way there is called, and who may go it.
struct DeskLink {
    var address: String
    var label: Text
    var roles: Set<Role>

    /// A button for who may go there; nothing for others, whom the text beside it tells whom to ask.
    func button(_ visit: Visit, style: String = "small") -> Markup {
        guard let role = visit.who?.user.role, roles.contains(role), RouteTable.serves(address) else { return .nothing }
        return "<a class=\"button \(style)\" href=\"\(address)\">\(visit.text(label))</a>"
    }

    static let settings = "/oppsett/visma-net"
    private static let office: Set<Role> = [.leader, .administrator, .bookkeeper]
    private static let bookkeeping: Set<Role> = [.administrator, .bookkeeper]

    init(_ address: String, _ label: Text, _ roles: Set<Role> = office) {
        (self.address, self.label, self.roles) = (address, label, roles)
    }
}

extension MendingPlace {
    var link: DeskLink {
        switch self {
        case .worker(let id):
            DeskLink("/arbeidere/\(id)#visma", Text("Koble arbeideren", "Link the worker"), [.administrator])
        case .wage(let id):
            DeskLink(
                "/arbeidere/\(id)#timelonn", Text("Sett timelønn", "Set the wage"), [.administrator, .bookkeeper])
        case .project(let id): DeskLink("/prosjekt/\(id)", Text("Se prosjektet", "See the project"))
        case .workTypeOfEntry(let id):
            DeskLink(
                "/overforing?linje=\(id)#rett", MendingKind.workType.label, MendingKind.workType.roles)
        case .approval(let id):
            DeskLink("/overforing?linje=\(id)#rett", MendingKind.approve.label, MendingKind.approve.roles)
        case .record(let record): DeskLink(record.address, Text("Åpne linjen", "Open the line"))
        case .item(let id): DeskLink("/varer/\(id)", Text("Se varen", "See the item"))
        case .setting(let key):
            DeskLink(
                "\(DeskLink.settings)#f-\(key.rawValue.replacing(".", with: "-"))",
                Text("Åpne innstillingen", "Open the setting"), [.administrator])
        case .periods: DeskLink(HelpTopic.periods.address, Text("Slik åpnes en periode", "How to open a period"))
        case .review(let reference): DeskLink("/bilag/\(reference)", Text("Avgjør dokumentet", "Decide the document"))
        }
    }
}

extension SourceRecord {
    /// The page of the hours or the withdrawal.
    var address: String { (kind == .hourEntry ? "/timer/" : "/vareuttak/") + id }
    /// The documents that carry it.
    var documentsAddress: String { "/bilag?\(kind == .hourEntry ? "timer" : "vareuttak")=\(id)" }
}

extension DeskPlace {
    var link: DeskLink {
        switch self {
        case .connection:
            DeskLink(ConnectionPage.address, Text("Koble til på nytt", "Connect again"), [.administrator])
        case .exports: DeskLink("/tilsyn#stengt", Text("Se hvorfor", "See why"))
        case .alarms: DeskLink("/tilsyn#varsler", Text("Se varslene", "See the alarms"))
        case .review: DeskLink("/tilsyn#vurdering", Text("Se dokumentene", "See the documents"))
        case .brakes: DeskLink("/tilsyn#borte", Text("Se hva som mangler", "See what is missing"))
        case .marks: DeskLink("/tilsyn#laas", Text("Se dokumentene", "See the documents"))
        case .setUpCheck:
            DeskLink(SetUpCheckPage.address, Text("Åpne kontrollen", "Open the check"), [.administrator])
        case .board(let filter): DeskLink("/overforing" + filter.fields.query, Text("Vis linjene", "Show the lines"))
        case .preview(let job):
            DeskLink("/forhandsvisning?jobb=\(job.rawValue)", Text("Til forhåndsvisningen", "To the preview"))
        case .run(let id): DeskLink("/kjorelogg/\(id)", Text("Se kjøringen", "See the run"))
        }
    }
}

extension BoardFilter {
    /// As the page of the board has them in its address.
    var fields: Fields {
        var fields: [(name: String, value: String)] = []
        if job == .withdrawals { fields.append(("fane", JobName.withdrawals.rawValue)) }
        fields += BoardStanding.allCases.filter(standings.contains).map { ("status", $0.rawValue) }
        if let project { fields.append(("prosjekt", project.text)) }
        if let worker { fields.append(("arbeider", worker.text)) }
        if let reason { fields.append(("grunn", reason)) }
        if let period { fields.append(("periode", period)) }
        if let record { fields.append(("linje", record)) }
        return Fields(fields)
    }

    init(_ fields: Fields) {
        self.init(
            job: JobName(rawValue: fields["fane"]) == .withdrawals ? .withdrawals : .hours,
            standings: Set(fields.all("status").compactMap(BoardStanding.init)),
            project: fields["prosjekt"].isEmpty ? nil : ProjectID(fields["prosjekt"]),
            worker: fields["arbeider"].isEmpty ? nil : WorkerID(fields["arbeider"]),
            reason: fields["grunn"].isEmpty ? nil : fields["grunn"],
            period: fields["periode"].isEmpty ? nil : fields["periode"],
            record: fields["linje"].isEmpty ? nil : fields["linje"])
    }
}

extension BoardStanding {
    var badge: Badge.Kind {
        switch self {
        case .ready, .sent: .good
        case .underWay, .inDoubt, .notApproved: .waiting
        case .stays: .over
        case .stopped, .rejected, .needsReview: .stop
        }
    }
}

extension ExportDocument.State {
    var badge: (Text, Badge.Kind) {
        switch self {
        case .ready: (Text("Klar til sending", "Ready to send"), .waiting)
        case .sending: (Text("Sendes", "Being sent"), .waiting)
        case .unknown: (Text("Uavklart", "In doubt"), .waiting)
        case .confirmed: (Text("Står i Visma", "Is in Visma"), .good)
        case .rejected: (Text("Avvist av Visma", "Refused by Visma"), .stop)
        case .needsReview: (Text("Må vurderes", "Needs review"), .stop)
        case .voided: (Text("Trukket", "Voided"), .over)
        }
    }
}

extension RunRow.Outcome {
    var badge: (Text, Badge.Kind) {
        switch self {
        case .running: (Text("Kjører", "Running"), .waiting)
        case .succeeded: (Text("I orden", "In order"), .good)
        case .partly: (Text("Delvis", "Partly"), .stop)
        case .failed: (Text("Feilet", "Failed"), .stop)
        case .abandoned: (Text("Avbrutt", "Broken off"), .over)
        }
    }
}

extension DashboardJob.State {
    var badge: Badge.Kind {
        switch self {
        case .off, .neverRun: .over
        case .running: .waiting
        case .ok: .good
        case .partly, .failed: .stop
        }
    }
}

extension Text {
    static func mender(_ mender: Blocker.Mender) -> Text {
        switch mender {
        case .leader: Text("Leder kan rette", "A leader can mend it")
        case .administrator: Text("Administrator kan rette", "An administrator can mend it")
        case .bookkeeper: Text("Regnskap kan rette", "Accounting can mend it")
        case .worker: Text("Arbeideren kan rette", "The worker can mend it")
        }
    }

    static func mender(_ mender: RunFault.Mender?) -> Text {
        switch mender {
        case nil: Text("Går over av seg selv", "Passes by itself")
        case .administrator: self.mender(Blocker.Mender.administrator)
        case .bookkeeper: self.mender(Blocker.Mender.bookkeeper)
        case .operations: Text("Driften må se på det", "Operations must look at it")
        }
    }

    /// Who or what started a run.
    static func starter(_ startedBy: String) -> Text {
        startedBy == "schedule" ? Text("klokken", "the clock") : Text(startedBy, startedBy)
    }
}

extension Visit {
    /// Wages, and the amounts that tell them, are for those who keep the books.
    var seesRates: Bool {
        (who?.user.role ?? program?.key.role).map { [.administrator, .bookkeeper].contains($0) } ?? false
    }
    /// Who may start jobs and decide about documents.
    var mayTransfer: Bool { seesRates }
}
