import Proresult
import Sync

/// What came of import files, for people and for programs.
struct FileImportTable {
    private let report: FileImportReport

    init(_ report: FileImportReport) { self.report = report }

    private struct Counts: Encodable {
        var read, created, changed, unchanged, refused: Int
    }

    private struct Fault: Encodable {
        var file: String
        var line: Int?
        var field: String?
        var message: String
    }

    private struct Told: Encodable {
        var files: [String: Counts]
        var errors: [Fault]
    }

    private var kinds: [FileKind] { FileKind.allCases.filter { report.counts[$0] != nil } }

    private func counts(_ kind: FileKind) -> Counts {
        let counts = report[kind]
        return Counts(
            read: counts.read, created: counts.created, changed: counts.changed, unchanged: counts.unchanged,
            refused: report.errors(of: kind).count)
    }

    func show(on console: Console) throws {
        var table = Table(
            [.left, .right, .right, .right, .right, .right],
            header: [Text.rows, .read, .created, .changed, .unchanged, .refused].map(console.text))
        for kind in kinds {
            let counts = counts(kind)
            table.add(
                [console.text(.name(of: kind))]
                    + [counts.read, counts.created, counts.changed, counts.unchanged, counts.refused]
                    .map(console.number))
        }
        console.say(table)
        for error in report.errors {
            let place = [error.file, error.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
            console.say("\(place)\(error.field.map { " (\($0))" } ?? ""): \(words(error, console))")
        }
        try console.answer(
            Told(
                files: Dictionary(uniqueKeysWithValues: kinds.map { ($0.rawValue, counts($0)) }),
                errors: report.errors.map {
                    Fault(file: $0.file, line: $0.line, field: $0.field, message: words($0, console))
                }))
    }

    private func words(_ fault: FileImportReport.Fault, _ console: Console) -> String {
        console.language == .norwegian ? fault.norwegian : fault.message
    }
}
