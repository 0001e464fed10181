import Foundation
import Persistence
import Proresult

/// Where a record stands on its way to the ERP.
public enum BoardStanding: String, Sendable, CaseIterable {
    case ready
    /// Something hinders it, and a person can mend it.
    case stopped
    /// The ERP read it and refused it.
    case rejected
    /// In a document that is ready or being sent, or confirmed and about to be locked.
    case underWay
    /// Sent, and nobody knows yet whether it arrived.
    case inDoubt
    /// In a document that waits for a person's decision.
    case needsReview
    /// Hours that a leader has not approved; nothing is wrong with them.
    case notApproved
    case sent
    /// Is not meant to go: absence, and what is older than the start date.
    case stays

    public var text: Text {
        switch self {
        case .ready: Text("Klar", "Ready")
        case .stopped: Text("Stoppet", "Stopped")
        case .rejected: Text("Avvist av Visma", "Refused by Visma")
        case .underWay: Text("Underveis", "Under way")
        case .inDoubt: Text("Uavklart", "In doubt")
        case .needsReview: Text("Må vurderes", "Needs review")
        case .notApproved: Text("Ikke godkjent", "Not approved")
        case .sent: Text("Overført", "Transferred")
        case .stays: Text("Overføres ikke", "Not transferred")
        }
    }
}

/// One record of ours on the ready board.
public struct BoardLine: Sendable {
    /// Why it cannot go, who can mend it and where.
    public struct Reason: Sendable, Hashable {
        public var blocker: Blocker
        public var place: MendingPlace
        public var code: String { blocker.code }
        public var mender: Blocker.Mender { blocker.mender }
    }

    /// The document that carries it.
    public struct Document: Sendable, Hashable {
        public var reference: DocumentReference
        public var state: ExportDocument.State
        /// Its number in the ERP, where it has one.
        public var erpNumber: String?
        public var changedAt: Timestamp
    }

    public var record: SourceRecord
    public var job: JobName
    public var date: CalendarDate
    public var workerID: WorkerID
    public var workerName: String
    public var projectID: ProjectID
    public var projectNumber: String
    public var projectName: String
    /// The work type's name, or the text of what was taken out.
    public var matter: String
    /// Hours, or the number of what was taken out.
    public var quantity: Decimal
    /// Kroner.
    public var amount: Decimal
    /// `YYYYPP`; nil when there is no period to put it in.
    public var period: String?
    public var standing: BoardStanding
    /// All of them, not the first; empty for what is not stopped.
    public var reasons: [Reason]
    /// Nil for what no document carries.
    public var document: Document?
}

extension BoardLine {
    init(_ candidate: ExportCandidate, settings: SyncSettings) {
        let isUnapproved = candidate.blockers.contains { $0 == .notApproved || $0 == .rejectedByLeader }
        let isRefused = candidate.blockers.contains { if case .refusedByERP = $0 { true } else { false } }
        // What else is the matter with a line that is not meant to go is nobody's work.
        let meant = candidate.blockers.filter(\.reason.isMeant)
        let standing: BoardStanding =
            !meant.isEmpty
            ? .stays : isUnapproved ? .notApproved : isRefused ? .rejected : candidate.canGo ? .ready : .stopped
        let reasons = meant.isEmpty ? candidate.blockers : meant
        self.init(
            record: SourceRecord(candidate.kind, candidate.id), job: candidate.job, date: candidate.date,
            workerID: candidate.workerID, workerName: candidate.workerName, projectID: candidate.projectID,
            projectNumber: candidate.projectNumber, projectName: candidate.projectName, matter: candidate.matter,
            quantity: candidate.quantity, amount: candidate.amount,
            period: candidate.period.isEmpty ? nil : candidate.period, standing: standing,
            reasons: reasons.map { Reason(blocker: $0, place: $0.place(of: candidate, settings: settings)) }
        )
    }
}
