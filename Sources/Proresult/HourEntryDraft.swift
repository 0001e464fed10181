import Foundation
import Persistence

/// What a person writes about a day's work, before the rules have seen it.
public struct HourEntryDraft: Hashable, Sendable {
    public var workerID: WorkerID
    public var projectID: ProjectID
    public var projectWorkTypeID: ProjectWorkTypeID
    public var date: CalendarDate
    public var from: TimeOfDay?
    public var to: TimeOfDay?
    public var breakMinutes: Int
    /// Nil: counted from `from`, `to` and the break.
    public var total: Decimal?
    public var overtime50: Decimal
    public var overtime100: Decimal
    /// Nil: all hours on a project that is billed by time and materials, none on others.
    public var billableHours: Decimal?
    public var comment: String
    public var internalNote: String

    public init(
        workerID: WorkerID, projectID: ProjectID, projectWorkTypeID: ProjectWorkTypeID, date: CalendarDate,
        from: TimeOfDay? = nil, to: TimeOfDay? = nil, breakMinutes: Int = 0, total: Decimal? = nil,
        overtime50: Decimal = 0, overtime100: Decimal = 0, billableHours: Decimal? = nil, comment: String = "",
        internalNote: String = ""
    ) {
        self.workerID = workerID
        self.projectID = projectID
        self.projectWorkTypeID = projectWorkTypeID
        self.date = date
        self.from = from
        self.to = to
        self.breakMinutes = breakMinutes
        self.total = total
        self.overtime50 = overtime50
        self.overtime100 = overtime100
        self.billableHours = billableHours
        self.comment = comment
        self.internalNote = internalNote
    }

    /// What was written in an entry, to be changed and given back to `HourEntry.edit`.
    public init(_ entry: HourEntry) {
        self.init(
            workerID: entry.workerID, projectID: entry.projectID, projectWorkTypeID: entry.projectWorkTypeID,
            date: entry.date, from: entry.from, to: entry.to, breakMinutes: entry.breakMinutes, total: entry.total,
            overtime50: entry.overtime50, overtime100: entry.overtime100, billableHours: entry.billableHours,
            comment: entry.comment, internalNote: entry.internalNote)
    }
}

/// The figures of an entry, complete and checked against each other.
struct HourFigures: Hashable {
    let total: Decimal
    let overtime50: Decimal
    let overtime100: Decimal
    let billable: Decimal

    init(_ draft: HourEntryDraft, on project: Project) throws {
        let counted = try Self.countedHours(draft)
        guard let total = draft.total ?? counted else { throw ProresultError.required(.hourEntry, field: "total") }
        self.total = total
        overtime50 = draft.overtime50
        overtime100 = draft.overtime100
        let isBilledByHour = project.kind == .ordinary && project.billingMode == .timeAndMaterials
        billable = draft.billableHours ?? (isBilledByHour ? total : 0)
        try checkForm()
        try checkSums(on: project)
        if let counted, counted != total { throw ProresultError.timesDisagree(expected: counted) }
    }

    private func checkForm() throws {
        let fields = [
            ("total", total), ("overtime50", overtime50), ("overtime100", overtime100), ("billableHours", billable),
        ]
        for (field, hours) in fields {
            guard hours >= 0 else { throw ProresultError.negative(.hourEntry, field: field) }
            guard hours.decimals <= 2 else {
                throw ProresultError.tooManyDecimals(.hourEntry, field: field, limit: 2)
            }
        }
    }

    private func checkSums(on project: Project) throws {
        guard total > 0 else { throw ProresultError.notPositive(.hourEntry, field: "total") }
        guard total <= 24 else { throw ProresultError.moreThan24Hours(total: total) }
        guard overtime50 + overtime100 <= total else { throw ProresultError.overtimeOverTotal }
        guard billable <= total else { throw ProresultError.billableOutsideTotal }
        if project.kind == .absence, overtime50 + overtime100 + billable > 0 { throw ProresultError.absenceIsPlain }
    }

    /// Hours from the times, to the nearest hundredth; nil when no times are given.
    private static func countedHours(_ draft: HourEntryDraft) throws -> Decimal? {
        guard draft.breakMinutes >= 0 else { throw ProresultError.negative(.hourEntry, field: "breakMinutes") }
        switch (draft.from, draft.to) {
        case (nil, nil):
            guard draft.breakMinutes < 24 * 60 else { throw ProresultError.breakTooLong }
            return nil
        case (let from?, let to?):
            let worked = from.minutes(to: to) - min(draft.breakMinutes, 24 * 60)
            guard worked > 0 else { throw ProresultError.breakTooLong }
            return (Decimal(worked) / 60).rounded(toDecimals: 2)
        default:
            throw ProresultError.timesIncomplete
        }
    }
}
