import Persistence
import Proresult
import Sync
import Synchronization
import VismaNetSandbox

extension World {
    /// The storm is over: nothing fails any more, people mend what is theirs to mend, and time passes. Then everything
    /// that was approved must have gone, once.
    func calmDown() async throws {
        state.withLock { state in
            state.isCalm = true
            state.agenda.removeAll { if case .restore = $0.what { true } else { false } }
        }
        tell("storm", "over")
        let over = clock.erp
        reopen()
        for round in 0..<Self.mostRounds {
            try await mend(round)
            try await live(until: clock.erp + .seconds(1860))
            if try await isDone() {
                let rested = clock.erp - over
                state.withLock { $0.restedAfter = rested }
                return try await importOnceMore()
            }
        }
        violate("I3", "not done \(Self.mostRounds * 31) minutes after the storm: \(try await openWork())")
    }

    /// Periods and projects that were closed.
    func reopen() {
        for tenant in Haven.tenants {
            sandbox.edit(tenant) { records, stamp in
                for index in records.periods.indices { records.periods[index].closedInGeneralLedger = false }
                for index in records.projects.indices where Haven.projects.contains(records.projects[index].projectID) {
                    records.projects[index].status = "Active"
                    records.projects[index].lastModified = stamp
                }
            }
        }
    }

    private static let mostRounds = 130

    /// After the last change in the ERP.
    private func importOnceMore() async throws {
        let companies = Haven.companies.prefix(weather.theme == .companies ? 2 : 1)
        for _ in 0..<10 {
            let asked = clock.now
            for company in companies.indices {
                try await reconnect(company)
                for job in [JobName.customers, .projects, .items] {
                    _ = try await inCompany(company) { try $0.requestRun(of: job, by: "kontoret") }
                }
            }
            try await live(until: clock.erp + .seconds(120))
            let succeeded = try await database.transactionAcrossCompanies { connection in
                try connection.query(
                    """
                    SELECT DISTINCT company_id, job FROM run WHERE started_at >= \(asked) AND outcome = 'succeeded'
                    AND job IN ('customers', 'projects', 'items')
                    """
                ).count
            }
            if succeeded >= companies.count * 3 { return }
            // A gate that was closed for an hour, or a breaker, lets nothing through yet.
            try await live(until: clock.erp + .seconds(1800))
        }
        violate("I9", "no import succeeds any more")
    }

    private func mend(_ round: Int) async throws {
        let companies = weather.theme == .companies ? [0, 1] : [0]
        for company in companies {
            try await reconnect(company)
            try await decide(company)
            _ = try await inCompany(company) { transaction in
                for job in [JobName.hours, .withdrawals] {
                    // What the ERP refused while something was closed may go now.
                    _ = try ExportReview.retryRefused(job, by: "kontoret", in: transaction)
                    _ = try transaction.requestRun(of: job, by: "kontoret")
                }
                if round == 0 {
                    for job in [JobName.customers, .projects, .items] {
                        _ = try transaction.requestRun(of: job, by: "kontoret")
                    }
                }
            }
        }
    }

    func reconnect(_ company: Int) async throws {
        let isConnected = try await inCompany(company) { transaction in
            try transaction.first(
                "SELECT 1 AS yes FROM connection WHERE company_id = \(transaction.company) AND state = 'connected'")
                != nil
        }
        guard !isConnected else { return }
        let hasReason = state.withLock { state in
            // A restored database has a refresh token that is used up.
            !state.struck.isDisjoint(with: Fault.endsGrants) || state.wasRestored
                || state.watch.grantsMayEnd.contains(Haven.companies[company].text)
        }
        if !hasReason {
            violate("I12", "the grant of \(Haven.companies[company]) died without a reason")
        }
        let worker = try await startWorker()
        tell("person", "connects \(Haven.companies[company]) again")
        do {
            try await signIn(company, worker.connections)
        } catch let refused as ConnectionRefused where refused.mayPass {
            // The gate to the ERP may still be closed; a person tries again later.
            tell("person", "is told to connect again later")
        }
    }

    /// A person looks in the ERP and decides by what stands there.
    private func decide(_ company: Int) async throws {
        let waiting = try await inCompany(company) { transaction in
            try JobName.allCases.flatMap { try transaction.documents($0, in: [.needsReview]) }
        }
        guard !waiting.isEmpty else { return }
        let mayWait = state.withLock { state in
            state.struck.contains(where: \.mayNeedPerson) || state.wasRestored
        }
        let documents = sandbox.snapshot().companies[company].documents.filter { !$0.lines.isEmpty }
        for document in waiting {
            if !mayWait { violate("I3", "\(document.reference) waits for a person: \(document.explanation ?? "")") }
            let standing = documents.first {
                $0.reverses == nil && sums($0) == sums(document) && !isKnown($0.refNbr, in: company)
                    && ($0.description.hasPrefix(document.reference.text) || !$0.description.contains("PRX-")
                        || document.reference.text.hasPrefix(String($0.description.prefix(12))))
            }
            tell("person", "decides on \(document.reference): \(standing?.refNbr ?? "send it again")")
            let decision: ExportReview.Decision = standing.map { .confirm(number: $0.refNbr) } ?? .resend
            try await inCompany(company) { transaction in
                try ExportReview.decide(
                    decision, on: document.reference.text, by: "kontoret", because: "looked in Visma", in: transaction)
            }
            if case .confirm(let number) = decision { state.withLock { _ = $0.watch.decided.insert(number) } }
        }
    }

    private func isKnown(_ number: String, in company: Int) -> Bool {
        state.withLock { $0.watch.decided.contains(number) }
    }

    private func sums(_ document: StoredDocument) -> [String] {
        document.lines.map { "\($0.employee ?? "") \($0.date) \($0.unitRate)" }.sorted()
    }

    private func sums(_ document: ExportDocument) -> [String] {
        ((try? document.transaction())?.lines ?? []).map { "\($0.employee) \($0.date) \($0.rate.value)" }.sorted()
    }

    private func isDone() async throws -> Bool { try await openWork().isEmpty && state.withLock { $0.agenda.isEmpty } }

    /// What has not come to its end.
    private func openWork() async throws -> String {
        let used = Array(Haven.companies.prefix(weather.theme == .companies ? 2 : 1))
        return try await database.transactionAcrossCompanies { connection in
            var open: [String] = []
            for row in try connection.query(
                """
                SELECT reference, state, explanation FROM export_document
                WHERE state IN ('ready', 'sending', 'unknown', 'needsReview') ORDER BY reference
                """)
            {
                open.append(
                    "\(try row.get("reference", as: String.self)) \(try row.get("state", as: String.self)) (\(try row.get("explanation", as: String?.self) ?? ""))"
                )
            }
            for row in try connection.query(
                """
                SELECT id, state FROM hour_entry WHERE state <> 'transferred' AND company_id IN (\(list: used))
                UNION ALL SELECT id, state FROM withdrawal WHERE state <> 'invoiced' AND company_id IN (\(list: used))
                ORDER BY id
                """)
            {
                open.append("\(try row.get("id", as: String.self)) \(try row.get("state", as: String.self))")
            }
            return open.joined(separator: ", ")
        }
    }
}

extension Fault {
    static let endsGrants: Set<Fault> = [
        .refreshAnswerLost, .reuseRevokes, .grantRevoked, .otherCompany, .resetAfter, .timeoutAfter, .halfOpen,
    ]
}
