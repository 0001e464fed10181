import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync

/// Exactly the lines that would go now, and sending those and no others.
enum PreviewAPI {
    private static let line = Resource<Preview.Line>(
        "PreviewLine",
        [
            .init("recordID", "Of the hours or the withdrawal.") { $0.record.id },
            .init("part", "ordinary, overtime50, overtime100 or goods.") { $0.part.rawValue },
            .init("date") { $0.sent.date },
            .init("workerName") { $0.workerName },
            .init("employee", "The employee number in Visma.") { $0.sent.employee },
            .init("matter", "The work type's name, or the text of what was taken out.") { $0.matter },
            .init("item") { $0.sent.item },
            .init("task") { $0.sent.task },
            .init("quantity") { $0.sent.quantity.value },
            .init("billableQuantity", "Hours only.") { $0.sent.billableQuantity?.value },
            .init("rate") { $0.sent.rate.value },
            .init("amount") { $0.sent.amount },
            .init("debitAccount") { $0.sent.debitAccount },
            .init("creditAccount") { $0.sent.creditAccount },
        ])

    private static let document = Resource<Preview.Document>(
        "PreviewDocument",
        [
            .init("projectNumber") { $0.projectNumber },
            .init("projectName") { $0.projectName },
            .init("period") { $0.period },
            .init("amount") { $0.amount },
            .init("lines", each: line) { $0.lines },
        ])

    private struct Sum: Sendable {
        var account: String
        var amount: Decimal
    }

    private static let sum = Resource<Sum>(
        "AccountSum", [.init("account") { $0.account }, .init("amount") { $0.amount }])

    private static let preview = Resource<Preview>(
        "Preview",
        [
            .init("job") { $0.job },
            .init("period", "The one that was chosen; null: each line by its date.") { $0.period },
            .init("digest", "Stands for this very content; what is sent must say it.") { $0.digest },
            .init("amount") { $0.amount },
            .init("lineCount") { $0.lineCount },
            .init("held", "Lines that do not go; the board tells why.") { $0.held.count },
            .init("factsReadAt", "When Visma last told what is open and known.") { $0.factsReadAt },
            .init("accounts", "Debit positive, credit negative.", each: sum) { preview in
                preview.amountByAccount.map { Sum(account: $0.account, amount: $0.amount) }
            },
            .init("documents", each: document) { $0.documents },
        ])

    private static let job = Shape.choice([JobName.hours.rawValue, JobName.withdrawals.rawValue])

    static let routes: [APIRoute] = [
        .get(
            "/preview", "The lines that would go now, document by document; nothing is sent",
            roles: APIRoute.bookkeeping,
            query: [.needed("job", job), Shape.Member("period", .text(longest: 6), "YYYYPP, an open one.")],
            [.ok(preview.shape), .rule]
        ) { call in
            let (job, period) = (try wanted(call.query.text("job")), call.query.text("period"))
            return try call.answer(
                try await call.visit.read { try Preview.read(job, into: period, in: $0) }, preview)
        },
        .post(
            "/preview/send", "Sends exactly what a preview showed", roles: APIRoute.bookkeeping,
            body: .object(
                name: "PreviewSend",
                [.needed("job", job), .optional("period", .text(longest: 6)), .needed("digest", .text(longest: 100))]),
            [
                .accepted(RunsAPI.requested, "The run sends this, or nothing when something changes before."),
                APIRoute.Outcome(
                    status: .conflict, about: "It is no longer what was seen, or the job is off: look again.",
                    shape: nil), .rule,
            ], send),
    ]

    private static func send(_ call: APICall) async throws -> Answer {
        let body = try call.object
        let (job, period) = (try wanted(body.text("job")), body.text("period"))
        let (digest, person) = (try body.needed("digest", body.text), try call.visit.actor.username)
        let (answer, now) = try await call.visit.write { transaction in
            let answer = try Preview.send(job, into: period, seen: digest, by: person, in: transaction)
            return (answer, try transaction.now())
        }
        switch answer {
        case .requested: return try RunsAPI.accepted(job, now)
        case .switchedOff: return try RunsAPI.accepted(job, nil)
        case .changed: throw PreviewIsOld()
        }
    }

    private static func wanted(_ word: String?) throws(BadField) -> JobName {
        guard let job = word.flatMap(JobName.init), job.isExport else {
            throw BadField(field: "job", text: .fieldMissing)
        }
        return job
    }
}

/// What a digest stood for is no longer what would go.
struct PreviewIsOld: Error {}

/// A job that is switched off cannot be asked for.
struct JobIsOff: Error {
    var job: JobName
}

/// Only what is sent goes into a period.
struct PeriodOfImport: Error {}
