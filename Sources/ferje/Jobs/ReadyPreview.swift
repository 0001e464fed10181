import Foundation
import Persistence
import Proresult
import Sync

/// Exactly the lines that would go now, document by document, and what is held and why. Sends nothing.
struct ReadyPreview {
    let installation: Installation
    let company: Company

    func show(_ job: JobName, period: String?) async throws {
        let connector = try await installation.connections().connect(company.id, job)
        let board = try await ReadyBoard.read(
            job, company: company.id, period: period, database: installation.database, connector: connector)
        let console = installation.console
        for document in board.documents { show(document, console) }
        showSums(board, console)
        showHeld(board, console)
        try console.answer(Told(job: job, company: company.id, board: board, language: console.language))
    }

    private func show(_ document: ReadyBoard.Document, _ console: Console) {
        console.say(.previewDocument(project: document.project, period: document.period))
        var table = Table(
            [.left, .left, .left, .left, .right, .right, .right],
            header: [Text.date, .employee, .task, .item, .quantity, .rate, .amount].map(console.text))
        for candidate in document.candidates {
            for line in candidate.lines {
                table.add([
                    candidate.date.description, candidate.employee, line.task, line.item,
                    console.quantity(line.quantity), console.money(line.rate),
                    console.money((line.quantity * line.rate).roundedToOre),
                ])
            }
        }
        table.add(["", "", "", "", "", "", console.money(document.amount)])
        console.say(table)
        console.say()
    }

    private func showSums(_ board: ReadyBoard.Content, _ console: Console) {
        guard !board.documents.isEmpty else {
            console.say(.nothingReady)
            return
        }
        var projects = Table([.left, .right], header: [Text.project, .sum].map(console.text))
        for (project, amount) in board.amountByProject { projects.add([project, console.money(amount)]) }
        console.say(projects)
        console.say()
        var accounts = Table([.left, .right], header: [Text.account, .sum].map(console.text))
        for (account, amount) in board.amountByAccount { accounts.add([account, console.money(amount)]) }
        console.say(accounts)
        console.say()
    }

    private func showHeld(_ board: ReadyBoard.Content, _ console: Console) {
        guard !board.held.isEmpty else { return }
        console.say(.heldNow)
        var table = Table(
            [.left, .left, .left, .left], header: [Text.date, .project, .worker, .reason].map(console.text))
        for candidate in board.held {
            for (index, blocker) in candidate.blockers.enumerated() {
                let place =
                    index == 0
                    ? [candidate.date.description, candidate.projectNumber, candidate.workerName] : ["", "", ""]
                table.add(place + [blocker.text(console.language)])
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

        init(job: JobName, company: CompanyID, board: ReadyBoard.Content, language: Language) {
            self.company = company.text
            preview = job.rawValue
            documents = board.documents.map { document in
                Document(
                    project: document.project, period: document.period, amount: document.amount.description,
                    lines: document.candidates.flatMap { candidate in
                        candidate.lines.map { line in
                            Line(
                                date: candidate.date.description, employee: candidate.employee, task: line.task,
                                item: line.item, quantity: line.quantity.description, rate: line.rate.description,
                                amount: (line.quantity * line.rate).roundedToOre.description)
                        }
                    })
            }
            sums = Dictionary(uniqueKeysWithValues: board.amountByAccount.map { ($0, $1.description) })
            projects = Dictionary(uniqueKeysWithValues: board.amountByProject.map { ($0, $1.description) })
            held = board.held.map { candidate in
                Held(
                    date: candidate.date.description, project: candidate.projectNumber, worker: candidate.workerName,
                    reasons: candidate.blockers.map {
                        Reason(code: $0.code, text: $0.text(language), mender: $0.mender.rawValue)
                    })
            }
        }
    }
}

extension ReadyBoard.Content {
    fileprivate var amountByProject: [(String, Decimal)] {
        Dictionary(grouping: documents, by: \.project).map { ($0, $1.reduce(0) { $0 + $1.amount }) }
            .sorted { $0.0 < $1.0 }
    }

    /// Debit positive, credit negative.
    fileprivate var amountByAccount: [(String, Decimal)] {
        let whole = documents.reduce(Decimal(0)) { $0 + $1.amount }
        return [(accounts.debit, whole), (accounts.credit, -whole)].compactMap { account, amount in
            account.map { ($0, amount) }
        }
    }
}
