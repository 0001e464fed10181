import Persistence

public typealias ApprovalID = Identifier<Approval>

public enum ApprovalDecision: String, SQLConvertible, CaseIterable {
    case approved, rejected
}

/// One decision about one version of an hour entry. Never changed and never removed while the entry lives.
public struct Approval: CompanyRecord {
    public var id: ApprovalID
    public var hourEntryID: HourEntryID
    public var entryVersion: Int
    public var step: Int
    public var decision: ApprovalDecision
    /// The user name of the person who decided.
    public var decidedBy: String
    public var decidedAt: Timestamp
    public var comment: String

    public init(
        id: ApprovalID, hourEntryID: HourEntryID, entryVersion: Int, step: Int, decision: ApprovalDecision,
        decidedBy: String, decidedAt: Timestamp, comment: String = ""
    ) {
        self.id = id
        self.hourEntryID = hourEntryID
        self.entryVersion = entryVersion
        self.step = step
        self.decision = decision
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.comment = comment
    }

    public static let kind = RecordKind.approval
    public static let columns = [
        "id", "hour_entry_id", "entry_version", "step", "decision", "decided_by", "decided_at", "comment",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, hourEntryID.sqlValue, entryVersion.sqlValue, step.sqlValue, decision.sqlValue,
            decidedBy.sqlValue, decidedAt.sqlValue, comment.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        hourEntryID = try row.get("hour_entry_id")
        entryVersion = try row.get("entry_version")
        step = try row.get("step")
        decision = try row.get("decision")
        decidedBy = try row.get("decided_by")
        decidedAt = try row.get("decided_at")
        comment = try row.get("comment")
    }
}
