import Foundation
import HTTPTypes
import Persistence
import Proresult

/// Hours from a field system of another make, one at a time or many.
enum HourDeliveryAPI {
    private static let content: [Shape.Member] = [
        .needed("employeeNumber", .text(longest: 100)),
        .needed("projectNumber", .text(longest: 100)),
        .optional("task", .text(longest: 100), "The task's number in Visma. Give one of task and workType."),
        .optional("workType", .text(longest: 100), "The number of a work type of the company that is on the project."),
        .needed("date", .date, "The day of work."),
        .optional("from", .time), .optional("to", .time), .optional("breakMinutes", .whole(0...1439)),
        .optional("total", .decimal, "Hours, at most two decimals; counted from the times when left out."),
        .optional("overtime50", .decimal, "A part of the total, not on top of it."),
        .optional("overtime100", .decimal, "A part of the total, not on top of it."),
        .optional(
            "billableHours", .decimal, "Left out: all hours on a project by time and materials, none on others."),
        .optional("comment", .text()), .optional("internalNote", .text()),
    ]

    static let delivered: [Shape.Member] =
        [
            .needed(
                "externalID", .text(longest: Delivery.longestID),
                "Your own number of this entry: the same again is the same entry.")
        ] + content

    static let correction = Shape.object(name: "HoursCorrection", content)
    static let delivery = Shape.object(name: "HoursDelivery", delivered)

    private static let result = Shape.object(
        name: "HoursResult",
        [
            .needed("index", .whole(0...mostRows)), .needed("status", .whole(200...599)),
            Shape.Member("outcome", Delivery.Outcome.shape), Shape.Member("hours", HoursAPI.hours.shape),
            Shape.Member("problem", Told.shape),
        ])

    static let mostRows = 500

    static let routes: [APIRoute] = [
        .post(
            "/hours", "Delivers one entry; the same again changes nothing",
            body: delivery,
            [
                .created(HoursAPI.hours.shape, "It is new."),
                .ok(HoursAPI.hours.shape, "It was here already; changed when you said something else."), .rule,
                .conflict,
            ], deliver),
        .post(
            "/hours/batch", "Delivers many entries, each with its own result: the good ones go in",
            body: .list(delivery, most: mostRows), largestBody: 1024 * 1024,
            [.ok(.object(name: "HoursResults", [.needed("results", .list(result))]), "What came of each, in order.")],
            deliverMany),
    ]

    private static func deliver(_ call: APICall) async throws -> Answer {
        let (body, intake) = (try call.object, try Intake(call.visit))
        let (row, outcome) = try await call.visit.write { try intake.take(body, in: $0) }
        return try call.answer(
            HoursAPI.Row(row, call.visit), HoursAPI.hours, status: outcome == .created ? .created : .ok)
    }

    /// A rule that refuses a row does so before anything of it is written.
    private static func deliverMany(_ call: APICall) async throws -> Answer {
        let (intake, visit, rows) = (try Intake(call.visit), call.visit, call.rows)
        let results = try await visit.write { transaction in
            try rows.enumerated().map { index, node in
                do {
                    let (row, outcome) = try intake.take(JSONBody(node, delivered, at: "[\(index)]"), in: transaction)
                    return [
                        "index": .whole(index), "status": .whole(outcome == .created ? 201 : 200),
                        "outcome": .text(outcome.rawValue),
                        "hours": HoursAPI.hours.value(HoursAPI.Row(row, visit), seesRates: visit.seesRates),
                    ] as JSONValue
                } catch {
                    guard var told = Told(toProgram: error), !(error is SQLError) else { throw error }
                    if let field = told.field, !field.hasPrefix("[") { told.field = "[\(index)].\(field)" }
                    return [
                        "index": .whole(index), "status": .whole(told.status.code),
                        "problem": told.details(in: visit.language),
                    ] as JSONValue
                }
            }
        }
        return try .json(["results": .list(results)] as JSONValue)
    }

    /// Who delivers, and when.
    private struct Intake: Sendable {
        let caller: String
        let actor: Actor
        let today: CalendarDate
        let now: Timestamp
        let randomness: Randomness

        init(_ visit: Visit) throws {
            caller = visit.program?.key.name ?? ""
            (actor, today, now) = (try visit.actor, try visit.today, visit.now)
            randomness = visit.office.randomness
        }

        func take(
            _ body: JSONBody, in transaction: CompanyTransaction
        ) throws -> (row: HourRow, outcome: Delivery.Outcome) {
            let (entry, outcome) = try HourEntry.deliver(
                draft(body, in: transaction), externalID: body.text("externalID") ?? "", from: caller,
                id: HourEntryID(using: randomness), by: actor, today: today, at: now, in: transaction)
            return (try HourRow.get(entry.id, in: transaction), outcome)
        }
    }

    /// The numbers of a body as our records.
    static func draft(_ body: JSONBody, in transaction: CompanyTransaction) throws -> HourEntryDraft {
        let worker = try transaction.neededWorker(body)
        let project = try transaction.neededProject(body)
        return HourEntryDraft(
            workerID: worker.id, projectID: project.id,
            projectWorkTypeID: try workType(body, on: project, in: transaction).id,
            date: try body.needed("date", body.date), from: body.time("from"), to: body.time("to"),
            breakMinutes: body.whole("breakMinutes") ?? 0, total: body.decimal("total"),
            overtime50: body.decimal("overtime50") ?? 0, overtime100: body.decimal("overtime100") ?? 0,
            billableHours: body.decimal("billableHours"), comment: body.text("comment") ?? "",
            internalNote: body.text("internalNote") ?? "")
    }

    private static func workType(
        _ body: JSONBody, on project: Project, in transaction: CompanyTransaction
    ) throws -> ProjectWorkType {
        let workTypes = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
        switch (body.text("task"), body.text("workType")) {
        case (let task?, nil):
            guard let found = workTypes.first(where: { $0.vismaTaskID == task }) else {
                throw BadReference("task", unknown: task)
            }
            return found
        case (nil, let number?):
            let own = try WorkType.find(number: number, in: transaction)
            guard let own, let found = workTypes.first(where: { $0.workTypeID == own.id }) else {
                throw BadReference("workType", unknown: number)
            }
            return found
        default:
            throw BadReference("task", Text("Oppgi enten task eller workType.", "Give one of task and workType."))
        }
    }
}

extension CompanyTransaction {
    /// The worker of a number that stands in a request; nil when none stands there.
    func worker(_ number: String?, field: String = "employeeNumber") throws -> Worker? {
        guard let number else { return nil }
        guard let found = try Worker.find(employeeNumber: number, in: self) else {
            throw BadReference(field, unknown: number)
        }
        return found
    }

    func project(_ number: String?, field: String = "projectNumber") throws -> Project? {
        guard let number else { return nil }
        guard let found = try Project.find(number: number, in: self) else {
            throw BadReference(field, unknown: number)
        }
        return found
    }

    func neededWorker(_ body: JSONBody) throws -> Worker {
        guard let worker = try worker(body.needed("employeeNumber", body.text)) else {
            throw ProresultError.required(.hourEntry, field: "employeeNumber")
        }
        return worker
    }

    func neededProject(_ body: JSONBody) throws -> Project {
        guard let project = try project(body.needed("projectNumber", body.text)) else {
            throw ProresultError.required(.hourEntry, field: "projectNumber")
        }
        return project
    }
}
