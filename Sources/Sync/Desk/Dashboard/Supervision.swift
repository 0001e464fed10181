import Persistence
import Proresult

/// Everything that waits for a person, with what is needed to decide it. In a number of statements that does not grow.
public struct Supervision: Sendable {
    /// Worst first.
    public var attention: [Attention]
    public var shutter: ExportShutter?
    public var alarms: [ExportAlarm]
    /// The references among the alarms that are known here.
    public var knownReferences: Set<DocumentReference>
    /// Documents that wait for a decision, then those long in doubt, oldest first.
    public var documents: [ExportDocument]
    /// How many lines Visma refused.
    public var refused: [JobName: Int]
    public var brakes: [TombstoneBrake]
    public var deadMarks: [DeadMark]

    /// So many documents are shown; the list of documents has all.
    public static let documentsShown = 50

    public static func read(in transaction: CompanyTransaction) throws -> Supervision {
        let dashboard = try Dashboard.read(in: transaction)
        let alarms = try transaction.standingAlarms()
        let known = try transaction.query(
            """
            SELECT reference FROM export_document
            WHERE company_id = \(transaction.company) AND reference IN (\(list: alarms.map(\.reference)))
            ORDER BY reference
            """
        ).map { try $0.get("reference", as: DocumentReference.self) }
        let doubtSince = try transaction.now() - Dashboard.longDoubt
        let documents = try transaction.query(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(transaction.company)
                AND state IN ('needsReview', 'unknown') AND (state = 'needsReview' OR doubtful_at <= \(doubtSince))
            ORDER BY CASE state WHEN 'needsReview' THEN 1 ELSE 2 END, created_at, id LIMIT \(documentsShown)
            """
        ).map(ExportDocument.init)
        let refused = dashboard.jobs.reduce(into: [JobName: Int]()) { $0[$1.name] = $1.standings[.rejected] }
        return Supervision(
            attention: dashboard.attention, shutter: try ExportShutter.standing(in: transaction), alarms: alarms,
            knownReferences: Set(known), documents: documents, refused: refused,
            brakes: try TombstoneBrake.standing(in: transaction), deadMarks: try transaction.deadMarks())
    }
}
