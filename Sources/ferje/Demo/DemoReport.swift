import Foundation
import Proresult
import Sync

/// One run of all jobs, as people and programs are told of it.
struct DemoReport: Sendable {
    let run: Int
    let results: [JobResult]
    let comparison: LedgerComparison
    let tables: [TableDigest]

    var status: ExitStatus {
        if !comparison.agrees { return .ledgerDisagrees }
        return results.map(\.status).first { $0 != .done } ?? .done
    }

    struct Content: Encodable {
        var run: Int
        var jobs: [String: JobReport]
        var sums: [String: String]
        var ledger: LedgerComparison.Report
        var tables: [String: TableDigest.Report]
    }

    var content: Content {
        Content(
            run: run,
            jobs: Dictionary(uniqueKeysWithValues: results.map { ($0.job.rawValue, JobReport($0)) }),
            sums: Dictionary(
                uniqueKeysWithValues: comparison.ours.byAccount.map { ($0.account, $0.amount.description) }),
            ledger: comparison.report,
            tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.table, $0.report) }))
    }

    func show(on console: Console) throws {
        console.say(.runNumber(run))
        console.say()
        console.showImports(results.filter { !$0.job.isExport })
        let exports = results.filter(\.job.isExport)
        console.showExports(exports)
        exports.forEach(console.showHeld)
        var sums = Table([.left, .right], header: [Text.account, .sum].map(console.text))
        for (account, amount) in comparison.ours.byAccount { sums.add([account, console.money(amount)]) }
        if !sums.isEmpty {
            console.say(.sumsPerAccount)
            console.say(sums)
            console.say()
        }
        console.showErrors(results)
        showLedger(on: console)
        try console.answer(content)
    }

    private func showLedger(on console: Console) {
        guard !comparison.agrees else {
            console.say(.ledgerAgrees(documents: comparison.theirs.documents.count, lines: comparison.theirs.lines))
            return
        }
        console.say(
            .ledgerDisagrees(
                ours: (comparison.ours.documents.count, comparison.ours.lines),
                theirs: (comparison.theirs.documents.count, comparison.theirs.lines)))
        var table = Table(
            [.left, .left, .left, .right, .right],
            header: [Text.account, .period, .employee, .sentByUs, .inTheLedger].map(console.text))
        for (place, ours, theirs) in comparison.differences.prefix(50) {
            table.add([place.account, place.period, place.employee, console.money(ours), console.money(theirs)])
        }
        if !table.isEmpty { console.say(table) }
    }
}
