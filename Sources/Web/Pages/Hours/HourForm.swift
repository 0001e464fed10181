import Foundation
import HTML
import Persistence
import Proresult

/// The form of hours, the same on the telephone and in the office: what it offers for choice, what is typed in it, and
/// what was wrong with that.
struct HourForm: Sendable {
    var choice: ProjectChoice
    var workTypes: [ProjectWorkType] = []
    var typed: Fields
    var problems = FormProblems()
    var isOffice = false

    /// What the form calls the fields of the rules.
    static let names = [
        "total": "timer", "overtime50": "overtid50", "overtime100": "overtid100", "billableHours": "fakturerbart",
        "breakMinutes": "pause", "date": "dato", "to": "til", "comment": "kommentar", "internalNote": "merknad",
        "workType": "arbeidsart",
    ]

    /// `entry` is what is being changed or corrected: it may keep a project and a work type that are closed by now.
    init(
        path: String, worker: WorkerID, typed: Fields, entry: HourEntry? = nil, isOffice: Bool = false,
        problems: FormProblems = FormProblems(), today: CalendarDate, in transaction: CompanyTransaction
    ) throws {
        (self.typed, self.isOffice, self.problems) = (typed, isOffice, problems)
        choice = try ProjectChoice(
            path: path, worker: worker, fields: typed, usual: entry?.projectID, keeping: ["dato"], today: today,
            in: transaction)
        guard let project = choice.project else { return }
        workTypes = try ChoosableWorkType.all(on: project.id, for: worker, in: transaction).map(\.workType)
        if let entry, entry.projectID == project.id, !workTypes.contains(where: { $0.id == entry.projectWorkTypeID }) {
            workTypes.append(try ProjectWorkType.get(entry.projectWorkTypeID, in: transaction))
        }
    }

    /// Reads what was typed. The number that a new form proposes gives way to times that a person types; what the form
    /// does not show stays as it is on the entry.
    static func draft(_ form: Fields, worker: WorkerID, changing entry: HourEntry? = nil) throws -> HourEntryDraft {
        var problems = FormProblems()
        func number(_ name: String, _ label: Text) -> Decimal? {
            problems.read(name) { try form.decimal(name, label) }
        }
        let date = problems.read("dato") { try form.date("dato", .workDate) }
        let from = problems.read("fra") { try form.time("fra", .fromTime) }
        let to = problems.read("til") { try form.time("til", .toTime) }
        let pause = problems.read("pause") { try form.whole("pause", .breakMinutes) }
        var total = number("timer", .hoursTotal)
        if from != nil, to != nil, form.has("forslag"), form["timer"] == form["forslag"] { total = nil }
        let (overtime50, overtime100) = (number("overtid50", .overtime50), number("overtid100", .overtime100))
        let billable = number("fakturerbart", .billable)
        if form["arbeidsart"].isEmpty { problems.add(.chooseWorkType, at: "arbeidsart") }
        guard problems.isEmpty, let date else { throw problems }
        let project = ProjectID(form["prosjekt"])
        var draft = HourEntryDraft(
            workerID: worker, projectID: project, projectWorkTypeID: ProjectWorkTypeID(form["arbeidsart"]),
            date: date, from: from, to: to, breakMinutes: pause ?? 0, total: total, overtime50: overtime50 ?? 0,
            overtime100: overtime100 ?? 0, billableHours: billable, comment: form["kommentar"],
            internalNote: form["merknad"])
        if let entry {
            if !form.has("merknad") { draft.internalNote = entry.internalNote }
            if !form.has("fakturerbart"), total == entry.total, project == entry.projectID {
                draft.billableHours = entry.billableHours
            }
        }
        return draft
    }
}

extension HourEntryDraft {
    /// Whether an entry says this already. Hours that the draft leaves to the rules agree with any.
    func isSaid(by entry: HourEntry) -> Bool {
        var stored = HourEntryDraft(entry)
        if total == nil { stored.total = nil }
        if billableHours == nil { stored.billableHours = nil }
        return self == stored
    }
}

extension Fields {
    /// An entry as it stands in the form.
    init(_ entry: HourEntry, _ language: Language) {
        func hours(_ value: Decimal) -> String { value == 0 ? "" : value.typed(language) }
        self.init([
            ("prosjekt", entry.projectID.text), ("arbeidsart", entry.projectWorkTypeID.text),
            ("dato", entry.date.description), ("timer", entry.total.typed(language)),
            ("fra", entry.from?.description ?? ""), ("til", entry.to?.description ?? ""),
            ("pause", entry.breakMinutes == 0 ? "" : String(entry.breakMinutes)),
            ("overtid50", hours(entry.overtime50)), ("overtid100", hours(entry.overtime100)),
            ("fakturerbart", entry.billableHours.typed(language)), ("kommentar", entry.comment),
            ("merknad", entry.internalNote),
        ])
    }
}
