import Foundation
import Proresult
import Sync

/// The tables in which results are shown to people.
extension Console {
    func showImports(_ results: [JobResult]) {
        guard !results.isEmpty else { return }
        var table = Table(
            [.left, .right, .right, .right, .right, .right],
            header: [Text.job, .read, .created, .changed, .unchanged, .requests].map(text))
        for result in results {
            let counts = result.counts
            table.add(
                [text(.name(of: result.job))]
                    + [counts.read, counts.created, counts.changed, counts.unchanged, result.requests].map(number))
        }
        say(table)
        say()
        for result in results where result.counts.quarantined > 0 {
            say(.quarantined(result.job, result.counts.quarantined))
        }
    }

    func showExports(_ results: [JobResult]) {
        guard !results.isEmpty else { return }
        var table = Table(
            [.left, .right, .right, .right, .right],
            header: [Text.job, .sentLines, .documents, .held, .requests].map(text))
        for result in results {
            let counts = result.counts
            table.add(
                [text(.name(of: result.job))]
                    + [counts.sentLines, counts.documents, result.heldCount, result.requests]
                    .map(number))
        }
        say(table)
        say()
    }

    /// Why records wait: one line for each reason, with an example of its words.
    func showHeld(_ result: JobResult) {
        let reasons = result.heldByReason
        guard !reasons.isEmpty else { return }
        say(.heldBecause(result.job))
        var table = Table([.right, .left, .left])
        for reason in reasons {
            let others = reason.others > 0 ? " " + text(.andOthers(reason.others)) : ""
            table.add([
                number(reason.count), reason.example.text(language) + others, text(.mender(reason.example.mender)),
            ])
        }
        say(table)
        say()
    }

    func showErrors(_ results: [JobResult]) {
        for result in results {
            if let error = result.error { say(.jobFailed(result.job, error)) }
        }
    }
}
