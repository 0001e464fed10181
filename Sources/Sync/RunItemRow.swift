import Persistence

/// What a run tells, as it stands in `run_item`: records made one after the other share a row, with a number in each line
/// of its detail. A first import tells of a hundred thousand records; a row for each would cost as much as the records.
///
/// A row takes as many positions as it tells of records, so that every record has its place in the log.
struct RunItemRow {
    private(set) var item: RunItem
    private(set) var records = 1

    private init(_ item: RunItem) { self.item = item }

    /// In their order, as few as can hold them.
    static func rows(of items: [RunItem]) -> [RunItemRow] {
        var rows: [RunItemRow] = []
        for item in items {
            guard item.isShareable, let last = rows.indices.last, rows[last].takes(item) else {
                rows.append(RunItemRow(item))
                continue
            }
            rows[last].add(item)
        }
        return rows
    }

    private func takes(_ other: RunItem) -> Bool {
        (records > 1 || item.isShareable) && item.recordKind == other.recordKind
    }

    private mutating func add(_ other: RunItem) {
        if records == 1 { (item.detail, item.number) = (item.number, "") }
        item.detail += "\n" + other.number
        records += 1
    }

    init(row: SQLRow) throws {
        item = try RunItem(
            row.get("record_kind"), row.get("record_number"), row.get("happened"), row.get("detail"))
        records = try row.get("records")
    }

    /// One for each record.
    var items: [RunItem] {
        guard records > 1 else { return [item] }
        return item.detail.split(separator: "\n", omittingEmptySubsequences: false).map {
            RunItem(item.recordKind, String($0), item.happened)
        }
    }

    /// SQL for whether a row that many records share tells of the one with this number. Both databases can replace.
    static func isAbout(_ number: String, _ row: SQL) -> SQL {
        let lines: SQL = "(\(line) || \(sql: row).detail || \(line))"
        return "(\(sql: row).records > 1 AND replace(\(sql: lines), \(line + number + line), '') <> \(sql: lines))"
    }

    private static let line = "\n"
}

extension RunItem {
    /// Made, with nothing more to tell than its number.
    fileprivate var isShareable: Bool {
        happened == .created && detail.isEmpty && !number.utf8.contains(UInt8(ascii: "\n"))
    }
}

extension SyncSchema {
    /// Rows of an older program tell of one record each.
    static let sharedRunItems = Migration(
        73, "shared run items", ["ALTER TABLE run_item ADD COLUMN records BIGINT NOT NULL DEFAULT 1"])
}
