import Foundation
import Persistence

/// After a restore or a failover the ERP may hold documents that the database has forgotten. While a company's exports
/// are shut, its export jobs only do this: read what the ERP holds under our mark, write the forgotten documents down
/// again, lock their records, and open when nothing unknown is left.
struct ReconcileFirst {
    /// The backup's newest row may be a day older than the backup, and the ERP's zone is unknown.
    static let marginDays = 2

    let context: RunContext

    /// Why the exports stay shut after this run.
    struct StillShut {
        var error: ERPError
        var nextStepAt: Timestamp?
    }

    /// Nil when the exports are open, or opened by themselves.
    func runIfShut() async throws -> StillShut? {
        guard let (shutter, now) = try await standing() else { return nil }
        // Until then something that was sent before the shutting may still turn up.
        let timings = context.timings
        let settled = shutter.shutAt + timings.leaseForPost + timings.requestLimit + timings.settle
        guard now >= settled else {
            let error = ERPError(
                .tryLater(after: settled - now), "\(shutter.error.message); the ERP is read when all has settled",
                request: "exports")
            return StillShut(error: error, nextStepAt: settled)
        }
        let listed = try await list(since: shutter.knownUntil)
        try await settleReady(listed)
        let forgotten = try await readForgotten(listed)
        let unsolved = try await context.transaction { transaction in
            let unsolved = try Rebuilding(context: context, listed: listed, transaction: transaction)
                .rebuild(forgotten)
            try transaction.raise(unsolved, context: context)
            try transaction.clearSolved(except: unsolved, by: context.startedBy)
            if unsolved.isEmpty {
                try ExportShutter.open(
                    by: context.startedBy, because: "every document of ours in the ERP is known again",
                    in: transaction)
            }
            return unsolved.count
        }
        guard unsolved > 0 else { return nil }
        return StillShut(
            error: ERPError(
                .askPerson, "\(shutter.error.message); \(unsolved) documents in the ERP need a person",
                request: "exports"))
    }

    private func standing() async throws -> (ExportShutter, Timestamp)? {
        try await context.transaction { transaction in
            try ExportShutter.standing(in: transaction).map { ($0, try transaction.now()) }
        }
    }

    /// Everything under our mark, in all periods: nobody knows any more which were open when it was sent.
    private func list(since knownUntil: Timestamp) async throws -> [ListedDocument] {
        guard let day = CalendarDate(inNorwayAt: knownUntil)?.adding(days: -Self.marginDays) else {
            throw ERPError(.bug, "no date for \(knownUntil)", request: "list project transactions")
        }
        var listed: [String: ListedDocument] = [:]
        for period in try await context.connector.periods() {
            try context.checkStopping()
            // Renews the lease: the listing may have many pages.
            try await context.transaction { _ in }
            for document in try await context.connector.documents(project: nil, period: period.id, createdFrom: day) {
                // A document with lines in two periods stands in the lists of both.
                guard listed[document.number] == nil else { continue }
                listed[document.number] = ListedDocument(document, period: period.id)
            }
        }
        return listed.values.sorted { $0.document.number < $1.document.number }
    }

    /// A document that waits here and stands there was sent in the time that the database forgot.
    private func settleReady(_ listed: [ListedDocument]) async throws {
        let settings = try await context.transaction { SyncSettings(values: try $0.settingValues()) }
        for (reference, copies) in Dictionary(grouping: listed, by: \.reference).sorted(by: {
            $0.key.text < $1.key.text
        }) {
            let found = try await context.transaction { transaction -> (document: ExportDocument, isUnchanged: Bool)? in
                guard let document = try transaction.document(reference), document.state == .ready else { return nil }
                let now = try transaction.now()
                let isUnchanged = try transaction.hold(document.id)
                if !isUnchanged { try transaction.letGo(document.id) }
                _ = try transaction.move(
                    document, from: [.ready], to: .unknown,
                    because: "it stands in the ERP although it was not sent here",
                    by: context.startedBy, setting: DocumentChanges(doubtfulAt: now, settledFrom: now, absentCount: 0))
                return (document, isUnchanged)
            }
            guard let found else { continue }
            let reconciliation = Reconciliation(
                context: context, kind: exportedKind(of: found.document.kind, settings: settings))
            if found.isUnchanged {
                try await reconciliation.conclude(found.document, listed: copies.map(\.document))
            } else {
                try await reconciliation.review(found.document, because: .recordsChanged)
            }
        }
    }

    /// The documents whose reference is unknown here, whole: a list may show less than the document itself.
    private func readForgotten(_ listed: [ListedDocument]) async throws -> [ListedDocument] {
        let forgotten = try await context.transaction { transaction in
            try listed.filter { try transaction.document($0.reference) == nil }
        }
        var whole: [ListedDocument] = []
        for var found in forgotten {
            try context.checkStopping()
            if let document = try await context.connector.document(number: found.document.number) {
                found.document = document
            }
            // A shell that was never filled: nothing was forgotten with it.
            if found.document.isEmptyOnHold { continue }
            whole.append(found)
        }
        return whole
    }
}

extension CompanyTransaction {
    /// Clears the alarms about references that are known and confirmed now.
    fileprivate func clearSolved(except unsolved: [ExportAlarm], by actor: String) throws {
        let keys = Set(unsolved.map(\.key))
        for alarm in try standingAlarms() where alarm.kind == .unknownReference && !keys.contains(alarm.key) {
            guard try document(alarm.reference)?.state == .confirmed else { continue }
            try clear(alarm, by: actor)
        }
    }
}
