import Foundation
import Persistence

public typealias HourEntryID = Identifier<HourEntry>

/// Where an entry stands. With one-step approval the second case is skipped; `transferred` is locked.
public enum ApprovalState: String, SQLConvertible, CaseIterable {
    case registered, approvedStep1, approved, rejected, transferred
}

/// The hours of one worker on one day on one work type of a project. Overtime is a part of the total, not on top of it.
public struct HourEntry: CompanyRecord {
    public var id: HourEntryID
    /// The name that a file gave this entry, so that the same file can be read twice.
    public var externalReference: String?
    public var workerID: WorkerID
    public var projectID: ProjectID
    public var projectWorkTypeID: ProjectWorkTypeID
    public var date: CalendarDate
    public var from: TimeOfDay?
    public var to: TimeOfDay?
    public var breakMinutes: Int
    /// Exact hundredths of an hour, like all hours here; negative only when the entry reverses another.
    public var total: Decimal
    public var overtime50: Decimal
    public var overtime100: Decimal
    public var billableHours: Decimal
    public var comment: String
    public var internalNote: String
    public var state: ApprovalState
    /// Grows with every change of what was registered, so that an approval or an export can say what it saw.
    public var version: Int
    public var reversesEntryID: HourEntryID?
    public var correctsEntryID: HourEntryID?
    public var transferredAt: Timestamp?
    public var transferredRun: String?
    public var transferredReference: String?
    public var createdAt: Timestamp

    public init(
        id: HourEntryID, externalReference: String? = nil, workerID: WorkerID, projectID: ProjectID,
        projectWorkTypeID: ProjectWorkTypeID, date: CalendarDate, from: TimeOfDay? = nil, to: TimeOfDay? = nil,
        breakMinutes: Int = 0, total: Decimal, overtime50: Decimal = 0, overtime100: Decimal = 0,
        billableHours: Decimal = 0, comment: String = "", internalNote: String = "",
        state: ApprovalState = .registered, version: Int = 1, reversesEntryID: HourEntryID? = nil,
        correctsEntryID: HourEntryID? = nil, transferredAt: Timestamp? = nil, transferredRun: String? = nil,
        transferredReference: String? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.externalReference = externalReference
        self.workerID = workerID
        self.projectID = projectID
        self.projectWorkTypeID = projectWorkTypeID
        self.date = date
        self.from = from
        self.to = to
        self.breakMinutes = breakMinutes
        self.total = total
        self.overtime50 = overtime50
        self.overtime100 = overtime100
        self.billableHours = billableHours
        self.comment = comment
        self.internalNote = internalNote
        self.state = state
        self.version = version
        self.reversesEntryID = reversesEntryID
        self.correctsEntryID = correctsEntryID
        self.transferredAt = transferredAt
        self.transferredRun = transferredRun
        self.transferredReference = transferredReference
        self.createdAt = createdAt
    }

    public static let kind = RecordKind.hourEntry
    public static let columns = [
        "id", "external_reference", "worker_id", "project_id", "project_work_type_id", "work_date", "from_time",
        "to_time", "break_minutes", "total_hours", "overtime50", "overtime100", "billable_hours", "comment",
        "internal_note", "state", "version", "reverses_entry_id", "corrects_entry_id", "transferred_at",
        "transferred_run", "transferred_reference", "created_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, externalReference.sqlValue, workerID.sqlValue, projectID.sqlValue,
            projectWorkTypeID.sqlValue, date.sqlValue, from.sqlValue, to.sqlValue, breakMinutes.sqlValue,
            total.sqlValue, overtime50.sqlValue, overtime100.sqlValue, billableHours.sqlValue, comment.sqlValue,
            internalNote.sqlValue, state.sqlValue, version.sqlValue, reversesEntryID.sqlValue,
            correctsEntryID.sqlValue, transferredAt.sqlValue, transferredRun.sqlValue, transferredReference.sqlValue,
            createdAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        externalReference = try row.get("external_reference")
        workerID = try row.get("worker_id")
        projectID = try row.get("project_id")
        projectWorkTypeID = try row.get("project_work_type_id")
        date = try row.get("work_date")
        from = try row.get("from_time")
        to = try row.get("to_time")
        breakMinutes = try row.get("break_minutes")
        total = try row.get("total_hours")
        overtime50 = try row.get("overtime50")
        overtime100 = try row.get("overtime100")
        billableHours = try row.get("billable_hours")
        comment = try row.get("comment")
        internalNote = try row.get("internal_note")
        state = try row.get("state")
        version = try row.get("version")
        reversesEntryID = try row.get("reverses_entry_id")
        correctsEntryID = try row.get("corrects_entry_id")
        transferredAt = try row.get("transferred_at")
        transferredRun = try row.get("transferred_run")
        transferredReference = try row.get("transferred_reference")
        createdAt = try row.get("created_at")
    }
}
