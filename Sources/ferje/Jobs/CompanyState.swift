import Persistence
import Proresult
import Sync
import VismaNetConnector

/// How one company's link stands.
struct CompanyState: Sendable {
    struct Job: Sendable {
        var name: JobName
        var isEnabled: Bool
        var isAutomatic: Bool
        var nextRunAt: Timestamp?
        var last: RunRow?
        var dead: DeadJob?
    }

    let company: Company
    let connection: ConnectionStatus?
    let jobs: [Job]
    /// In doubt, or waiting for a person.
    let documents: [ExportDocument]
    let shutter: ExportShutter?
    /// What the nightly look found in Visma that is not as we left it.
    let alarms: [ExportAlarm]
    /// In Visma, but their records could not be locked here.
    let deadMarks: [DeadMark]

    init(_ company: Company, in transaction: CompanyTransaction) throws {
        self.company = company
        connection = try ConnectionStatus.read(in: transaction)
        let rows = try transaction.query(
            """
            SELECT name, enabled_at, automatic_at, next_run_at FROM job WHERE company_id = \(transaction.company)
            """)
        let dead = try transaction.deadJobs()
        let known = try rows.map { row in
            let name: JobName = try row.get("name")
            return Job(
                name: name, isEnabled: try row.get("enabled_at", as: Timestamp?.self) != nil,
                isAutomatic: try row.get("automatic_at", as: Timestamp?.self) != nil,
                nextRunAt: try row.get("next_run_at"), last: try RunRow.latest(name, in: transaction),
                dead: dead.first { $0.job == name })
        }
        jobs = JobName.allCases.compactMap { name in known.first { $0.name == name } }
        documents = try [JobName.hours, .withdrawals].flatMap { job in
            try transaction.documents(job, in: [.sending, .unknown, .needsReview])
        }
        shutter = try ExportShutter.standing(in: transaction)
        alarms = try transaction.standingAlarms()
        deadMarks = try transaction.deadMarks()
    }

    func show(on console: Console) {
        console.say("\(company.name) (\(company.id))")
        console.say(.connectionIs(connection))
        if let until = connection?.heldUntil { console.say(.callsHeld(until: until.shown)) }
        if let shutter { console.say(.exportsStandShut(shutter.because)) }
        var table = Table(
            [.left, .left, .left, .left, .left, .right, .right, .right],
            header: [Text.job, .mode, .nextRun, .lastRun, .outcome, .changed, .sentLines, .held].map(console.text))
        for job in jobs { table.add(row(job, console)) }
        console.say(table)
        for job in jobs {
            if let dead = job.dead {
                console.say(.jobDead(dead, isAutomatic: job.isAutomatic))
            } else if let error = job.last?.error {
                console.say(.jobFailed(job.name, error))
            }
        }
        if !documents.isEmpty {
            console.say()
            console.say(.documentsToLookAt)
            console.showDocuments(documents)
        }
        for alarm in alarms { console.say(.alarm(alarm)) }
        for mark in deadMarks { console.say(.markDead(mark)) }
        console.say()
    }

    private func row(_ job: Job, _ console: Console) -> [String] {
        let counts = job.last?.counts
        return [
            console.text(.name(of: job.name)),
            console.text(job.isEnabled ? (job.isAutomatic ? .hourly : .byHand) : .switchedOff),
            job.nextRunAt.map(\.shown) ?? "–", job.last?.startedAt.shown ?? "–",
            console.text(job.dead == nil ? .outcome(job.last?.outcome) : .dead),
            job.name.isExport ? "" : counts.map { console.number($0.created + $0.changed) } ?? "",
            job.name.isExport ? counts.map { console.number($0.sentLines) } ?? "" : "",
            job.name.isExport ? counts.map { console.number($0.held) } ?? "" : "",
        ]
    }

    struct Report: Encodable {
        struct Connection: Encodable {
            var state: String
            var kind: String
            var organisation: String?
            var heldUntil: String?
            var callsLeft: Int?
            var callsPerHour: Int?
        }
        struct LastRun: Encodable {
            var startedAt: String
            var finishedAt: String?
            var outcome: String
            var read, created, changed, unchanged, sentLines, documents, held, requests: Int
            var error, errorKind: String?
        }
        struct Job: Encodable {
            var enabled, automatic: Bool
            var nextRunAt: String?
            var lastRun: LastRun?
            /// Nil while the job is alive.
            var dead: Dead?
        }
        struct Dead: Encodable {
            var since, because: String
        }
        struct DeadMark: Encodable {
            var reference, vismaNumber, since, because: String
        }
        var id: String
        var name: String
        var connection: Connection?
        var jobs: [String: Job]
        var documents: [DocumentReport]
        /// Why nothing is sent; nil while exports are open.
        var exportsShutBecause: String?
        var alarms: [Alarm]
        var deadMarks: [DeadMark]
    }

    struct Alarm: Encodable {
        var reference, kind, period, vismaNumber, detail: String

        init(_ alarm: ExportAlarm) {
            (reference, kind, period) = (alarm.reference.text, alarm.kind.rawValue, alarm.period)
            (vismaNumber, detail) = (alarm.erpNumber, alarm.detail)
        }
    }

    var report: Report {
        Report(
            id: company.id.text, name: company.name,
            connection: connection.map {
                Report.Connection(
                    state: $0.state.rawValue, kind: $0.kind.rawValue, organisation: $0.organisation,
                    heldUntil: $0.heldUntil?.utc, callsLeft: $0.callsLeft, callsPerHour: $0.callsPerHour)
            },
            jobs: Dictionary(uniqueKeysWithValues: jobs.map { ($0.name.rawValue, Self.report($0)) }),
            documents: documents.map(DocumentReport.init), exportsShutBecause: shutter?.because,
            alarms: alarms.map(Alarm.init),
            deadMarks: deadMarks.map { mark in
                Report.DeadMark(
                    reference: mark.reference.text, vismaNumber: mark.erpNumber, since: mark.since.utc,
                    because: mark.because)
            })
    }

    private static func report(_ job: Job) -> Report.Job {
        Report.Job(
            enabled: job.isEnabled, automatic: job.isAutomatic, nextRunAt: job.nextRunAt?.utc,
            lastRun: job.last.map { run in
                Report.LastRun(
                    startedAt: run.startedAt.utc, finishedAt: run.finishedAt?.utc, outcome: run.outcome.rawValue,
                    read: run.counts.read, created: run.counts.created, changed: run.counts.changed,
                    unchanged: run.counts.unchanged, sentLines: run.counts.sentLines,
                    documents: run.counts.documents, held: run.counts.held, requests: run.requests,
                    error: run.error, errorKind: run.errorKind)
            }, dead: job.dead.map { Report.Dead(since: $0.since.utc, because: $0.because) })
    }
}
