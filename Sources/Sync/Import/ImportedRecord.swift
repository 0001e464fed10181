import Foundation
import Persistence
import Proresult

/// What one kind of record adds to the one import algorithm (`ImportRun`): where its rows come from, which record here
/// is the same one, and which fields the ERP owns.
protocol ImportedRecord: Sendable {
    associatedtype Row: ERPRow
    associatedtype Local: LinkedRecord
    /// What must be known beside a page's rows, read once per page.
    associatedtype Beside

    var resource: ImportResource { get }

    func page(_ request: ERPPageRequest, from connector: any ERPConnector) async throws -> ERPPage<Row>
    /// Asks the ERP for what the rows only point at, while no transaction is open.
    func prepare(_ rows: [Row], after cursor: ImportCursor, in context: RunContext) async throws
    func beside(_ rows: [Row], in transaction: CompanyTransaction) throws -> Beside
    /// The records that have a row's link or number, in one query.
    func existing(_ rows: [Row], _ beside: Beside, in transaction: CompanyTransaction) throws -> [Local]

    /// The number by which a row and a record are the same; nil for a row that is none of ours.
    func key(of row: Row, _ beside: Beside) -> String?
    func key(of local: Local) -> String
    /// How a run tells of the row.
    func label(of row: Row, _ beside: Beside) -> String

    /// Why a person must look at the pair before anything is written; nil for most.
    func objection(_ local: Local, _ row: Row, _ beside: Beside) -> String?
    /// False for a row that makes no record here and takes none over; one that we already have is kept.
    func isWanted(_ row: Row) -> Bool
    /// A record for a row that we do not have, still without the owned fields.
    func make(_ row: Row, _ beside: Beside, in transaction: CompanyTransaction) throws -> Local
    /// Sets the owned fields, all but the link, and nothing else.
    func overwrite(_ local: inout Local, with row: Row, _ beside: Beside)

    /// Called when a page brought records that were not linked before.
    func didLink(in transaction: CompanyTransaction) throws
    /// Told beside what happened, such as a project that the ERP took back into planning.
    func warning(_ local: Local, _ row: Row) -> String?
}

extension ImportedRecord {
    func prepare(_ rows: [Row], after cursor: ImportCursor, in context: RunContext) async throws {}
    func objection(_ local: Local, _ row: Row, _ beside: Beside) -> String? { nil }
    func isWanted(_ row: Row) -> Bool { true }
    func didLink(in transaction: CompanyTransaction) throws {}
    func warning(_ local: Local, _ row: Row) -> String? { nil }
}

extension String {
    /// Numbers compare exactly, case and leading zeros too, but for the blanks that the ERP pads them with.
    public var unpadded: String { hasBareEnds ? self : trimmingCharacters(in: .whitespacesAndNewlines) }

    /// True where a look at the bytes shows that there is nothing to cut: ASCII, or one of the letters that begin with C3,
    /// such as Ø.
    private var hasBareEnds: Bool {
        guard let first = utf8.first, let last = utf8.last else { return true }
        let isLastBare = (0x21...0x7E).contains(last) || utf8.dropLast().last == 0xC3
        return ((0x21...0x7E).contains(first) || first == 0xC3) && isLastBare
    }
}

/// A row of a list of the ERP.
protocol ERPRow: Sendable {
    var id: String { get }
    var name: String { get }
    var modifiedAt: ERPTime? { get }
}

extension ERPCustomer: ERPRow {}
extension ERPProject: ERPRow {}
extension ERPTask: ERPRow {}
extension ERPItem: ERPRow {}

/// A record of ours that can be linked to one of the ERP's.
protocol LinkedRecord: CompanyRecord {
    /// What a run calls it.
    static var word: String { get }
    /// The columns that the ERP owns, without the link's own.
    static var ownedColumns: Set<String> { get }
    static var numberColumn: String { get }
    /// SQL for how a run tells of the record.
    static var labelSQL: String { get }
    /// What it is called when such a record can no longer be used, and when it can again.
    static var wordForShut: RunItem.Happened { get }
    static var wordForOpened: RunItem.Happened { get }

    var name: String { get }
    var erpID: String? { get set }
    var erpModifiedAt: String? { get set }
    var erpMissingPasses: Int { get set }
    var erpDeletedAt: Timestamp? { get set }
    var isUsable: Bool { get }
    mutating func shut(at now: Timestamp)
}

extension LinkedRecord {
    static var numberColumn: String { "number" }
    static var labelSQL: String { numberColumn }
    private static var linkColumns: Set<String> {
        ["erp_id", "erp_modified_at", "erp_missing_passes", "erp_deleted_at"]
    }

    /// Writes the owned columns, what lists make of them, and the link, so that no import can undo what a person does to
    /// the others.
    static func overwrite(_ many: [Self], in transaction: CompanyTransaction) throws {
        guard !many.isEmpty else { return }
        let written = columns.indices.filter {
            ownedColumns.contains(columns[$0]) || linkColumns.contains(columns[$0])
        }
        let names = written.map { columns[$0] } + listColumns
        let changes = names.enumerated().map { "\($1) = $\($0 + 3)" }.joined(separator: ", ")
        try transaction.executeMany(
            "UPDATE \(kind.rawValue) SET \(changes) WHERE company_id = $1 AND id = $2",
            many.map { record in
                let values = record.values
                return [transaction.company.sqlValue, record.id.sqlValue] + written.map { values[$0] }
                    + record.listValues
            })
    }

    /// The owned columns that differ, with the values before and after.
    func changes(to other: Self) -> [(column: String, before: SQLValue, after: SQLValue)] {
        zip(Self.columns, zip(values, other.values)).compactMap { column, pair in
            guard Self.ownedColumns.contains(column), pair.0 != pair.1 else { return nil }
            return (column, pair.0, pair.1)
        }
    }
}
