import Foundation
import Persistence
import Proresult

/// Reads a list for the set-up check and asks of each row what the import would do, without doing it.
struct SetUpReading {
    /// A person has cancelled it, or another check has taken its place.
    struct Overtaken: Error {}

    let id: String
    let company: CompanyID
    let database: any SQLDatabase
    let connector: any ERPConnector

    func read<Record: ImportedRecord>(_ record: Record) async throws {
        var pass = CleanPass(limits: CleanPass.Limits())
        var seen: Set<String> = []
        var created = 0
        var number = 1
        while true {
            try Task.checkCancellation()
            let page = try await record.page(ERPPageRequest(changedSince: nil, number: number), from: connector)
            let step = pass.read(page)
            // Pages drift while somebody works there; a row counts once.
            let news = page.rows.filter { !seen.contains($0.id) }
            seen.formUnion(news.map(\.id))
            let (known, isLast) = (created, step != .readNext)
            created = try await database.transaction(company: company) { transaction in
                try goOn(in: transaction)
                let found = try Findings(news, of: record, in: transaction)
                try store(found, page, record.resource, knownCreated: known, isLast: isLast, in: transaction)
                return known + found.created
            }
            switch step {
            case .readNext: number += 1
            case .finished: return
            case .stopped:
                throw ERPError(
                    .tryLater(after: nil), "the list cannot be read to its end",
                    request: "the list of \(record.resource.rawValue)", fault: .listIncomplete)
            }
        }
    }

    /// Throws when the check is not ours any more.
    private func goOn(in transaction: CompanyTransaction) throws {
        let isMine = try transaction.execute(
            """
            UPDATE setup_check SET changed_at = \(transaction.now())
            WHERE company_id = \(company) AND id = \(id) AND state = 'running'
            """)
        guard isMine == 1 else { throw Overtaken() }
    }

    private func store<Row: Sendable>(
        _ found: Findings, _ page: ERPPage<Row>, _ resource: ImportResource, knownCreated: Int, isLast: Bool,
        in transaction: CompanyTransaction
    ) throws {
        let finishedAt: Timestamp? = isLast ? try transaction.now() : nil
        try transaction.execute(
            """
            INSERT INTO setup_check_list (company_id, resource, read_count, total_count, created_count, linked_count,
                unreadable_count, finished_at)
            VALUES (\(company), \(resource), \(found.read), \(page.total), \(found.created), \(found.linked),
                \(page.unreadable.count), \(finishedAt))
            ON CONFLICT (company_id, resource) DO UPDATE SET
                read_count = setup_check_list.read_count + excluded.read_count,
                total_count = coalesce(excluded.total_count, setup_check_list.total_count),
                created_count = setup_check_list.created_count + excluded.created_count,
                linked_count = setup_check_list.linked_count + excluded.linked_count,
                unreadable_count = setup_check_list.unreadable_count + excluded.unreadable_count,
                finished_at = excluded.finished_at
            """)
        var room = max(SetUpCheck.mostCreated - knownCreated, 0)
        let rows = found.rows.filter { row in
            guard row.finding == .created else { return true }
            room -= 1
            return room >= 0
        }
        guard !rows.isEmpty else { return }
        try transaction.executeMany(
            """
            INSERT INTO setup_check_row (company_id, resource, number, finding, erp_name, own_id, own_name, changes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (company_id, resource, number) DO NOTHING
            """,
            rows.map { row in
                [
                    company.sqlValue, resource.sqlValue, row.number.sqlValue, row.finding.sqlValue,
                    row.erpName.sqlValue, row.ownID.sqlValue, row.ownName.sqlValue, row.changes.sqlValue,
                ]
            })
    }
}

/// What the import would do with the rows of a page.
private struct Findings: Sendable {
    struct Row: Sendable {
        var number: String
        var finding: SetUpReport.Finding
        var erpName: String
        var ownID: String?
        var ownName: String?
        var changes: String
    }

    private(set) var rows: [Row] = []
    private(set) var read = 0
    private(set) var created = 0
    private(set) var linked = 0

    init<Record: ImportedRecord>(
        _ page: [Record.Row], of record: Record, in transaction: CompanyTransaction
    ) throws {
        read = page.count
        let beside = try record.beside(page, in: transaction)
        let ours = try record.existing(page, beside, in: transaction)
        let linkedIDs = Set(ours.compactMap(\.erpID))
        let byKey = Dictionary(ours.map { (record.key(of: $0), $0) }) { first, _ in first }
        for row in page {
            guard let key = record.key(of: row, beside) else { continue }
            if linkedIDs.contains(row.id) {
                linked += 1
                continue
            }
            guard record.isWanted(row) else { continue }
            // One that is linked to another id is told as a conflict by the import; no permission helps it.
            if let own = byKey[key], own.erpID != nil {
                linked += 1
                continue
            }
            guard let own = byKey[key] else {
                created += 1
                rows.append(Row(number: key, finding: .created, erpName: row.name, changes: ""))
                continue
            }
            rows.append(Self.pair(own, row, number: key, of: record, beside))
        }
    }

    private static func pair<Record: ImportedRecord>(
        _ own: Record.Local, _ row: Record.Row, number: String, of record: Record, _ beside: Record.Beside
    ) -> Row {
        var after = own
        record.overwrite(&after, with: row, beside)
        let changes = own.changes(to: after).filter { !FieldWords.links.contains($0.column) }
        let finding: SetUpReport.Finding =
            if changes.contains(where: { $0.column == "name" }) {
                .otherName
            } else if !own.isUsable && after.isUsable {
                .reopened
            } else {
                changes.isEmpty ? .same : .overwritten
            }
        var told = changes.filter { !FieldWords.silent.contains($0.column) }.map(SetUpReport.Change.init)
        if own.isUsable != after.isUsable {
            let word = after.isUsable ? Record.Local.wordForOpened : Record.Local.wordForShut
            told.insert(SetUpReport.Change(field: word.rawValue), at: 0)
        }
        return Row(
            number: number, finding: finding, erpName: row.name, ownID: own.id.text, ownName: own.name,
            changes: SetUpReport.Change.stored(told))
    }
}
