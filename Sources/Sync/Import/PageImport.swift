import Foundation
import Persistence
import Proresult

/// Decides what a page's rows do to our records, and writes only what differs.
struct PageImport<Record: ImportedRecord> {
    private let record: Record
    private let beside: Record.Beside
    /// Our records that the page is about, those that it makes last; where each stands by the ERP's id and by number.
    private var locals: [Record.Local] = []
    private var byID: [String: Int] = [:]
    private var byKey: [String: Int] = [:]
    private var changed: [Int] = []
    private var hasNewLinks = false
    /// Numbers of ours that nobody has allowed to be overwritten.
    private let waiting: Set<String>
    private(set) var items: [RunItem] = []
    /// What became of each row, by the ERP's id.
    private(set) var effects: [String: ImportEffect] = [:]

    /// Reads, decides and writes, in one transaction.
    init(_ rows: [Record.Row], of record: Record, in transaction: CompanyTransaction) throws {
        self.record = record
        beside = try record.beside(rows, in: transaction)
        locals = try record.existing(rows, beside, in: transaction)
        waiting = try ImportPermission.waiting(
            locals.filter { $0.erpID == nil }.map(record.key(of:)), of: record.resource, in: transaction)
        let known = locals.indices
        for place in known { remember(place) }
        let rows = Self.newestOfEach(rows)
        // A number may be set free by a row further down the page, so what is in conflict is looked at once more.
        let postponed = try rows.filter { try !take($0, isLastTry: false, in: transaction) }
        for row in postponed { _ = try take(row, isLastTry: true, in: transaction) }
        // Changes first: a new record may get the number that an old one has left.
        try Record.Local.overwrite(changed.map { locals[$0] }, in: transaction)
        try Record.Local.insert(Array(locals[known.upperBound...]), in: transaction)
        if hasNewLinks { try record.didLink(in: transaction) }
    }

    private static func newestOfEach(_ rows: [Record.Row]) -> [Record.Row] {
        var newest: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            if let other = newest[row.id], isOlder(row.modifiedAt, than: rows[other].modifiedAt?.text) { continue }
            newest[row.id] = index
        }
        return newest.values.sorted().map { rows[$0] }
    }

    private static func isOlder(_ time: ERPTime?, than stored: String?) -> Bool {
        guard let time, let stored else { return false }
        return time.text < stored
    }

    /// False when the row is in conflict and may be tried again.
    private mutating func take(_ row: Record.Row, isLastTry: Bool, in transaction: CompanyTransaction) throws -> Bool {
        guard let key = record.key(of: row, beside) else { return true }
        guard byID[row.id] != nil || record.isWanted(row) else { return true }
        let holder = byKey[key]
        if let why = conflict(row, key: key, holder: holder) {
            if isLastTry { tell(row, .conflict, why) }
            return isLastTry
        }
        if byID[row.id] == nil, let holder, locals[holder].erpID == nil, waiting.contains(key) {
            tell(row, .conflict, ImportPermission.isWaiting)
            return true
        }
        if let place = byID[row.id] ?? holder {
            try change(place, to: row)
        } else {
            var local = try record.make(row, beside, in: transaction)
            record.overwrite(&local, with: row, beside)
            link(&local, to: row)
            locals.append(local)
            remember(locals.count - 1)
            effects[row.id] = .created
            tell(row, .created)
        }
        return true
    }

    private func conflict(_ row: Record.Row, key: String, holder: Int?) -> String? {
        if let holder, let link = locals[holder].erpID, link != row.id {
            return "the number belongs to a record that is linked to id \(link), this row has id \(row.id)"
        }
        guard let linked = byID[row.id] else { return nil }
        if let holder, holder != linked {
            return "\(record.key(of: locals[linked])) has got a number that another record here has"
        }
        return record.objection(locals[linked], row, beside)
    }

    private mutating func change(_ place: Int, to row: Record.Row) throws {
        let old = locals[place]
        if let warning = record.warning(old, row) { tell(row, .warned, warning) }
        effects[row.id] = .unchanged
        if old.erpDeletedAt == nil, Self.isOlder(row.modifiedAt, than: old.erpModifiedAt) { return }
        var new = old
        record.overwrite(&new, with: row, beside)
        let changes = old.changes(to: new)
        let isNewLink = old.erpID == nil
        let isRevived = old.erpDeletedAt != nil
        // A new time of change with equal content is no change: the ERP has been seen to touch every row at once.
        guard isNewLink || isRevived || !changes.isEmpty else { return }
        link(&new, to: row)
        changed.append(place)
        byKey[record.key(of: old)] = nil
        locals[place] = new
        remember(place)
        effects[row.id] = .changed
        if isRevived { tell(row, .revived) }
        if old.isUsable != new.isUsable {
            tell(row, new.isUsable ? Record.Local.wordForOpened : Record.Local.wordForShut)
        }
        let words = FieldWords.detail(changes, isNewLink: isNewLink)
        if !words.isEmpty { tell(row, .changed, words) }
    }

    private mutating func link(_ local: inout Record.Local, to row: Record.Row) {
        if local.erpID == nil { hasNewLinks = true }
        local.erpID = row.id
        local.erpModifiedAt = row.modifiedAt?.text ?? local.erpModifiedAt
        local.erpMissingPasses = 0
        local.erpDeletedAt = nil
    }

    private mutating func remember(_ place: Int) {
        if let id = locals[place].erpID { byID[id] = place }
        byKey[record.key(of: locals[place])] = place
    }

    private mutating func tell(_ row: Record.Row, _ happened: RunItem.Happened, _ detail: String = "") {
        items.append(RunItem(Record.Local.word, record.label(of: row, beside), happened, detail))
    }
}

/// What an import did with a row; the most telling one counts.
enum ImportEffect: Int, Comparable, Sendable {
    case unchanged, changed, created
    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// `field: before → after` in the words of the record's list.
enum FieldWords {
    /// What the link itself brings along and says nothing by: the ERP's own numbers and states.
    static let links: Set<String> = ["erp_number", "erp_state", "erp_customer_number", "erp_manager_number"]
    /// Told by what happened (closed, reopened …), not as a field.
    static let silent: Set<String> = [
        "inactive_at", "state", "closed_at", "closed_by", "closed_by_name", "reopened_at", "reopened_by",
        "reopened_by_name", "erp_number",
    ]
    /// Keys of ours, which say nothing to people.
    static let keys = ["customer_id": "customer linked", "manager_worker_id": "manager linked"]

    static func detail(
        _ changes: [(column: String, before: SQLValue, after: SQLValue)], isNewLink: Bool
    ) -> String {
        var words = changes.filter { !silent.contains($0.column) }.map { change in
            keys[change.column] ?? "\(change.column): \(text(change.before)) → \(text(change.after))"
        }
        if isNewLink { words.insert("linked", at: 0) }
        return words.joined(separator: "; ")
    }

    static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: "–"
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}
