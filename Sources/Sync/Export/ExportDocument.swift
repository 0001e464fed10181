import Crypto
import Foundation
import Persistence
import Proresult

/// A document on its way: written before the network is touched, and the only memory of what was sent.
///
///     ready → sending → confirmed | rejected | unknown
///     unknown → confirmed | ready (proved absent, twice) | needsReview
///     needsReview → confirmed | voided | ready (a person, with a reason)
public struct ExportDocument: Sendable {
    public enum State: String, SQLConvertible, CaseIterable {
        case ready, sending, unknown, confirmed, rejected, needsReview, voided

        /// Nothing of it is on the way any more, so its records may be changed again.
        var letsGo: Bool { self == .ready || self == .rejected || self == .voided }
    }

    public let id: ExportDocumentID
    public let kind: JobName
    public let project: String
    public let period: String
    public let reference: DocumentReference
    /// The frozen text; it never changes.
    public let payload: String
    public let state: State
    /// How it is sent, since its first attempt.
    public let mode: ExportMode
    public let attempts: Int
    /// When the outcome of an attempt first became unknown; stays, because a late arrival stays possible.
    public let doubtfulAt: Timestamp?
    /// The last moment at which a former owner could still have sent it.
    public let settledFrom: Timestamp?
    public let absentCount: Int
    public let nextStepAt: Timestamp
    public let erpNumber: String?
    /// The queued call that may still store it.
    public let erpJob: String?
    public let explanation: String?
    public let createdAt: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        project = try row.get("project_number")
        period = try row.get("period")
        reference = try row.get("reference")
        payload = try row.get("payload")
        state = try row.get("state")
        mode = try row.get("mode")
        attempts = try row.get("attempts")
        doubtfulAt = try row.get("doubtful_at")
        settledFrom = try row.get("settled_from")
        absentCount = try row.get("absent_count")
        nextStepAt = try row.get("next_step_at")
        erpNumber = try row.get("erp_number")
        erpJob = try row.get("erp_job")
        explanation = try row.get("explanation")
        createdAt = try row.get("created_at")
    }

    static let columns = """
        id, kind, project_number, period, reference, payload, state, mode, attempts, doubtful_at, settled_from,
        absent_count, next_step_at, erp_number, erp_job, explanation, created_at
        """

    public func transaction() throws -> ProjectTransaction { try ProjectTransaction(frozen: payload) }

    static func sha256(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension CompanyTransaction {
    /// The documents of a kind in one of some states, oldest first.
    public func documents(_ kind: JobName, in states: [ExportDocument.State]) throws -> [ExportDocument] {
        // Ordered by a sum: to save the sort SQLite would walk through all documents in the order of their making.
        try query(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND kind = \(kind) AND state IN (\(list: states))
            ORDER BY created_at + 0, id
            """
        ).map(ExportDocument.init)
    }

    public func document(_ id: ExportDocumentID) throws -> ExportDocument? {
        try first(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND id = \(id)
            """
        ).map(ExportDocument.init)
    }

    /// Which records a document holds, with the version that was frozen.
    func sources(of document: ExportDocumentID) throws -> [(kind: ExportCandidate.SourceKind, id: String, version: Int)]
    {
        try query(
            """
            SELECT source_kind, source_id, source_version, min(position) AS place FROM export_line
            WHERE company_id = \(company) AND document_id = \(document)
            GROUP BY source_kind, source_id, source_version ORDER BY place
            """
        ).map { row in try (row.get("source_kind"), row.get("source_id"), row.get("source_version")) }
    }

    /// Moves a document from one of some states to another and tells the audit trail why. False when it is in none of
    /// them any more: then nothing was written. Whoever begins to send one that was ready holds its records first.
    func move(
        _ document: ExportDocument, from states: [ExportDocument.State], to state: ExportDocument.State,
        because reason: String, by actor: String, setting changes: DocumentChanges = DocumentChanges()
    ) throws -> Bool {
        let now = try now()
        let before = try first(
            "SELECT state FROM export_document WHERE company_id = \(company) AND id = \(document.id)"
        )?.get("state", as: ExportDocument.State.self)
        guard let before, states.contains(before) else { return false }
        let moved = try execute(
            """
            UPDATE export_document SET state = \(state), changed_at = \(now), explanation = \(reason),
                next_step_at = \(changes.nextStepAt ?? now),
                attempts = attempts + \(changes.newAttempt ? 1 : 0),
                doubtful_at = coalesce(doubtful_at, CAST(\(changes.doubtfulAt) AS BIGINT)),
                settled_from = coalesce(CAST(\(changes.settledFrom) AS BIGINT), settled_from),
                absent_count = \(changes.absentCount ?? document.absentCount),
                erp_number = coalesce(CAST(\(changes.erpNumber) AS TEXT), erp_number),
                erp_version = coalesce(CAST(\(changes.erpVersion) AS TEXT), erp_version),
                erp_job = \(changes.erpJob), mode = coalesce(CAST(\(changes.mode) AS TEXT), mode)
            WHERE company_id = \(company) AND id = \(document.id) AND state = \(before)
            """)
        guard moved == 1 else { return false }
        // On its way or in doubt, a record must not change under the document; otherwise it may.
        if state == .sending, before != .ready {
            try demandHold(document.id)
        } else if state.letsGo {
            try letGo(document.id)
        }
        try audit(
            by: actor, "document \(state.rawValue)", of: "document", document.id.text, because: reason,
            before: before.rawValue, after: state.rawValue)
        return true
    }

    /// Locks the records of a document. False when one of them is not any more what was frozen (same version, still
    /// approved): some may be locked then, until the document lets go.
    func hold(_ document: ExportDocumentID) throws -> Bool {
        let sources = try sources(of: document)
        let hours = sources.filter { $0.kind == .hourEntry }.map { (HourEntryID($0.id), $0.version) }
        let goods = sources.filter { $0.kind == .withdrawal }.map { (WithdrawalID($0.id), $0.version) }
        return try HourEntry.hold(hours, run: document.text, in: self)
            && Withdrawal.hold(goods, run: document.text, in: self)
    }

    /// The same where nothing can have changed.
    func demandHold(_ document: ExportDocumentID) throws {
        guard try hold(document) else { throw SQLError.unreadable("a record has changed under \(document)") }
    }

    func letGo(_ document: ExportDocumentID) throws {
        let ids = try sources(of: document)
        try HourEntry.release(ids.filter { $0.kind == .hourEntry }.map { HourEntryID($0.id) }, in: self)
        try Withdrawal.release(ids.filter { $0.kind == .withdrawal }.map { WithdrawalID($0.id) }, in: self)
    }

    /// Gives the sources of a document free, so that they may stand in another.
    func releaseLines(of document: ExportDocumentID) throws {
        try execute(
            """
            UPDATE export_line SET released_at = \(now())
            WHERE company_id = \(company) AND document_id = \(document) AND released_at IS NULL
            """)
    }
}

/// What changes with a document's state.
struct DocumentChanges {
    var nextStepAt: Timestamp?
    var newAttempt = false
    var doubtfulAt: Timestamp?
    var settledFrom: Timestamp?
    var absentCount: Int?
    var erpNumber: String?
    var erpVersion: String?
    /// Kept only while the call is queued: every other move forgets it.
    var erpJob: String?
    var mode: ExportMode?
}
