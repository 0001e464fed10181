import Persistence

/// What hours and withdrawals each add to the one export: which records wait, and how one becomes lines.
protocol ExportedKind: Sendable {
    var kind: JobName { get }
    var settings: SyncSettings { get }
    var accounts: ExportAccounts { get }
    /// The settings without which nothing of this kind can go.
    var missingSettings: [SyncSettings.Key] { get }
    /// Nothing older is sent.
    var startDate: CalendarDate? { get }
    /// Everything that is not in the ERP and in no open document, with the reasons that lie in the record itself.
    func candidates(in transaction: CompanyTransaction) throws -> [ExportCandidate]
    /// Whether there is such a record at all; with `mayGo` only one that is as far as it must be here.
    func anyWaits(mayGo: Bool, in transaction: CompanyTransaction) throws -> Bool
    /// Locks the sources for good: set to a value, so that it may be done twice.
    func markTransferred(
        _ sources: [String], run: String, reference: String, in transaction: CompanyTransaction
    ) throws
}

struct ExportAccounts: Sendable {
    var debit: String?
    var credit: String?
    var debitSubaccount: String?
    var creditSubaccount: String?
    var group: String?
}

extension ExportedKind {
    var sourceKind: ExportCandidate.SourceKind { kind == .hours ? .hourEntry : .withdrawal }

    /// Everything that waits, each with its period and all its reasons. Without facts only what lies here is judged, and
    /// no line has a period.
    func board(facts: ERPFacts?, period chosen: String?, in transaction: CompanyTransaction) throws
        -> [ExportCandidate]
    {
        let common = missingSettings.map(Blocker.settingMissing) + (facts.map(unusableAccounts) ?? [])
        return try candidates(in: transaction).map { candidate in
            var candidate = candidate
            candidate.blockers += common
            if let facts, !candidate.employee.isEmpty, !facts.isActive(employee: candidate.employee) {
                candidate.blockers.append(
                    .employeeNotInERP(worker: candidate.workerName, number: candidate.employee))
            }
            if let startDate, candidate.date < startDate {
                candidate.blockers.append(.beforeStartDate(start: startDate))
            }
            if let chosen {
                candidate.period = chosen
            } else if let facts {
                place(&candidate, facts: facts)
            }
            return candidate
        }
    }

    private func unusableAccounts(facts: ERPFacts) -> [Blocker] {
        let unusable = [accounts.debit, accounts.credit].compactMap { $0 }.filter { !facts.isUsable(account: $0) }
        return Set(unusable).sorted().map(Blocker.accountNotUsable(account:))
    }

    private func place(_ candidate: inout ExportCandidate, facts: ERPFacts) {
        guard let own = facts.period(of: candidate.date) else {
            candidate.blockers.append(.periodMissing(date: candidate.date))
            return
        }
        if own.isOpen {
            candidate.period = own.id
        } else if settings.closedPeriod == .nextOpen, let next = facts.nextOpenPeriod(after: own) {
            candidate.period = next.id
        } else {
            candidate.blockers.append(.periodClosed(period: own.id))
        }
    }
}

func exportedKind(of job: JobName, settings: SyncSettings) -> any ExportedKind {
    job == .hours ? HoursExport(settings: settings) : WithdrawalsExport(settings: settings)
}
