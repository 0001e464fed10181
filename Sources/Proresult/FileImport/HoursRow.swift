import Foundation
import Persistence

extension FileImport {
    /// A new entry, or what the row says about the one that has the reference.
    func takeInHours(_ row: FileRow, _ known: inout KnownRecords) throws -> FileRowOutcome {
        let reference = try row.required(.reference)
        let project = try known.project(row)
        let draft = try hoursDraft(row, project: project, &known)
        let isApproved = try row.truth(.approved) ?? false
        let transaction = known.transaction
        guard let stored = try HourEntry.find(externalReference: reference, in: transaction) else {
            let entry = try HourEntry.register(
                draft, id: HourEntryID(using: randomness), externalReference: reference, from: .delivery, by: actor,
                today: today, at: now, in: transaction)
            if isApproved { try approve(entry, in: transaction) }
            return .created
        }
        var entry = stored
        if try !draft.says(stored, on: project) {
            entry = try HourEntry.edit(stored.id, to: draft, from: .delivery, by: actor, today: today, in: transaction)
        }
        if isApproved, entry.state == .registered || entry.state == .approvedStep1 {
            entry = try approve(entry, in: transaction)
        }
        return entry == stored ? .unchanged : .changed
    }

    private func hoursDraft(
        _ row: FileRow, project: Project, _ known: inout KnownRecords
    ) throws -> HourEntryDraft {
        guard let date = try row.date(.date) else { throw row.fault(.missing, .date) }
        let from = try row.time(.from)
        let to = try row.time(.to)
        let total = try row.decimal(.total)
        if total == nil, from == nil, to == nil { throw row.fault(.missing, .total) }
        return HourEntryDraft(
            workerID: try known.worker(row).id, projectID: project.id,
            projectWorkTypeID: try workType(row, project: project, &known).id, date: date, from: from, to: to,
            breakMinutes: try row.wholeNumber(.break) ?? 0, total: total,
            overtime50: try row.decimal(.overtime50) ?? 0, overtime100: try row.decimal(.overtime100) ?? 0,
            billableHours: try row.decimal(.billable), comment: row.text(.comment) ?? "",
            internalNote: row.text(.internalNote) ?? "")
    }

    private func workType(
        _ row: FileRow, project: Project, _ known: inout KnownRecords
    ) throws -> ProjectWorkType {
        let workTypes = try known.workTypes(of: project)
        switch (row.text(.task), row.text(.workType)) {
        case (let task?, nil):
            guard let found = workTypes.first(where: { $0.vismaTaskID == task }) else {
                throw row.fault(.noSuchTask(task, project: project.number), .task)
            }
            return found
        case (nil, let number?):
            let own = try WorkType.find(number: number, in: known.transaction)
            guard let own, let found = workTypes.first(where: { $0.workTypeID == own.id }) else {
                throw row.fault(.noSuchWorkType(number, project: project.number), .workType)
            }
            return found
        default: throw row.fault(.workTypeOrTask, .task)
        }
    }

    /// All steps at once: the file says that the hours were approved where they come from.
    @discardableResult
    private func approve(_ entry: HourEntry, in transaction: CompanyTransaction) throws -> HourEntry {
        try HourEntry.approveAllSteps(entry.id, by: actor, at: now, randomness: randomness, in: transaction)
    }
}

extension HourEntryDraft {
    /// Whether an entry is already what the draft says.
    fileprivate func says(_ entry: HourEntry, on project: Project) throws -> Bool {
        var draft = HourEntryDraft(entry)
        let figures = try HourFigures(self, on: project)
        guard figures.total == entry.total, figures.billable == entry.billableHours else { return false }
        (draft.total, draft.billableHours) = (total, billableHours)
        return draft == self
    }
}
