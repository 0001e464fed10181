import Foundation
import Proresult
import Sync

/// A document that a person may have to look at.
struct DocumentReport: Encodable {
    var reference: String
    var kind: String
    var project: String
    var period: String
    var state: String
    var attempts: Int
    var number: String?
    var explanation: String?
    var nextStepAt: String

    init(_ document: ExportDocument) {
        reference = document.reference.text
        kind = document.kind.rawValue
        project = document.project
        period = document.period
        state = document.state.rawValue
        attempts = document.attempts
        number = document.erpNumber
        explanation = document.explanation
        nextStepAt = document.nextStepAt.utc
    }
}

extension Console {
    func showDocuments(_ documents: [ExportDocument]) {
        var table = Table(
            [.left, .left, .left, .left, .left, .left],
            header: [Text.reference, .job, .project, .period, .state, .explanation].map(text))
        for document in documents {
            table.add([
                document.reference.text, text(.name(of: document.kind)), document.project, document.period,
                text(.state(document.state)), document.explanation ?? "",
            ])
        }
        say(table)
    }
}
