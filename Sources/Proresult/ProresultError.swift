import Foundation
import Persistence

/// The kinds of record, under the names of their tables.
public enum RecordKind: String, Sendable, Hashable, CaseIterable {
    case company
    case setting
    case user = "app_user"
    case worker
    case wage = "worker_wage"
    case customer
    case project
    case workType = "work_type"
    case projectWorkType = "project_work_type"
    case itemGroup = "item_group"
    case item
    case hourEntry = "hour_entry"
    case approval
    case withdrawal
}

/// A rule that somebody's input or action broke: nothing was written, and a person can mend it. The words are in
/// `Texts.swift`; faults of the database are `SQLError`.
public enum ProresultError: Error, Sendable, Hashable {
    // Any record
    case notFound(RecordKind, key: String)
    /// A row that was read a moment ago is gone.
    case vanished(RecordKind)
    case required(RecordKind, field: String)
    /// A text with characters that cannot be stored, or longer than the field takes.
    case unusableText(RecordKind, field: String)
    /// A number or name that must be one's own; `holder` is who has it.
    case taken(RecordKind, field: String, value: String, holder: String)
    case inactive(RecordKind, name: String)
    case tooManyDecimals(RecordKind, field: String, limit: Int)
    case negative(RecordKind, field: String)
    case notPositive(RecordKind, field: String)
    case unknownSetting(key: String, value: String)
    /// The action is not for this role.
    case notAllowed(RecordKind, username: String)

    // Projects and work types
    case projectClosed(number: String)
    case projectNotClosed(number: String)
    /// A project cannot lie under itself or under one of its own sub-projects.
    case projectUnderItself(number: String)
    case workTypeClosed(name: String)
    case workTypeOfOtherProject(name: String)

    // Item groups
    case itemGroupTooDeep(name: String)

    // Hours
    case moreThan24Hours(total: Decimal)
    case moreThan24HoursOnDay(date: CalendarDate, total: Decimal)
    case overtimeOverTotal
    case billableOutsideTotal
    /// Absence has neither overtime nor billable hours.
    case absenceIsPlain
    case timesIncomplete
    case breakTooLong
    case timesDisagree(expected: Decimal)
    case dateInFuture(RecordKind, CalendarDate)
    case dateTooOld(CalendarDate, daysBack: Int)
    case illegalMove(from: ApprovalState, to: ApprovalState)
    case wrongStep(expected: Int)
    case sameApprover(username: String)
    case notTransferred
    case alreadyReversed
    case notReversed
    case hasCorrection
    case deleteOfApproved
    /// An entry that reverses another has its figures from it.
    case reversalIsFixed

    // Locks
    case locked(RecordKind)
    case beingTransferred(RecordKind)
    case hasReturns
    case transferredElsewhere(RecordKind, reference: String)
    case notApproved

    // Withdrawals
    case quantityZero
    case freeTextNotAllowed
    case textPriceUnitFixed
    case discountOutOfRange
    case returnOfReturn
    /// A return has its terms from the line it returns.
    case returnIsFixed
    case returnTooLarge(left: Decimal, unit: String)
}
