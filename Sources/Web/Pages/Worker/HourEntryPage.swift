import Foundation
import HTML
import Persistence
import Proresult

/// *Før timer*: a worker's own hours on a telephone. Opening it, looking and pressing the button is enough for the
/// usual day: the last project, its last work type and the usual number stand there already.
enum HourEntryPage {
    static let routes: [Route] = [
        .get("/min/timer", .everybody) { visit in .page(try await page(visit, visit.query, problem: nil)) },
        .post("/min/timer", .everybody, register),
        .post("/min/timer/{id}/slett", .everybody) { visit in
            let (id, actor, today): (HourEntryID, Actor, CalendarDate) = (
                try visit.id(), try visit.actor, try visit.today
            )
            let worker = try ownWorker(visit)
            try await visit.write { transaction in
                guard try HourEntry.get(id, in: transaction).workerID == worker else { throw Refusal.notFound }
                try HourEntry.delete(id, by: actor, today: today, in: transaction)
            }
            return .see("/min/timer", Text("Føringen er slettet.", "The entry is deleted."))
        },
    ]

    static let usualHours = "7,5"

    private static func ownWorker(_ visit: Visit) throws -> WorkerID {
        guard let worker = try visit.person.worker else { throw Refusal.notFound }
        return worker
    }

    private static func register(_ visit: Visit) async throws -> Answer {
        let (actor, today, now) = (try visit.actor, try visit.today, visit.now)
        let worker = try ownWorker(visit)
        do {
            let form = visit.form
            let draft = HourEntryDraft(
                workerID: worker, projectID: ProjectID(form["prosjekt"]),
                projectWorkTypeID: ProjectWorkTypeID(form["arbeidsart"]),
                date: try form.date("dato", .workDate), from: try form.time("fra", .fromTime),
                to: try form.time("til", .toTime), breakMinutes: try form.whole("pause", .breakMinutes) ?? 0,
                total: try form.decimal("timer", .hoursTotal),
                overtime50: try form.decimal("overtid50", .overtime50) ?? 0,
                overtime100: try form.decimal("overtid100", .overtime100) ?? 0, comment: form["kommentar"])
            // The form has a name of its own: pressing the button twice registers once.
            let reference = "web:\(actor.username):\(form["skjema"])"
            let id = HourEntryID(using: visit.office.randomness)
            try await visit.write { transaction in
                guard try HourEntry.find(externalReference: reference, in: transaction) == nil else { return }
                try HourEntry.register(
                    draft, id: id, externalReference: reference, by: actor, today: today, at: now, in: transaction)
            }
            return .see("/min/timer", Text("Timene er lagret.", "The hours are saved."))
        } catch let broken as ProresultError {
            return .again(try await page(visit, visit.form, problem: Text(broken.norwegian, broken.english)))
        } catch let misread as Misread {
            return .again(try await page(visit, visit.form, problem: misread.text))
        }
    }

    private static func page(_ visit: Visit, _ fields: Fields, problem: Text?) async throws -> Markup {
        let title = Text("Før timer", "Enter hours")
        guard let worker = try visit.person.worker else {
            return Frame.page(visit, title, kind: .worker) {
                "<p class=\"notice waiting\">\(visit.text(.noWorkerRecord))</p>"
            }
        }
        let today = try visit.today
        let (projects, workTypes, chosen, week) = try await visit.read { transaction in
            let projects = try ChoosableProject.all(
                for: worker, search: fields["sok"], today: today, limit: 60, in: transaction)
            let chosen =
                projects.first { $0.project.id.text == fields["prosjekt"] }?.project.id ?? projects.first?.project.id
            let workTypes = try chosen.map { try ChoosableWorkType.all(on: $0, for: worker, in: transaction) } ?? []
            let week = try ISOWeek(containing: today).map { try WorkerWeek(of: worker, $0, in: transaction) }
            return (projects, workTypes, chosen, week)
        }
        return Frame.page(visit, title, kind: .worker) {
            """
            \(problem.map { "<p class=\"notice stop\" role=\"alert\">\(visit.text($0))</p>" } ?? .nothing)
            \(projects.isEmpty
                ? "<div class=\"empty\"><p>\(visit.text(.noProjectsYet))</p></div>"
                : form(visit, fields, projects, workTypes, chosen, today))
            \(OwnWeek.markup(visit, week))
            """
        }
    }

    private static func form(
        _ visit: Visit, _ fields: Fields, _ projects: [ChoosableProject], _ workTypes: [ChoosableWorkType],
        _ chosen: ProjectID?, _ today: CalendarDate
    ) -> Markup {
        let project = Field(
            "prosjekt", Text("Prosjekt", "Project"), value: chosen?.text ?? "",
            choices: projects.map { ($0.project.id.text, "\($0.project.number) \($0.project.name)") })
        let workType = Field(
            "arbeidsart", Text("Arbeidsart", "Work type"), value: fields["arbeidsart"],
            choices: workTypes.map { ($0.workType.id.text, $0.workType.name) })
        let shown = fields.has("skjema") ? fields["timer"] : usualHours
        let number = [("inputmode", "decimal"), ("autocomplete", "off")]
        let usual = [
            Field(
                "dato", .workDate, value: fields.has("dato") ? fields["dato"] : today.description, kind: "date",
                isRequired: true),
            Field("timer", .hoursTotal, value: shown, hint: .hoursHint, attributes: number),
        ]
        let more = [
            Field("fra", .fromTime, value: fields["fra"], kind: "time"),
            Field("til", .toTime, value: fields["til"], kind: "time"),
            Field(
                "pause", .breakMinutes, value: fields["pause"],
                attributes: [("inputmode", "numeric")]),
            Field("overtid50", .overtime50, value: fields["overtid50"], hint: .overtimeHint, attributes: number),
            Field("overtid100", .overtime100, value: fields["overtid100"], attributes: number),
            Field("kommentar", Text("Kommentar", "Comment"), value: fields["kommentar"], rows: 2),
        ]
        let isOpen = more.contains { !$0.value.isEmpty }
        return """
            <form method="get" action="/min/timer" class="actions-row" data-choose>\(project.markup(visit))
            <button>\(visit.text(Text("Velg prosjekt", "Choose project")))</button></form>
            <form method="post" action="/min/timer" class="card">\(FormParts.token(visit))
            <input type="hidden" name="prosjekt" value="\(chosen?.text ?? "")">
            <input type="hidden" name="skjema" value="\(fields.has("skjema") ? fields["skjema"] : newName(visit))">
            \(workTypes.isEmpty ? "<p class=\"notice waiting\">\(visit.text(.noWorkTypes))</p>" : workType.markup(visit))
            \(usual.map { $0.markup(visit) })
            <details\(isOpen ? " open" as Markup : .nothing)><summary>\(visit.text(.moreFields))</summary>
            \(more.map { $0.markup(visit) })</details>
            <button class="primary">\(visit.text(.save))</button></form>
            """
    }

    private static func newName(_ visit: Visit) -> String {
        HourEntryID(using: visit.office.randomness).text
    }
}

/// A worker's week at a glance: each entry with its state, and the sum of what is not rejected.
enum OwnWeek {
    static func markup(_ visit: Visit, _ week: WorkerWeek?) -> Markup {
        guard let week, !week.rows.isEmpty else {
            return """
                <h2>\(visit.text(Text("Denne uken", "This week")))</h2>
                <div class="empty"><p>\(visit.text(Text("Ingen timer ført denne uken ennå.", "No hours entered this week yet.")))</p></div>
                """
        }
        let sum = visit.language.quantity(week.total)
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Prosjekt", "Project")), .init(.hoursTotal, .number),
                .init(Text("Status", "Status")), .init(Text("Slett", "Delete"), .actions),
            ], caption: Text("Timene denne uken", "The hours of this week"), empty: .nothing)
        for row in week.rows {
            let delete =
                row.entry.state == .registered || row.entry.state == .rejected
                ? FormParts.button(
                    visit, Text("Slett", "Delete"), action: "/min/timer/\(row.entry.id.text)/slett", style: .danger)
                : .nothing
            let comment = row.rejectionComment.map { "<br><span class=\"soft\">\($0)</span>" as Markup } ?? .nothing
            table.add([
                "\(visit.language.date(row.entry.date))",
                "\(row.projectNumber) \(row.projectName)<br>\(row.workTypeName)",
                "\(visit.language.quantity(row.entry.total))",
                "\(Badge.markup(visit, row.entry.state.text, row.entry.state.badge))\(comment)", delete,
            ])
        }
        let told = Text("Denne uken: \(sum) timer", "This week: \(sum) hours")
        return "<h2>\(visit.text(told))</h2>\(table.markup(visit))"
    }
}
