import Persistence
import Proresult

/// One of our records that becomes lines: hours or a withdrawal.
public struct SourceRecord: Sendable, Hashable, Comparable {
    public var kind: ExportCandidate.SourceKind
    public var id: String

    public init(_ kind: ExportCandidate.SourceKind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    public static func < (one: Self, other: Self) -> Bool {
        (one.kind.rawValue, one.id) < (other.kind.rawValue, other.id)
    }
}

/// Where a person goes to mend what stops a line, so that a page can put the button there.
public enum MendingPlace: Sendable, Hashable {
    /// The worker's Visma.net employee number.
    case worker(WorkerID)
    case wage(WorkerID)
    case project(ProjectID)
    /// Another work type for these hours.
    case workTypeOfEntry(HourEntryID)
    case approval(HourEntryID)
    /// The hours or the withdrawal itself.
    case record(SourceRecord)
    case item(ItemID)
    case setting(SyncSettings.Key)
    /// The periods, which accounting opens in the ERP.
    case periods
    /// A document that waits for a person's decision.
    case review(DocumentReference)
}

extension Blocker {
    /// Where the reason is mended for one record.
    func place(of candidate: ExportCandidate, settings: SyncSettings) -> MendingPlace {
        let record = MendingPlace.record(SourceRecord(candidate.kind, candidate.id))
        let isHours = candidate.kind == .hourEntry
        switch self {
        case .notApproved, .rejectedByLeader: return .approval(HourEntryID(candidate.id))
        case .workerNotLinked, .employeeNotInERP: return .worker(candidate.workerID)
        case .projectNotLinked, .projectClosed, .projectSuspended, .absenceProject:
            return .project(candidate.projectID)
        case .workTypeNotFromVisma, .taskClosed:
            return isHours ? .workTypeOfEntry(HourEntryID(candidate.id)) : record
        case .taskNotOnProject: return .setting(.withdrawalsTask)
        case .noWage: return .wage(candidate.workerID)
        case .noPrice, .badQuantity, .refusedByERP: return record
        case .settingMissing(let key): return .setting(key)
        case .accountNotUsable(let account):
            let (debit, credit): (SyncSettings.Key, SyncSettings.Key) =
                isHours
                ? (.hoursDebitAccount, .hoursCreditAccount) : (.withdrawalsDebitAccount, .withdrawalsCreditAccount)
            return .setting(settings[debit] == account ? debit : credit)
        case .itemInactive: return candidate.itemID.map(MendingPlace.item) ?? record
        case .periodMissing, .periodClosed: return .periods
        case .beforeStartDate: return .setting(isHours ? .hoursStartDate : .withdrawalsStartDate)
        case .originalNotTransferred:
            return candidate.originalID.map { .record(SourceRecord(candidate.kind, $0)) } ?? record
        }
    }
}
