import Persistence
import Synchronization

/// What one transaction did, read off its statements: the harness sees the store as a proxy before the database would.
final class TransactionNotes: Sendable {
    enum Note: Sendable, Hashable {
        case claimed(company: String, job: String, epoch: Int)
        case renewed(company: String, job: String, epoch: Int)
        case froze(document: String, reference: String)
        /// An attempt is about to be made.
        case began(document: String)
        case answered(document: String, answer: String)
        case moved(document: String, from: String, to: String, because: String)
        case queuedMark(document: String)
        case locked(document: String)
        case applied(table: String, rows: Int)
        case cursor(company: String, resource: String, time: String?)
        case tombstoned(table: String)
        case gateClosed(company: String, until: Timestamp)
        case gateOpened(company: String)
        case refreshLeased(company: String)
        case finished(outcome: String)
        case shut(Bool)
        case migrated(number: String)
    }

    private let kept = Mutex<[Note]>([])
    var notes: [Note] { kept.withLock { $0 } }

    func add(_ note: Note) { kept.withLock { $0.append(note) } }
    func forget() { kept.withLock { $0 = [] } }

    func read(_ sql: SQL, rows: [SQLRow]) {
        let (text, values) = (sql.text, sql.bindings.map(Self.text))
        func value(_ index: Int) -> String { values.indices.contains(index) ? values[index] : "" }
        if text.hasPrefix("UPDATE job SET lease_owner = $1, lease_until"), let row = rows.first {
            if let company = try? row.get("company_id", as: String.self),
                let job = try? row.get("name", as: String.self),
                let epoch = try? row.get("epoch", as: Int.self)
            {
                add(.claimed(company: company, job: job, epoch: epoch))
            }
        } else if text.hasPrefix("UPDATE connection"), text.contains("refresh_epoch + 1"), !rows.isEmpty {
            add(.refreshLeased(company: value(1)))
        }
    }

    func wrote(_ sql: SQL, changed: Int) {
        let text = sql.text
        guard changed > 0 else { return }
        let values = sql.bindings.map(Self.text)
        func value(_ index: Int) -> String { values.indices.contains(index) ? values[index] : "" }
        if text.hasPrefix("UPDATE job SET lease_until = CASE") {
            add(.renewed(company: value(2), job: value(3), epoch: Int(value(4)) ?? 0))
        } else if text.hasPrefix("INSERT INTO export_document") {
            add(.froze(document: value(1), reference: values.first { $0.hasPrefix("PRX-") } ?? ""))
        } else if text.hasPrefix("INSERT INTO export_attempt") {
            if text.contains("'sent'") {
                add(.began(document: value(1)))
            } else {
                add(.answered(document: value(1), answer: "\(value(3)): \(value(6))"))
            }
        } else if text.hasPrefix("UPDATE export_document SET state = $1") {
            add(.moved(document: value(13), from: value(14), to: value(0), because: value(2)))
        } else if text.hasPrefix("INSERT INTO outbox") {
            add(.queuedMark(document: value(1)))
        } else if text.hasPrefix("UPDATE outbox SET done_at") {
            add(.locked(document: value(2)))
        } else if text.hasPrefix("INSERT INTO import_cursor") {
            add(.cursor(company: value(0), resource: value(1), time: value(2).isEmpty ? nil : value(2)))
        } else if text.hasPrefix("INSERT INTO erp_gate (company_id, closed_until)") {
            add(.gateClosed(company: value(0), until: Timestamp(milliseconds: Int64(value(1)) ?? 0)))
        } else if text.hasPrefix("UPDATE erp_gate SET failures = 0") {
            add(.gateOpened(company: value(0)))
        } else if text.hasPrefix("UPDATE run SET finished_at") {
            add(.finished(outcome: value(1)))
        } else if text.hasPrefix("INSERT INTO export_shutter") {
            add(.shut(true))
        } else if text.hasPrefix("UPDATE export_shutter SET opened_at") {
            add(.shut(false))
        } else if text.hasPrefix("INSERT INTO schema_migration") {
            add(.migrated(number: value(0)))
        }
    }

    private static let shore: [Substring] = ["customer", "project", "project_work_type", "item"]

    func wroteMany(_ text: String, changed: Int) {
        guard changed > 0 else { return }
        let words = text.split(separator: " ", maxSplits: 3)
        guard words.count > 2 else { return }
        let table = words[0] == "INSERT" ? words[2] : words[1]
        guard Self.shore.contains(table) else { return }
        add(.applied(table: String(table), rows: changed))
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: ""
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}

extension TransactionNotes.Note {
    /// For the history; nil for what happens all the time.
    var words: String? {
        switch self {
        case .claimed(let company, let job, let epoch): "took \(job) of \(company), epoch \(epoch)"
        case .renewed: nil
        case .froze(let document, let reference): "froze \(reference) (\(document))"
        case .began(let document): "noted an attempt at \(document)"
        case .answered(let document, let answer): "noted the answer for \(document): \(answer)"
        case .moved(let document, let from, let to, let why): "\(document): \(from) → \(to), \(why)"
        case .queuedMark(let document): "asked for the marks of \(document)"
        case .locked(let document): "marked the sources of \(document)"
        case .applied(let table, let rows): "wrote \(rows) × \(table)"
        case .cursor(let company, let resource, let time): "\(resource) of \(company) read up to \(time ?? "nothing")"
        case .tombstoned(let table): "gone: \(table)"
        case .gateClosed(let company, let until): "gate of \(company) closed until \(until.milliseconds)"
        case .gateOpened(let company): "gate of \(company) open"
        case .refreshLeased(let company): "may renew the token of \(company)"
        case .finished(let outcome): "run over: \(outcome)"
        case .shut(let isShut): isShut ? "exports shut" : "exports open"
        case .migrated(let number): "brought the schema to \(number)"
        }
    }

    /// Only the owner of the job's lease may write this.
    var needsLease: Bool {
        switch self {
        case .froze, .began, .moved, .queuedMark, .locked, .applied, .cursor, .tombstoned: true
        default: false
        }
    }
}
