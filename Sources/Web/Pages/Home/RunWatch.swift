import Foundation
import Persistence
import Proresult
import Sync

/// One page's look at the runs of its company, again and again: also at those that somebody else or the clock started.
struct RunWatch {
    struct Event: Sendable, Hashable {
        enum Name: String {
            /// A line of progress of one job.
            case progress
            /// A run started or ended: the page asks for its cards again.
            case changed
            /// The session is over.
            case over
        }
        var name: Name
        var job: JobName?
        var text: String

        /// As the stream has it.
        var wire: String {
            let fields = [job.map { ("job", $0.rawValue) }, ("text", text)].compactMap(\.self)
            let json = try? JSONSerialization.data(
                withJSONObject: Dictionary(fields) { first, _ in first }, options: [.sortedKeys])
            return "event: \(name.rawValue)\ndata: \(json.map { String(decoding: $0, as: UTF8.self) } ?? "{}")\n\n"
        }
    }

    /// While nothing happens, a session that was ended elsewhere is noticed within this time. News are told to nobody
    /// without looking.
    static let sessionCheck = Duration.seconds(10)
    /// A page that was left for longer is shown anew anyway.
    private static let longestBack = Duration.seconds(3600)

    /// An end is stamped before it is committed: so late a look may still find it. Each is told once.
    private static let lateCommit = Duration.seconds(10)

    private let office: Office
    private let company: CompanyID
    private let token: String
    private let user: AppUser
    private let language: Language
    private var since: Timestamp
    private var checkedAt: Timestamp
    private var running: Set<SyncRunID> = []
    private var ended: Set<SyncRunID> = []
    private var told: [JobName: String] = [:]
    private var isFirst = true

    /// `from` is when the page was made: what happened after it is news.
    init(_ visit: Visit, from: Timestamp) throws {
        office = visit.office
        company = try visit.company
        token = visit.token ?? ""
        user = try visit.person.user
        language = visit.language
        since = max(from, visit.now - Self.longestBack)
        checkedAt = visit.now
    }

    /// What is new; nil when the session is over.
    mutating func look() async throws -> [Event]? {
        guard try await isSignedIn(lookedWithin: Self.sessionCheck) else { return nil }
        let since = since
        let (progress, now) = try await office.database.read(company: company) { transaction in
            (try RunProgress.read(since: since - Self.lateCommit, in: transaction), try transaction.now())
        }
        var events: [Event] = []
        for each in progress {
            let run = each.run
            if each.isRunning {
                let isNew = running.insert(run.id).inserted
                if isNew, !isFirst || run.startedAt >= since { events.append(changed(each)) }
                let text = each.text.inLanguage(language)
                if told.updateValue(text, forKey: run.job) != text {
                    events.append(Event(name: .progress, job: run.job, text: text))
                }
            } else if ended.insert(run.id).inserted {
                running.remove(run.id)
                told[run.job] = nil
                events.append(changed(each))
            }
        }
        (isFirst, self.since) = (false, now)
        if !events.isEmpty, try await !isSignedIn(lookedWithin: .zero) { return nil }
        return events
    }

    private func changed(_ progress: RunProgress) -> Event {
        let (title, outcome) = (progress.run.job.title, progress.run.outcome.badge.0)
        return Event(
            name: .changed, job: progress.run.job,
            text: title.inLanguage(language) + ": " + outcome.inLanguage(language))
    }

    private mutating func isSignedIn(lookedWithin limit: Duration) async throws -> Bool {
        let now = office.clock.now
        guard now - checkedAt >= limit else { return true }
        checkedAt = now
        let who = try await office.desk.find(token: token, at: now, using: false)
        return who?.user.id == user.id && who?.user.role == user.role
    }
}

extension RunProgress {
    /// What it has done so far.
    var text: Text {
        let counts = run.counts
        guard run.job.isExport else {
            return Text(
                "Leser fra Visma: \(counts.read) lest, \(counts.created) nye, \(counts.changed) endret …",
                "Reading from Visma: \(counts.read) read, \(counts.created) new, \(counts.changed) changed …")
        }
        guard counts.documents + documentsLeft > 0 else {
            return Text("Ser etter hva som kan sendes …", "Looking for what can be sent …")
        }
        return Text(
            "Sender til Visma: \(counts.sentLines) linjer sendt, \(documentsLeft) dokumenter igjen …",
            "Sending to Visma: \(counts.sentLines) lines sent, \(documentsLeft) documents left …")
    }
}
