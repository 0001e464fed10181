import Foundation
import HTTPTypes
import Persistence
import Proresult

/// Hours as programs read, correct and decide them. How they come in stands in `HourDeliveryAPI`.
enum HoursAPI {
    /// An entry, and what the program that asks calls it.
    struct Row: Sendable {
        var hours: HourRow
        var externalID: String?

        var entry: HourEntry { hours.entry }

        init(_ hours: HourRow, _ visit: Visit) {
            self.hours = hours
            externalID = Delivery.externalID(hours.entry.externalReference, of: visit.program?.key.name ?? "")
        }
    }

    static let hours = Resource<Row>(
        "Hours",
        [
            .init("id") { $0.entry.id },
            .init("externalID", "Your own number, when it was you who delivered it.") { $0.externalID },
            .init("employeeNumber") { $0.hours.employeeNumber },
            .init("workerName") { $0.hours.workerName },
            .init("projectNumber") { $0.hours.projectNumber },
            .init("projectName") { $0.hours.projectName },
            .init("workTypeName") { $0.hours.workTypeName },
            .init("task", "The task's number, on a work type from Visma.") { $0.hours.vismaTaskID },
            .init("date") { $0.entry.date },
            .init("from") { $0.entry.from },
            .init("to") { $0.entry.to },
            .init("breakMinutes") { $0.entry.breakMinutes },
            .init("total", "Hours. Negative when it takes back another entry.") { $0.entry.total },
            .init("overtime50", "A part of the total.") { $0.entry.overtime50 },
            .init("overtime100", "A part of the total.") { $0.entry.overtime100 },
            .init("billableHours") { $0.entry.billableHours },
            .init("comment") { $0.entry.comment },
            .init("internalNote") { $0.entry.internalNote },
            .init("state") { $0.entry.state },
            .init("rejectionComment", "Why it was sent back, while it is rejected.") { $0.hours.rejectionComment },
            .init("version", "Grows with every change of what was registered.") { $0.entry.version },
            .init("transferredReference", "Of the document in Visma.") { $0.entry.transferredReference },
            .init("createdAt") { $0.entry.createdAt },
        ])

    static let routes: [APIRoute] = [
        .get(
            "/hours", "Hours of some days, by day and worker",
            query: [
                .needed("from", .date), .needed("to", .date, "Counted too."),
                Shape.Member("employeeNumber", .text(longest: 100)), Shape.Member("projectNumber", .text(longest: 100)),
                Shape.Member("state", .list(ApprovalState.shape), "May be repeated."),
            ] + QueryFields.paging, [.ok(hours.pageShape), .rule], list),
        .get("/hours/{id}", "One entry", [.ok(hours.shape), .notFound]) { call in
            let id: HourEntryID = try call.visit.id()
            return try await one(id, call)
        },
        APIRoute(
            method: .put, path: "/hours/{id}", summary: "Corrects an entry while nobody has approved it",
            roles: APIRoute.leaders, body: HourDeliveryAPI.correction,
            outcomes: [.ok(hours.shape), .notFound, .rule, .conflict], handle: correct),
        APIRoute(
            method: .delete, path: "/hours/{id}", summary: "Deletes an entry that is registered or rejected",
            roles: APIRoute.leaders, outcomes: [.ok(deleted), .notFound, .rule, .conflict], handle: delete),
        .post(
            "/hours/{id}/approve", "Approves the next step",
            body: .object(
                name: "Approval",
                [
                    .optional("step", .whole(1...2), "Refused when that is not the next one."),
                    .optional("comment", .text()),
                ]), [.ok(hours.shape), .notFound, .rule, .conflict]
        ) { call in
            try await decide(call) { id, body, actor, now, randomness, transaction in
                _ = try HourEntry.approve(
                    id, step: body.whole("step"), by: actor, comment: body.text("comment") ?? "", at: now,
                    randomness: randomness, in: transaction)
            }
        },
        .post(
            "/hours/{id}/reject", "Sends an entry back with a reason",
            body: .object(name: "Rejection", [.needed("comment", .text())]),
            [.ok(hours.shape), .notFound, .rule, .conflict]
        ) { call in
            try await decide(call) { id, body, actor, now, randomness, transaction in
                _ = try HourEntry.reject(
                    id, by: actor, comment: body.text("comment") ?? "", at: now, randomness: randomness,
                    in: transaction)
            }
        },
    ]

    static let deleted = Shape.object(name: "Deleted", [.needed("id", .text())])

    private static func list(_ call: APICall) async throws -> Answer {
        let (from, to) = (try call.query.neededDate("from"), try call.query.neededDate("to"))
        let query = call.query
        let page = try await call.visit.read { transaction in
            try HourList(
                from: from, to: to, worker: transaction.worker(query.text("employeeNumber"))?.id,
                project: transaction.project(query.text("projectNumber"))?.id,
                states: query.all("state").compactMap(ApprovalState.init)
            ).page(query.page, in: transaction)
        }
        return try call.answer(page.map { Row($0, call.visit) }, hours)
    }

    private static func one(_ id: HourEntryID, _ call: APICall) async throws -> Answer {
        let row = try await call.visit.read { try HourRow.get(id, in: $0) }
        return try call.answer(Row(row, call.visit), hours)
    }

    private static func correct(_ call: APICall) async throws -> Answer {
        let (id, body): (HourEntryID, JSONBody) = (try call.visit.id(), try call.object)
        let (actor, today) = (try call.visit.actor, try call.visit.today)
        let row = try await call.visit.write { transaction in
            _ = try HourEntry.get(id, in: transaction)
            let draft = try HourDeliveryAPI.draft(body, in: transaction)
            try HourEntry.revise(id, to: draft, by: actor, today: today, in: transaction)
            return try HourRow.get(id, in: transaction)
        }
        return try call.answer(Row(row, call.visit), hours)
    }

    private static func delete(_ call: APICall) async throws -> Answer {
        let id: HourEntryID = try call.visit.id()
        let (actor, today) = (try call.visit.actor, try call.visit.today)
        try await call.visit.write { try HourEntry.delete(id, by: actor, today: today, in: $0) }
        return try .json(["id": .text(id.text)] as JSONValue)
    }

    private static func decide(
        _ call: APICall,
        _ decision: @Sendable (HourEntryID, JSONBody, Actor, Timestamp, Randomness, CompanyTransaction) throws -> Void
    ) async throws -> Answer {
        let (id, body): (HourEntryID, JSONBody) = (try call.visit.id(), try call.object)
        let (actor, now, randomness) = (try call.visit.actor, call.visit.now, call.visit.office.randomness)
        let row = try await call.visit.write { transaction in
            try decision(id, body, actor, now, randomness, transaction)
            return try HourRow.get(id, in: transaction)
        }
        return try call.answer(Row(row, call.visit), hours)
    }
}
