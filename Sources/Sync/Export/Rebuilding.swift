import Foundation
import Persistence
import Proresult

/// Writes documents of the ERP down again that the database has forgotten. Which records they carry is told by the tags
/// of their lines: each record of ours that could be meant is tried.
///
/// Only a document that fits its records in every line is confirmed. Of any other the records that its tags name are
/// reserved, so that they cannot go a second time, and the document waits for a person.
struct Rebuilding {
    let context: RunContext
    let listed: [ListedDocument]
    let transaction: CompanyTransaction

    private struct Source: Hashable {
        var kind: ExportCandidate.SourceKind
        var id: String
        var part: ExportCandidate.Line.Part
    }

    /// Tells what is left for a person: forgotten documents that do not fit, and earlier ones that still wait.
    func rebuild(_ forgotten: [ListedDocument]) throws -> [ExportAlarm] {
        var unsolved = try waiting()
        let tagged = try tagged(in: forgotten)
        try giveUpSuperseded(by: Set(tagged.joined().compactMap { $0 }))
        let settings = SyncSettings(values: try transaction.settingValues())
        var candidates: [String: ExportCandidate] = [:]
        for kind in [JobName.hours, .withdrawals] {
            for candidate in try exportedKind(of: kind, settings: settings).candidates(in: transaction) {
                candidates[candidate.kind.rawValue + candidate.id] = candidate
            }
        }
        var taken: Set<DocumentReference> = []
        for (found, sources) in zip(forgotten, tagged) {
            let isCopy = !taken.insert(found.reference).inserted
            let isDoubled = forgotten.filter { $0.reference == found.reference }.count > 1
            var fit = fit(
                found,
                to: sources.map { source in
                    source.flatMap { source in candidates[source.kind.rawValue + source.id].map { (source, $0) } }
                }, settings: settings)
            if isDoubled { fit.problems.insert("another document carries the same reference", at: 0) }
            if !isCopy { try write(&fit, of: found) }
            // A record that stands in two documents can be tied to one of them only.
            for (_, source) in fit.sources { candidates[source.kind.rawValue + source.id] = nil }
            guard !fit.problems.isEmpty else { continue }
            unsolved.append(alarm(found, String(fit.problems.joined(separator: "; ").prefix(400))))
        }
        return unsolved
    }

    private func alarm(_ found: ListedDocument, _ detail: String) -> ExportAlarm {
        ExportAlarm(.unknownReference, found.reference, period: found.period, erpNumber: found.document.number, detail)
    }

    /// Documents that an earlier look wrote down and no person has decided yet: they were never sent from here.
    private func waiting() throws -> [ExportAlarm] {
        try listed.compactMap { found in
            guard let document = try transaction.document(found.reference), document.state == .needsReview,
                document.attempts == 0
            else { return nil }
            return alarm(found, document.explanation ?? "waits for a person")
        }
    }

    /// For each line the record that its tag names.
    private func tagged(in forgotten: [ListedDocument]) throws -> [[Source?]] {
        let dates = Set(forgotten.flatMap { $0.document.lines.compactMap(\.date) }).sorted()
        var waiting: [CalendarDate: [Source]] = [:]
        for row in try transaction.query(
            """
            SELECT id, work_date FROM hour_entry
            WHERE company_id = \(context.company) AND state <> 'transferred' AND work_date IN (\(list: dates))
            """)
        {
            for part in [ExportCandidate.Line.Part.ordinary, .overtime50, .overtime100] {
                waiting[try row.get("work_date"), default: []].append(
                    Source(kind: .hourEntry, id: try row.get("id"), part: part))
            }
        }
        for row in try transaction.query(
            """
            SELECT id, withdrawal_date FROM withdrawal
            WHERE company_id = \(context.company) AND state = 'registered' AND withdrawal_date IN (\(list: dates))
            """)
        {
            waiting[try row.get("withdrawal_date"), default: []].append(
                Source(kind: .withdrawal, id: try row.get("id"), part: .goods))
        }
        return forgotten.map { found in
            let used = Set(found.document.lines.compactMap(\.date))
            let sources = used.flatMap { waiting[$0] ?? [] }
            let byTag = Dictionary(
                sources.map { (found.reference.lineTag(source: $0.id, part: $0.part), $0) },
                uniquingKeysWith: { first, _ in first })
            return found.document.lines.map { line in
                byTag[String(line.description.trimmingCharacters(in: .whitespaces).suffix(10)).uppercased()]
            }
        }
    }

    /// A document on its way here, of which the ERP knows nothing, gives its records to the one that carried them there.
    /// Not one that the ERP has queued: it may still come.
    private func giveUpSuperseded(by sources: Set<Source>) throws {
        let there = Set(listed.map(\.reference))
        for kind in [JobName.hours, .withdrawals] {
            for document in try transaction.documents(kind, in: [.ready, .sending, .unknown])
            where !there.contains(document.reference) && document.erpJob == nil {
                let held = try transaction.sources(of: document.id)
                guard held.contains(where: { held in sources.contains { $0.kind == held.kind && $0.id == held.id } })
                else { continue }
                _ = try transaction.move(
                    document, from: [.ready, .sending, .unknown], to: .voided,
                    because: "its records stand in another document in the ERP", by: context.startedBy)
                try transaction.releaseLines(of: document.id)
            }
        }
    }

    private struct Fit {
        var payload: ProjectTransaction
        var sources: [(position: Int, source: FrozenDocument.Source)] = []
        var unapproved: [FrozenDocument.Source] = []
        var problems: [String] = []
    }

    private func fit(
        _ found: ListedDocument, to matches: [(Source, ExportCandidate)?], settings: SyncSettings
    ) -> Fit {
        let document = found.document
        let kind: JobName = matches.contains { $0?.0.kind == .withdrawal } ? .withdrawals : .hours
        let accounts = exportedKind(of: kind, settings: settings).accounts
        var fit = Fit(
            payload: ProjectTransaction(
                description: document.description, project: document.lines.first?.project ?? "", period: found.period,
                lines: []))
        // A line that no date can be read of fits nothing; without any date there is nothing to tie.
        guard let someDate = document.lines.compactMap(\.date).first else {
            fit.problems.append("its lines have no date")
            return fit
        }
        var seen: Set<Source> = []
        for (position, (line, match)) in zip(document.lines, matches).enumerated() {
            var match = match
            if let source = match?.0, !seen.insert(source).inserted { match = nil }
            let told = "\(line.date?.description ?? "no date") \(line.employee) \(line.item) \(line.quantity)"
            let part = match.flatMap { source, candidate in candidate.lines.first { $0.part == source.part } }
            if let (source, candidate) = match {
                fit.sources.append(
                    (
                        position,
                        FrozenDocument.Source(
                            kind: source.kind, id: source.id, version: candidate.version, part: source.part)
                    ))
                if candidate.date != line.date || part?.quantity != line.quantity
                    || !Self.same(candidate.employee, line.employee)
                    || !Self.same(candidate.projectNumber, line.project)
                    || source.kind != (kind == .hours ? .hourEntry : .withdrawal)
                {
                    fit.problems.append("\(source.id) here is not the line \(told)")
                }
                if candidate.isUnapproved, let last = fit.sources.last { fit.unapproved.append(last.source) }
            } else {
                fit.problems.append("no record here for \(told)")
            }
            fit.payload.lines.append(
                ProjectTransaction.Line(
                    line, date: line.date ?? someDate, billable: part?.billableQuantity, accounts: accounts))
        }
        for candidate in Dictionary(
            matches.compactMap { $0.map { ($0.1.id, $0.1) } }, uniquingKeysWith: { first, _ in first }
        ).values.sorted(by: { $0.id < $1.id }) {
            let there = Set(fit.sources.filter { $0.source.id == candidate.id }.map(\.source.part))
            if there != Set(candidate.lines.map(\.part)) {
                fit.problems.append("only parts of \(candidate.id) are there")
            }
        }
        if DocumentFingerprint(fit.payload) != DocumentFingerprint(document) {
            fit.problems.append("its lines are not such as we send")
        }
        return fit
    }

    private static func same(_ one: String, _ other: String) -> Bool {
        one.trimmingCharacters(in: .whitespaces).uppercased() == other.trimmingCharacters(in: .whitespaces).uppercased()
    }

    private func write(_ fit: inout Fit, of found: ListedDocument) throws {
        let number = found.document.number
        guard !fit.sources.isEmpty else { return }
        let other = try transaction.first(
            "SELECT reference FROM export_document WHERE company_id = \(context.company) AND erp_number = \(number)")
        if let other {
            fit.problems.append("\(number) is the number of \(try other.get("reference", as: String.self)) here")
        }
        let state: ExportDocument.State = fit.problems.isEmpty ? .confirmed : .needsReview
        let why =
            fit.problems.isEmpty
            ? "rebuilt from the ERP" : ReviewCause.doesNotFit(fit.problems.joined(separator: "; ")).explanation
        let id = ExportDocumentID(using: context.randomness)
        let kind: JobName = fit.sources.contains { $0.source.kind == .withdrawal } ? .withdrawals : .hours
        let (now, text) = (try transaction.now(), try fit.payload.frozen())
        try transaction.execute(
            """
            INSERT INTO export_document (company_id, id, kind, project_number, period, reference, payload,
                payload_sha256, state, next_step_at, epoch, erp_number, erp_version, explanation, run_id, created_at,
                changed_at)
            VALUES (\(context.company), \(id), \(kind), \(fit.payload.project), \(fit.payload.period),
                \(found.reference), \(text), \(ExportDocument.sha256(text)), \(state), \(now), \(context.epoch),
                \(other == nil ? number : nil), \(found.document.version), \(why), \(context.run), \(now), \(now))
            """)
        try transaction.reserve(fit.sources, for: id)
        try transaction.noteWeeks(of: fit.payload, in: id)
        try transaction.audit(
            by: context.startedBy, "document \(state.rawValue)", of: "document", id.text, because: why,
            after: state.rawValue)
        try transaction.record(
            [
                RunItem(
                    "document", number, state == .confirmed ? .confirmed : .needsReview,
                    String("\(found.reference): \(why)".prefix(400)))
            ], in: context.run)
        guard state == .confirmed else { return }
        try approve(fit.unapproved, shownBy: number)
        try transaction.demandHold(id)
        try transaction.execute(
            """
            INSERT INTO outbox (company_id, document_id, created_at) VALUES (\(context.company), \(id), \(now))
            """)
    }

    /// Only approved hours are ever sent, so hours that stand in the ERP as they stand here had been approved: the
    /// database has forgotten that too.
    private func approve(_ sources: [FrozenDocument.Source], shownBy number: String) throws {
        for id in Set(sources.map(\.id)).sorted() {
            let approved = try transaction.execute(
                """
                UPDATE hour_entry SET state = 'approved'
                WHERE company_id = \(context.company) AND id = \(id)
                    AND state IN ('registered', 'approvedStep1', 'rejected')
                """)
            guard approved == 1 else { continue }
            try transaction.audit(
                by: context.startedBy, "approved again", of: "hourEntry", id,
                because: "it stands in the ERP in \(number), so it had been approved")
        }
    }
}

extension ExportCandidate {
    fileprivate var isUnapproved: Bool { blockers.contains(.notApproved) || blockers.contains(.rejectedByLeader) }
}

extension ProjectTransaction.Line {
    /// What the ERP does not show is taken from the settings of now.
    fileprivate init(_ line: ERPDocument.Line, date: CalendarDate, billable: Decimal?, accounts: ExportAccounts) {
        self.init(
            date: date, employee: line.employee, item: line.item, quantity: line.quantity,
            billableQuantity: billable, rate: line.rate, task: line.task, accountGroup: accounts.group ?? "",
            debitAccount: line.debitAccount, creditAccount: line.creditAccount,
            debitSubaccount: accounts.debitSubaccount, creditSubaccount: accounts.creditSubaccount,
            description: line.description)
    }
}
