import Foundation
import Persistence
import Proresult
import Sync

/// The ready board: every hour and withdrawal on its way to Visma, how it stands, and what is in its way.
enum BoardAPI {
    private struct Reason: Sendable {
        var reason: BoardLine.Reason
        var language: Language
    }

    private struct Row: Sendable {
        var line: BoardLine
        var language: Language
    }

    private static let reason = Resource<Reason>(
        "BoardReason",
        [
            .init("code", "A stable word.") { $0.reason.code },
            .init("text") { $0.reason.blocker.text($0.language) },
            .init("mender", "Who can mend it.") { $0.reason.mender.rawValue },
        ])

    private static let line = Resource<Row>(
        "BoardLine",
        [
            .init("job") { $0.line.job },
            .init("recordID", "Of the hours or the withdrawal.") { $0.line.record.id },
            .init("date") { $0.line.date },
            .init("workerName") { $0.line.workerName },
            .init("projectNumber") { $0.line.projectNumber },
            .init("projectName") { $0.line.projectName },
            .init("matter", "The work type's name, or the text of what was taken out.") { $0.line.matter },
            .init("quantity") { $0.line.quantity },
            .init("amount", "Kroner. Only for administrator and bookkeeper.", tellsRate: true) { $0.line.amount },
            .init("period", "YYYYPP; null when there is none to put it in.") { $0.line.period },
            .init("standing") { $0.line.standing },
            .init("reasons", "All of them.", each: reason) { row in
                row.line.reasons.map { Reason(reason: $0, language: row.language) }
            },
            .init("documentReference") { $0.line.document?.reference.text },
            .init("vismaNumber", "Of the document in Visma.") { $0.line.document?.erpNumber },
        ])

    private static let page = Shape.object(
        name: "Board",
        [
            .needed("items", .list(line.shape)), .needed("page", .whole(1...1_000_000)),
            .needed("pages", .whole(1...1_000_000)), .needed("total", .whole(0...Int(Int32.max))),
            .needed("factsReadAt", .nullable(.instant), "When Visma last told what is open and known."),
            .needed(
                "standings",
                .object(
                    name: "BoardStandings",
                    BoardStanding.allCases.map { .needed($0.rawValue, .whole(0...Int(Int32.max))) }),
                "How many lines stand how, whatever standings are asked for."),
        ])

    static let routes: [APIRoute] = [
        .get(
            "/board", "Lines on their way to Visma, by date",
            query: [
                Shape.Member("job", .choice([JobName.hours.rawValue, JobName.withdrawals.rawValue])),
                Shape.Member("standing", .list(BoardStanding.shape), "May be repeated."),
                Shape.Member("employeeNumber", .text(longest: 100)), Shape.Member("projectNumber", .text(longest: 100)),
                Shape.Member("reason", .text(longest: 100), "The code of a reason."),
                Shape.Member("period", .text(longest: 6), "YYYYPP"),
            ] + QueryFields.paging, [.ok(page), .rule], read)
    ]

    private static func read(_ call: APICall) async throws -> Answer {
        let (query, request) = (call.query, call.query.page)
        let job = query.text("job").flatMap(JobName.init)
        let (board, filter) = try await call.visit.read { transaction in
            let filter = BoardFilter(
                job: job, standings: Set(query.all("standing").compactMap(BoardStanding.init)),
                project: try transaction.project(query.text("projectNumber"))?.id,
                worker: try transaction.worker(query.text("employeeNumber"))?.id, reason: query.text("reason"),
                period: query.text("period"))
            let since = try transaction.now() - Board.sentStays
            return (try Board.read(job, sentSince: since, in: transaction), filter)
        }
        let (lines, total) = board.page(filter, number: request.number, size: request.size)
        let (language, seesRates) = (call.visit.language, call.visit.seesRates)
        let standings = board.standings(filter)
        return try .json(
            [
                "items": .list(lines.map { line.value(Row(line: $0, language: language), seesRates: seesRates) }),
                "page": .whole(request.number), "pages": .whole(request.pages(of: total)), "total": .whole(total),
                "factsReadAt": board.factsReadAt.json,
                "standings": .object(
                    Dictionary(BoardStanding.allCases.map { ($0.rawValue, .whole(standings[$0] ?? 0)) }) { $1 }),
            ] as JSONValue)
    }
}
