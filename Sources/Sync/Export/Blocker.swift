import Persistence

/// A reason why a line cannot go to the ERP now, as data: the board, the preview, the command line and the API all
/// show the same value. A line has all its reasons, not the first.
public enum Blocker: Sendable, Hashable {
    case notApproved
    case rejectedByLeader
    case workerNotLinked(worker: String)
    /// The number on the worker belongs to nobody who is active in the ERP.
    case employeeNotInERP(worker: String, number: String)
    case projectNotLinked(project: String)
    case projectClosed(project: String)
    case projectSuspended(project: String)
    case absenceProject(project: String)
    case workTypeNotFromVisma(workType: String)
    case taskClosed(project: String, task: String)
    /// The task that the settings name for withdrawals does not exist on this project.
    case taskNotOnProject(project: String, task: String)
    case noWage(worker: String, date: CalendarDate)
    case noPrice(item: String)
    case badQuantity
    case settingMissing(SyncSettings.Key)
    /// An account in the settings that the ERP does not have, or that is inactive there.
    case accountNotUsable(account: String)
    case itemInactive(item: String)
    case periodMissing(date: CalendarDate)
    case periodClosed(period: String)
    case beforeStartDate(start: CalendarDate)
    /// A return can only go when what it returns has gone.
    case originalNotTransferred
    /// The ERP read the line and refused it; it waits for a person.
    case refusedByERP(explanation: String)

    /// Who can mend it.
    public enum Mender: String, Sendable { case leader, administrator, bookkeeper, worker }

    /// The reason without the names of records: for machines, for counting, and for what is told about it in general.
    public enum Reason: String, Sendable, CaseIterable {
        case notApproved, rejectedByLeader, workerNotLinked, employeeNotInERP, projectNotLinked, projectClosed
        case projectSuspended, absenceProject, workTypeNotFromVisma, taskClosed, taskNotOnProject, noWage
        case noPrice, badQuantity, settingMissing, accountNotUsable, itemInactive, periodMissing, periodClosed
        case beforeStartDate, originalNotTransferred, refusedByERP
    }

    public var reason: Reason {
        switch self {
        case .notApproved: .notApproved
        case .rejectedByLeader: .rejectedByLeader
        case .workerNotLinked: .workerNotLinked
        case .employeeNotInERP: .employeeNotInERP
        case .projectNotLinked: .projectNotLinked
        case .projectClosed: .projectClosed
        case .projectSuspended: .projectSuspended
        case .absenceProject: .absenceProject
        case .workTypeNotFromVisma: .workTypeNotFromVisma
        case .taskClosed: .taskClosed
        case .taskNotOnProject: .taskNotOnProject
        case .noWage: .noWage
        case .noPrice: .noPrice
        case .badQuantity: .badQuantity
        case .settingMissing: .settingMissing
        case .accountNotUsable: .accountNotUsable
        case .itemInactive: .itemInactive
        case .periodMissing: .periodMissing
        case .periodClosed: .periodClosed
        case .beforeStartDate: .beforeStartDate
        case .originalNotTransferred: .originalNotTransferred
        case .refusedByERP: .refusedByERP
        }
    }

    /// The stable name of the reason.
    public var code: String { reason.rawValue }

    public var mender: Mender { reason.mender }
}

extension Blocker.Reason {
    /// That the line does not go is as it should be: absence, and what is older than the start date.
    public var isMeant: Bool { self == .absenceProject || self == .beforeStartDate }

    public var mender: Blocker.Mender {
        switch self {
        case .notApproved, .rejectedByLeader, .workTypeNotFromVisma, .badQuantity: .leader
        case .periodMissing, .periodClosed, .projectClosed, .projectSuspended, .taskClosed: .bookkeeper
        case .accountNotUsable, .itemInactive, .refusedByERP, .originalNotTransferred: .bookkeeper
        case .workerNotLinked, .employeeNotInERP, .projectNotLinked, .absenceProject, .taskNotOnProject, .noWage,
            .noPrice:
            .administrator
        case .settingMissing, .beforeStartDate: .administrator
        }
    }
}
