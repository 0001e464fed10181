import Foundation
import Persistence
import Proresult
import Sync
import VismaNetConnector

/// The preview on a terminal, by what Visma says now: the lines that would go, document by document, and what is held
/// and why. Sends nothing.
struct ReadyPreview {
    let installation: Installation
    let company: Company

    func show(_ job: JobName, period: String?) async throws {
        let (connections, database) = (try installation.connections(), installation.database)
        try await FactsReading(database: database) { try await connections.connect($0, job) }.refresh(company.id)
        let preview = try await database.read(company: company.id) { try Preview.read(job, into: period, in: $0) }
        let console = installation.console
        for document in preview.documents { show(document, console) }
        showSums(preview, console)
        showHeld(preview, console)
        try console.answer(Told(company: company.id, preview: preview, language: console.language))
    }

    private func show(_ document: Preview.Document, _ console: Console) {
        console.say(.previewDocument(project: document.projectNumber, period: document.period))
        var table = Table(
            [.left, .left, .left, .left, .right, .right, .right],
            header: [Text.date, .employee, .task, .item, .quantity, .rate, .amount].map(console.text))
        for line in document.lines.map(\.sent) {
            table.add([
                line.date.description, line.employee, line.task, line.item, console.quantity(line.quantity.value),
                console.money(line.rate.value), console.money(line.amount),
            ])
        }
        table.add(["", "", "", "", "", "", console.money(document.amount)])
        console.say(table)
        console.say()
    }

    private func showSums(_ preview: Preview, _ console: Console) {
        guard !preview.documents.isEmpty else {
            console.say(.nothingReady)
            return
        }
        var projects = Table([.left, .right], header: [Text.project, .sum].map(console.text))
        for (project, _, amount) in preview.amountByProject { projects.add([project, console.money(amount)]) }
        console.say(projects)
        console.say()
        var accounts = Table([.left, .right], header: [Text.account, .sum].map(console.text))
        for (account, amount) in preview.amountByAccount { accounts.add([account, console.money(amount)]) }
        console.say(accounts)
        console.say()
    }

    private func showHeld(_ preview: Preview, _ console: Console) {
        guard !preview.held.isEmpty else { return }
        console.say(.heldNow)
        var table = Table(
            [.left, .left, .left, .left], header: [Text.date, .project, .worker, .reason].map(console.text))
        for line in preview.held {
            for (index, reason) in line.reasons.enumerated() {
                let place =
                    index == 0 ? [line.date.description, line.projectNumber, line.workerName] : ["", "", ""]
                table.add(place + [reason.blocker.text(console.language)])
            }
        }
        console.say(table)
    }

    private struct Told: Encodable {
        struct Line: Encodable {
            var date, employee, task, item, quantity, rate, amount: String
        }
        struct Document: Encodable {
            var project, period, amount: String
            var lines: [Line]
        }
        struct Reason: Encodable {
            var code, text, mender: String
        }
        struct Held: Encodable {
            var date, project, worker: String
            var reasons: [Reason]
        }
        var company: String
        var preview: String
        var documents: [Document]
        var sums: [String: String]
        var projects: [String: String]
        var held: [Held]

        init(company: CompanyID, preview: Preview, language: Language) {
            self.company = company.text
            self.preview = preview.job.rawValue
            documents = preview.documents.map { document in
                Document(
                    project: document.projectNumber, period: document.period, amount: document.amount.description,
                    lines: document.lines.map(\.sent).map { line in
                        Line(
                            date: line.date.description, employee: line.employee, task: line.task, item: line.item,
                            quantity: line.quantity.value.description, rate: line.rate.value.description,
                            amount: line.amount.description)
                    })
            }
            sums = Dictionary(preview.amountByAccount.map { ($0, $1.description) }) { first, _ in first }
            projects = Dictionary(preview.amountByProject.map { ($0, $2.description) }) { first, _ in first }
            held = preview.held.map { line in
                Held(
                    date: line.date.description, project: line.projectNumber, worker: line.workerName,
                    reasons: line.reasons.map {
                        Reason(code: $0.code, text: $0.blocker.text(language), mender: $0.mender.rawValue)
                    })
            }
        }
    }
}
