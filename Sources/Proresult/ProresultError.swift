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
    case session
    case programKey = "program_key"
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
    /// On a project that came from Visma a person chooses one of its tasks.
    case workTypeNotFromVisma(name: String)

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
    /// Another system delivered something else under the same number of its own, and a leader has approved the first.
    case approvedDiffers
    /// An entry that reverses another has its figures from it.
    case reversalIsFixed

    // Locks
    case locked(RecordKind)
    case beingTransferred(RecordKind)
    case hasReturns
    case transferredElsewhere(RecordKind, reference: String)
    case notApproved

    // Access
    case passwordTooShort(least: Int)
    case passwordTooLong(most: Int)
    case passwordEasilyGuessed
    /// The password that was given to prove who one is.
    case passwordWrong
    /// Too many wrong passwords; the time when the next may be tried.
    case tooManyTries(until: Timestamp)
    /// An invitation that was used, is too old, or was never made.
    case invitationVoid
    /// The company has an administrator who can sign in.
    case alreadySetUp
    /// Somebody must be left who can let others in.
    case lastAdministrator
    case expiryOutOfRange(most: Int)

    // Withdrawals
    case quantityZero
    case freeTextNotAllowed
    case textPriceUnitFixed
    case costPriceFixed
    case extraCostNotAllowed
    case discountOutOfRange
    case returnOfReturn
    /// A return has its terms from the line it returns.
    case returnIsFixed
    case returnTooLarge(left: Decimal, unit: String)
}

extension ProresultError: CustomStringConvertible {
    public var description: String { english }

    /// The record whose rule was broken.
    public var record: RecordKind {
        switch self {
        case .notFound(let record, _), .vanished(let record), .required(let record, _),
            .unusableText(let record, _), .taken(let record, _, _, _), .inactive(let record, _),
            .tooManyDecimals(let record, _, _), .negative(let record, _), .notPositive(let record, _),
            .notAllowed(let record, _), .dateInFuture(let record, _), .locked(let record),
            .beingTransferred(let record), .transferredElsewhere(let record, _):
            record
        case .unknownSetting: .setting
        case .projectClosed, .projectNotClosed, .projectUnderItself: .project
        case .workTypeClosed, .workTypeOfOtherProject, .workTypeNotFromVisma: .projectWorkType
        case .itemGroupTooDeep: .itemGroup
        case .wrongStep, .sameApprover: .approval
        case .passwordTooShort, .passwordTooLong, .passwordEasilyGuessed, .passwordWrong, .tooManyTries,
            .invitationVoid, .alreadySetUp, .lastAdministrator:
            .user
        case .expiryOutOfRange: .programKey
        case .moreThan24Hours, .moreThan24HoursOnDay, .overtimeOverTotal, .billableOutsideTotal, .absenceIsPlain,
            .timesIncomplete, .breakTooLong, .timesDisagree, .dateTooOld, .illegalMove, .notTransferred,
            .alreadyReversed, .notReversed, .hasCorrection, .deleteOfApproved, .approvedDiffers,
            .reversalIsFixed, .notApproved:
            .hourEntry
        case .hasReturns, .quantityZero, .freeTextNotAllowed, .textPriceUnitFixed, .costPriceFixed,
            .extraCostNotAllowed, .discountOutOfRange, .returnOfReturn, .returnIsFixed, .returnTooLarge:
            .withdrawal
        }
    }

    /// The field to point at, under its name in Swift; nil when the fault is not in one field.
    public var field: String? {
        switch self {
        case .required(_, let field), .unusableText(_, let field), .taken(_, let field, _, _),
            .tooManyDecimals(_, let field, _), .negative(_, let field), .notPositive(_, let field):
            field
        case .inactive(let record, _): record.rawValue
        case .unknownSetting(let key, _): key
        case .projectClosed: "project"
        case .projectUnderItself: "parentProject"
        case .workTypeClosed, .workTypeOfOtherProject, .workTypeNotFromVisma: "workType"
        case .moreThan24Hours, .moreThan24HoursOnDay, .timesDisagree: "total"
        case .overtimeOverTotal: "overtime50"
        case .billableOutsideTotal: "billableHours"
        case .timesIncomplete: "to"
        case .breakTooLong: "breakMinutes"
        case .dateInFuture, .dateTooOld: "date"
        case .passwordTooShort, .passwordTooLong, .passwordEasilyGuessed, .passwordWrong: "password"
        case .expiryOutOfRange: "expiresAt"
        case .quantityZero, .returnTooLarge: "quantity"
        case .freeTextNotAllowed: "item"
        case .textPriceUnitFixed: "text"
        case .extraCostNotAllowed: "extraText"
        case .costPriceFixed: "costPrice"
        case .discountOutOfRange: "discountPercent"
        default: nil
        }
    }
}
