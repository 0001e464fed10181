import Foundation
import Persistence

/// Once a night: does the ERP still hold what we confirmed, once, unchanged, and nothing under our mark that we do not
/// know? What is not so becomes an alarm; nothing is ever repaired by the program.
struct ConfirmedAudit {
    let context: RunContext

    /// The first run of an export after the night's slot does it. An ERP that does not answer never hinders the export:
    /// the next run tries again.
    func runIfDue() async throws {
        guard try await context.read({ try Self.isDue(context.job, in: $0) }) else { return }
        do {
            try await run()
        } catch let error as ERPError {
            try await context.transaction { transaction in
                try transaction.record(
                    [
                        RunItem(
                            "document", "audit", .warned,
                            "the nightly look at confirmed documents did not finish: \(error.message)")
                    ], in: context.run)
            }
        }
    }

    static func isDue(_ job: JobName, in transaction: CompanyTransaction) throws -> Bool {
        let night = Schedule.lastNightly(before: try transaction.now(), company: transaction.company)
        return try transaction.first(
            """
            SELECT 1 AS done FROM export_audit
            WHERE company_id = \(transaction.company) AND job = \(job) AND audited_at >= \(night)
            """) == nil
    }

    private func run() async throws {
        let periods = try await periodsToRead()
        let confirmed = try await context.transaction { try $0.confirmed(context.job, in: periods) }
        var listed: [ListedDocument] = []
        for period in periods {
            try context.checkStopping()
            // Renews the lease: the listing may have many pages.
            try await context.transaction { _ in }
            listed += try await context.connector.documents(project: nil, period: period, createdFrom: nil)
                .compactMap { ListedDocument($0, period: period) }
        }
        let confirmedNumbers = Set(confirmed.compactMap { $0.erpNumber?.uppercased() })
        var moving: [ListedDocument] = []
        for found in listed {
            if !confirmedNumbers.contains(found.document.number.uppercased()), try await isShell(found) { continue }
            moving.append(found)
        }
        listed = moving
        let copies = Dictionary(grouping: listed, by: \.reference)
        var alarms: [ExportAlarm] = []
        for document in confirmed {
            try context.checkStopping()
            alarms += try await judge(document, copies: copies[document.reference] ?? [])
        }
        let ours = Set(confirmed.map(\.reference))
        let strangers = listed.filter { !ours.contains($0.reference) }
        try await context.transaction { [alarms] transaction in
            // Asked after the listing, so that a document which was sent meanwhile is no stranger.
            let found = try alarms + strangers.compactMap { try transaction.judge(stranger: $0) }
            try transaction.raise(found, context: context)
            let keys = Set(found.map(\.key))
            for alarm in try transaction.standingAlarms()
            where periods.contains(alarm.period) && !keys.contains(alarm.key)
                && (alarm.kind == .unknownReference || ours.contains(alarm.reference))
            {
                try transaction.clear(alarm, by: context.startedBy)
            }
            try transaction.execute(
                """
                INSERT INTO export_audit (company_id, job, audited_at)
                VALUES (\(context.company), \(context.job), \(transaction.now()))
                ON CONFLICT (company_id, job) DO UPDATE SET audited_at = excluded.audited_at
                """)
        }
    }

    /// The open periods that hold confirmed documents, and those in which an alarm stands: it may be settled by now.
    private func periodsToRead() async throws -> [String] {
        let (confirmed, alarmed) = try await context.transaction { transaction in
            let confirmed = try transaction.query(
                """
                SELECT DISTINCT period FROM export_document
                WHERE company_id = \(context.company) AND kind = \(context.job) AND state = 'confirmed'
                """
            ).map { try $0.get("period", as: String.self) }
            return (Set(confirmed), Set(try transaction.standingAlarms().map(\.period)))
        }
        guard !confirmed.isEmpty || !alarmed.isEmpty else { return [] }
        return try await context.connector.periods()
            .filter { alarmed.contains($0.id) || ($0.isOpen && confirmed.contains($0.id)) }.map(\.id).sorted()
    }

    /// A shell that was never filled moves nothing. A list may show less than the document itself.
    private func isShell(_ found: ListedDocument) async throws -> Bool {
        guard found.document.isEmptyOnHold else { return false }
        return try await context.connector.document(number: found.document.number)?.isEmptyOnHold ?? true
    }

    private func judge(_ document: ExportDocument, copies: [ListedDocument]) async throws -> [ExportAlarm] {
        let number = document.erpNumber ?? ""
        func isOurs(_ found: ListedDocument) -> Bool { found.document.number.uppercased() == number.uppercased() }
        var alarms = copies.filter { !isOurs($0) }.map { copy in
            ExportAlarm(
                .doubled, document.reference, period: copy.period, erpNumber: copy.document.number,
                "carries the same reference as \(number)")
        }
        let listed = copies.first(where: isOurs)?.document
        if let listed, try isAsConfirmed(document, listed) { return alarms }
        // A list may show less than the document itself, or not show it under the period any more.
        let whole = try await context.connector.document(number: number)
        if let difference = try difference(document, whole: whole, isListed: listed != nil) {
            alarms.append(
                ExportAlarm(
                    whole == nil ? .missing : .changed, document.reference, period: document.period,
                    erpNumber: number, difference))
        }
        return alarms
    }

    private func isAsConfirmed(_ document: ExportDocument, _ found: ERPDocument) throws -> Bool {
        try DocumentFingerprint(found) == DocumentFingerprint(document.transaction())
    }

    /// What is not as it was confirmed; nil when all is well.
    private func difference(_ document: ExportDocument, whole: ERPDocument?, isListed: Bool) throws -> String? {
        guard let whole else { return "is not in the ERP any more" }
        guard DocumentReference(in: whole.description) == document.reference else {
            return "does not carry our reference any more"
        }
        guard try isAsConfirmed(document, whole) else {
            let sent = try document.transaction().lines
            return """
                confirmed with \(sent.count) lines of \(sent.map(\.amount).reduce(0, +)), now \(whole.lines.count) \
                lines of \(whole.lines.map(\.amount).reduce(0, +)) or with other contents
                """
        }
        return isListed ? nil : "does not stand in period \(document.period) any more"
    }
}

/// A document of the ERP that carries a valid reference of ours, and the period under which it was listed.
struct ListedDocument: Sendable {
    var document: ERPDocument
    var reference: DocumentReference
    var period: String

    init?(_ document: ERPDocument, period: String) {
        guard let reference = DocumentReference(in: document.description) else { return nil }
        self.document = document
        self.reference = reference
        self.period = period
    }
}

extension CompanyTransaction {
    fileprivate func confirmed(_ job: JobName, in periods: [String]) throws -> [ExportDocument] {
        try query(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND kind = \(job) AND state = 'confirmed' AND period IN (\(list: periods))
            ORDER BY created_at, id
            """
        ).map(ExportDocument.init)
    }

    /// The document of ours with a reference, whatever its state.
    func document(_ reference: DocumentReference) throws -> ExportDocument? {
        try first(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND reference = \(reference)
            """
        ).map(ExportDocument.init)
    }

    /// A document under our mark that is none of the confirmed ones. One on its way or in doubt is looked after by
    /// `Reconciliation`; one that we gave up, or never had, should not be there.
    fileprivate func judge(stranger: ListedDocument) throws -> ExportAlarm? {
        let why: String
        switch try document(stranger.reference)?.state {
        case .sending, .unknown, .needsReview, .confirmed: return nil
        case nil: why = "no document here has this reference"
        case .ready?: why = "the document is still to be sent here"
        case .rejected?: why = "the document was refused here"
        case .voided?: why = "the document was given up here"
        }
        return ExportAlarm(
            .unknownReference, stranger.reference, period: stranger.period, erpNumber: stranger.document.number, why)
    }
}
