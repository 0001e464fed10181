import Foundation
import Logging
import Persistence

/// The only way out of `unknown`: look in the ERP for our reference. Found and equal is confirmed; found and different
/// is for a person; absent twice, both times long after anything could still arrive, may be sent again under the same
/// reference.
struct Reconciliation {
    /// After this long in doubt a person is told.
    static let alarm = Duration.seconds(3600)
    /// The ERP's clock and zone are unknown; a few days cost nothing, since project and period narrow the list.
    static let marginDays = 3

    let context: RunContext
    let kind: any ExportedKind

    /// A document that an earlier run left in `sending` may or may not have arrived.
    func adoptAbandoned() async throws {
        try await context.transaction { transaction in
            for document in try transaction.documents(context.job, in: [.sending]) {
                let now = try transaction.now()
                // Until its lease and the request limit had passed, the former owner could still have sent it.
                let settledFrom =
                    document.settledFrom ?? now + context.timings.leaseForPost + context.timings.requestLimit
                _ = try transaction.move(
                    document, from: [.sending], to: .unknown, because: "the run that sent it did not finish",
                    by: context.startedBy,
                    setting: DocumentChanges(
                        // A shell may be looked at in haste: its version guards it.
                        nextStepAt: document.mode == .shell && document.erpNumber != nil
                            ? now : settledFrom + context.timings.settle,
                        doubtfulAt: now, absentCount: 0))
                try transaction.record(
                    [RunItem("document", document.reference.text, .unknown, "the run that sent it did not finish")],
                    in: context.run)
            }
        }
    }

    /// Looks for every document whose time has come; one listing serves all of a project and period.
    func reconcileDue() async throws {
        let due = try await context.transaction { transaction in
            let now = try transaction.now()
            return try transaction.documents(context.job, in: [.unknown]).filter { $0.nextStepAt <= now }
        }
        for (_, group) in Dictionary(grouping: due, by: { [$0.project, $0.period] }).sorted(by: {
            $0.key.lexicographicallyPrecedes($1.key)
        }) {
            do {
                try await reconcile(group)
            } catch let error as ERPError {
                try await postpone(group, because: error)
            }
        }
    }

    private func reconcile(_ group: [ExportDocument]) async throws {
        var listed: [ERPDocument]?
        for document in group {
            if let job = document.erpJob {
                try await QueuedCall(context: context, reconciliation: self).follow(document, job: job)
                continue
            }
            if let number = document.erpNumber, let found = try await context.connector.document(number: number) {
                try await settle(document, found: found, version: found.version)
                continue
            }
            let documents =
                if let listed { listed } else {
                    try await list(for: group.min { $0.createdAt < $1.createdAt } ?? document)
                }
            listed = documents
            try await conclude(document, listed: documents)
        }
    }

    func list(for document: ExportDocument) async throws -> [ERPDocument] {
        guard let day = CalendarDate(inNorwayAt: document.createdAt)?.adding(days: -Self.marginDays) else {
            throw ERPError(.bug, "no date for \(document.createdAt)", request: "list project transactions")
        }
        // Renews the lease: the listing may have many pages.
        try await context.transaction { _ in }
        return try await context.connector.documents(
            project: document.project, period: document.period, createdFrom: day)
    }

    func matches(of document: ExportDocument, in listed: [ERPDocument]) -> [ERPDocument] {
        listed.filter { DocumentReference(in: $0.description) == document.reference }
    }

    /// What a clean listing says about one document.
    func conclude(_ document: ExportDocument, listed: [ERPDocument]) async throws {
        let matches = matches(of: document, in: listed)
        if matches.count > 1 {
            if let shell = try await firstOfShells(matches, of: document) {
                try await settle(document, found: shell, version: shell.version)
                return
            }
            let numbers = matches.map(\.number).sorted().joined(separator: ", ")
            try await review(document, because: .doubled(numbers: numbers))
        } else if let found = matches.first {
            // A list may show less than the document itself.
            let whole = try await context.connector.document(number: found.number) ?? found
            try await settle(document, found: whole, version: whole.version)
        } else if let twin = try twin(of: document, in: listed) {
            try await review(document, because: .twin(number: twin.number))
        } else {
            try await absent(document)
        }
    }

    /// A shell that was sent twice: any of them will do, and nobody fills another.
    private func firstOfShells(_ matches: [ERPDocument], of document: ExportDocument) async throws -> ERPDocument? {
        var shells: [ERPDocument] = []
        for match in matches {
            guard let whole = try await context.connector.document(number: match.number), document.isShell(whole)
            else { return nil }
            shells.append(whole)
        }
        return shells.min { $0.number < $1.number }
    }

    /// Confirmed when the ERP shows what was frozen, filled when it shows the empty shell, else for a person.
    func settle(_ document: ExportDocument, found: ERPDocument, version: String?) async throws {
        if document.isShell(found) {
            try await Fill(context: context, kind: kind).fill(document, shell: found)
            return
        }
        let carriesReference = DocumentReference(in: found.description) == document.reference
        let sent = try document.transaction()
        guard carriesReference, document.mode == .plain || found.status != .hold,
            DocumentFingerprint(found) == DocumentFingerprint(sent)
        else {
            try await review(
                document,
                because: carriesReference
                    ? .different(number: found.number) : .withoutReference(number: found.number))
            return
        }
        try await context.transaction { transaction in
            let moved = try transaction.move(
                document, from: [.sending, .unknown], to: .confirmed, because: "read back as \(found.number)",
                by: context.startedBy, setting: DocumentChanges(erpNumber: found.number, erpVersion: version))
            guard moved else { return }
            try transaction.execute(
                """
                INSERT INTO outbox (company_id, document_id, created_at)
                VALUES (\(context.company), \(document.id), \(transaction.now()))
                """)
            let lines = sent.lines.count
            try transaction.record(
                [RunItem("document", found.number, .confirmed, "\(document.reference): \(lines) lines")],
                in: context.run)
            try transaction.addSent(lines: lines, to: context.run)
        }
    }

    private func twin(of document: ExportDocument, in listed: [ERPDocument]) throws -> ERPDocument? {
        let fingerprint = try DocumentFingerprint(document.transaction())
        return listed.first {
            DocumentReference(in: $0.description) == nil && DocumentFingerprint($0) == fingerprint
        }
    }

    private func absent(_ document: ExportDocument) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            let settled = (document.settledFrom ?? document.createdAt) + context.timings.settle
            guard now >= settled else {
                // It may still arrive, so not finding it says nothing yet.
                _ = try transaction.move(
                    document, from: [.sending, .unknown], to: .unknown, because: "not found, too early to say",
                    by: context.startedBy, setting: DocumentChanges(nextStepAt: settled))
                return
            }
            let count = document.absentCount + 1
            let proved = count >= 2
            if proved, document.mode == .shell, let number = document.erpNumber {
                // Another shell must not be filled while anybody may still be at this one.
                _ = try transaction.move(
                    document, from: [.sending, .unknown], to: .needsReview,
                    because: ReviewCause.shellGone(number: number).explanation, by: context.startedBy)
                return
            }
            if proved, let refusal = try transaction.lastRefusal(of: document) {
                // It never arrived and the ERP has said no to it: sending it again would only hear the same no.
                try transaction.reject(document, from: document.state, explanation: refusal, context: context)
                return
            }
            _ = try transaction.move(
                document, from: [.sending, .unknown], to: proved ? .ready : .unknown,
                because: proved ? "absent twice: it never arrived" : "not found, one more search to come",
                by: context.startedBy,
                setting: DocumentChanges(
                    nextStepAt: proved ? now : now + context.timings.settle, absentCount: proved ? 0 : count))
            try transaction.record(
                [RunItem("document", document.reference.text, .absent, "search \(count)")], in: context.run)
        }
    }

    func review(_ document: ExportDocument, because cause: ReviewCause) async throws {
        let why = cause.explanation
        try await context.transaction { transaction in
            guard
                try transaction.move(
                    document, from: [.sending, .unknown], to: .needsReview, because: why, by: context.startedBy)
            else { return }
            try transaction.record([RunItem("document", document.reference.text, .needsReview, why)], in: context.run)
        }
        context.logger.error(
            "a document needs a person", metadata: ["document": "\(document.reference)", "why": "\(why)"])
    }

    private func postpone(_ group: [ExportDocument], because error: ERPError) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            for document in group {
                let doubtfulFor = now - (document.doubtfulAt ?? now)
                _ = try transaction.move(
                    document, from: [.unknown], to: .unknown, because: "the search failed: \(error.message)",
                    by: context.startedBy,
                    setting: DocumentChanges(
                        nextStepAt: now + Backoff.delay(afterFailures: 3, hint: error.retryAfter),
                        erpJob: document.erpJob))
                if doubtfulFor > Self.alarm {
                    try transaction.record(
                        [RunItem("document", document.reference.text, .warned, "in doubt for over an hour")],
                        in: context.run)
                }
            }
        }
    }
}
