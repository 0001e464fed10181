import Foundation
import HTTPTypes
import Persistence
import Proresult

/// Goods taken out and given back.
enum WithdrawalsAPI {
    struct Row: Sendable {
        var goods: WithdrawalRow
        var externalID: String?

        var line: Withdrawal { goods.withdrawal }

        init(_ goods: WithdrawalRow, _ visit: Visit) {
            self.goods = goods
            externalID = Delivery.externalID(
                goods.withdrawal.externalReference, of: visit.program?.key.name ?? "")
        }
    }

    static let withdrawal = Resource<Row>(
        "Withdrawal",
        [
            .init("id") { $0.line.id },
            .init("externalID", "Your own number, when it was you who delivered it.") { $0.externalID },
            .init("workerName") { $0.goods.workerName },
            .init("projectNumber") { $0.goods.projectNumber },
            .init("projectName") { $0.goods.projectName },
            .init("itemNumber", "Null for free text.") { $0.goods.itemNumber },
            .init("text") { $0.line.text },
            .init("date") { $0.line.date },
            .init("quantity", "Negative for a return.") { $0.line.quantity },
            .init("unit") { $0.line.unit },
            .init("salesPrice", "Kroner per unit without tax.") { $0.line.salesPrice },
            .init("costPrice", "Kroner per unit without tax.") { $0.line.costPrice },
            .init("discountPercent") { $0.line.discountPercent },
            .init("extraCost") { $0.line.isExtraCost },
            .init("extraText") { $0.line.extraText },
            .init("note") { $0.line.note },
            .init("state", "An invoiced line is mended only by a return.") { $0.line.state },
            .init("version") { $0.line.version },
            .init("returnOf", "The id of the line that it gives back.") { $0.line.returnsWithdrawalID },
            .init("leftToReturn") { $0.goods.leftToReturn },
            .init("transferredReference", "Of the document in Visma.") { $0.line.transferredReference },
            .init("createdAt") { $0.line.createdAt },
        ])

    private static let externalID = Shape.Member.needed(
        "externalID", .text(longest: Delivery.longestID), "Your own number: the same again is the same line.")

    private static let content: [Shape.Member] = [
        .needed("employeeNumber", .text(longest: 100)),
        .needed("projectNumber", .text(longest: 100)),
        .optional("itemNumber", .text(longest: 100), "Left out: free text, with a text."),
        .optional("text", .text(), "In place of the item's name."),
        .needed("date", .date),
        .needed("quantity", .decimal, "Above zero, at most four decimals."),
        .optional("unit", .text()),
        .optional("salesPrice", .decimal, "Kroner per unit without tax; the item's when left out."),
        .optional("costPrice", .decimal, "Kroner per unit without tax; the item's when left out."),
        .optional("discountPercent", .decimal),
        .optional("extraCost", .truth), .optional("extraText", .text()), .optional("note", .text()),
    ]

    static let delivery = Shape.object(name: "WithdrawalDelivery", [externalID] + content)
    static let correction = Shape.object(name: "WithdrawalCorrection", content)

    static let goodsReturn = Shape.object(
        name: "GoodsReturn",
        [
            externalID,
            .needed("employeeNumber", .text(longest: 100), "Who gives it back."),
            .needed("date", .date),
            .needed("quantity", .decimal, "What comes back, above zero; all returns together at most what was taken."),
        ])

    static let routes: [APIRoute] = [
        .get(
            "/withdrawals", "Withdrawals of some days, the newest first",
            query: [
                .needed("from", .date), .needed("to", .date, "Counted too."),
                Shape.Member("employeeNumber", .text(longest: 100)), Shape.Member("projectNumber", .text(longest: 100)),
                Shape.Member("state", WithdrawalState.shape),
            ] + QueryFields.paging, [.ok(withdrawal.pageShape), .rule], list),
        .get("/withdrawals/{id}", "One line", [.ok(withdrawal.shape), .notFound]) { call in
            let id: WithdrawalID = try call.visit.id()
            let row = try await call.visit.read { try WithdrawalRow.get(id, in: $0) }
            return try call.answer(Row(row, call.visit), withdrawal)
        },
        .post(
            "/withdrawals", "Delivers one line; the same again changes nothing", body: delivery,
            [
                .created(withdrawal.shape, "It is new."),
                .ok(withdrawal.shape, "It was here already; changed when you said something else."), .rule, .conflict,
            ], deliver),
        APIRoute(
            method: .put, path: "/withdrawals/{id}",
            summary: "Corrects a line while it is not invoiced and nothing came back",
            roles: APIRoute.leaders, body: correction, outcomes: [.ok(withdrawal.shape), .notFound, .rule, .conflict],
            handle: correct),
        APIRoute(
            method: .delete, path: "/withdrawals/{id}", summary: "Deletes a line while it is not invoiced",
            roles: APIRoute.leaders, outcomes: [.ok(HoursAPI.deleted), .notFound, .rule, .conflict], handle: delete),
        .post(
            "/withdrawals/{id}/return", "Gives goods back, also of an invoiced line", body: goodsReturn,
            [
                .created(withdrawal.shape, "The return, a line of its own with negative quantity."),
                .ok(withdrawal.shape, "It was here already."), .notFound, .rule, .conflict,
            ], giveBack),
    ]

    private static func list(_ call: APICall) async throws -> Answer {
        let (from, to) = (try call.query.neededDate("from"), try call.query.neededDate("to"))
        let query = call.query
        let page = try await call.visit.read { transaction in
            try WithdrawalList(
                from: from, to: to, worker: transaction.worker(query.text("employeeNumber"))?.id,
                project: transaction.project(query.text("projectNumber"))?.id,
                state: query.text("state").flatMap(WithdrawalState.init)
            ).page(query.page, in: transaction).page
        }
        return try call.answer(page.map { Row($0, call.visit) }, withdrawal)
    }

    private static func deliver(_ call: APICall) async throws -> Answer {
        let (visit, body) = (call.visit, try call.object)
        let (actor, today, now) = (try visit.actor, try visit.today, visit.now)
        let (caller, id) = (visit.program?.key.name ?? "", WithdrawalID(using: visit.office.randomness))
        let (row, outcome) = try await visit.write { transaction in
            let (line, outcome) = try Withdrawal.deliver(
                draft(body, in: transaction), externalID: body.text("externalID") ?? "", from: caller, id: id,
                by: actor, today: today, at: now, in: transaction)
            return (try WithdrawalRow.get(line.id, in: transaction), outcome)
        }
        return try call.answer(Row(row, visit), withdrawal, status: outcome == .created ? .created : .ok)
    }

    private static func correct(_ call: APICall) async throws -> Answer {
        let (id, body): (WithdrawalID, JSONBody) = (try call.visit.id(), try call.object)
        let (actor, today) = (try call.visit.actor, try call.visit.today)
        let row = try await call.visit.write { transaction in
            _ = try Withdrawal.get(id, in: transaction)
            try Withdrawal.edit(id, to: draft(body, in: transaction), by: actor, today: today, in: transaction)
            return try WithdrawalRow.get(id, in: transaction)
        }
        return try call.answer(Row(row, call.visit), withdrawal)
    }

    private static func delete(_ call: APICall) async throws -> Answer {
        let (id, actor): (WithdrawalID, Actor) = (try call.visit.id(), try call.visit.actor)
        try await call.visit.write { try Withdrawal.delete(id, by: actor, in: $0) }
        return try .json(["id": .text(id.text)] as JSONValue)
    }

    private static func giveBack(_ call: APICall) async throws -> Answer {
        let (visit, body): (Visit, JSONBody) = (call.visit, try call.object)
        let (id, returnID): (WithdrawalID, WithdrawalID) = (
            try visit.id(), WithdrawalID(using: visit.office.randomness)
        )
        let (actor, today, now) = (try visit.actor, try visit.today, visit.now)
        let caller = visit.program?.key.name ?? ""
        let (row, outcome) = try await visit.write { transaction in
            _ = try Withdrawal.get(id, in: transaction)
            let (line, outcome) = try Withdrawal.deliverReturn(
                of: id, quantity: body.needed("quantity", body.decimal), by: transaction.neededWorker(body).id,
                date: body.needed("date", body.date), externalID: body.text("externalID") ?? "", from: caller,
                returnID: returnID, actor: actor, today: today, at: now, in: transaction)
            return (try WithdrawalRow.get(line.id, in: transaction), outcome)
        }
        return try call.answer(Row(row, visit), withdrawal, status: outcome == .created ? .created : .ok)
    }

    private static func draft(_ body: JSONBody, in transaction: CompanyTransaction) throws -> WithdrawalDraft {
        let number = body.text("itemNumber")
        let item = try number.map { number in
            guard let item = try Item.find(number: number, in: transaction) else {
                throw BadReference("itemNumber", unknown: number)
            }
            return item.id
        }
        return WithdrawalDraft(
            workerID: try transaction.neededWorker(body).id, projectID: try transaction.neededProject(body).id,
            itemID: item, text: body.text("text"), date: try body.needed("date", body.date),
            quantity: try body.needed("quantity", body.decimal), unit: body.text("unit"),
            salesPrice: body.decimal("salesPrice"), costPrice: body.decimal("costPrice"),
            discountPercent: body.decimal("discountPercent") ?? 0, isExtraCost: body.truth("extraCost") ?? false,
            extraText: body.text("extraText") ?? "", note: body.text("note") ?? "")
    }
}
