import Foundation
import Synchronization
import TestSupport

/// What a run of the crash tests did, written into the document that `FERJE_CRASH_REPORT` names, between its two marks.
struct CrashReport {
    let kind: TestDatabaseKind
    var kills: [String: Int] = [:]
    var stopped = 0
    var unanswered = 0
    var lines = 0

    init(_ kind: TestDatabaseKind) { self.kind = kind }

    static let begin = "<!-- make test-crash writes from here -->"
    static let end = "<!-- to here -->"
    private static let rows = Mutex<[String: String]>([:])

    private var row: String {
        let killed = kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return
            "| \(kind.rawValue) | \(CrashWorld.cycles) | \(killed) | \(stopped) | \(unanswered) | \(lines) | \(lines) | 0 |"
    }

    /// Called when the judge has found every line once.
    func keep() throws {
        guard let path = ProcessInfo.processInfo.environment["FERJE_CRASH_REPORT"] else { return }
        let rows = Self.rows.withLock { rows in
            rows[kind.rawValue] = row
            return rows.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n")
        }
        let file = URL(fileURLWithPath: path)
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let begin = text.range(of: Self.begin), let end = text.range(of: Self.end) else { throw NoPlace() }
        let day = Date.now.formatted(.iso8601.year().month().day())
        let table = """


            `make test-crash CYCLES=\(CrashWorld.cycles)`, \(day):

            | database | cycles | killed while running, by command | stopped and continued | attempts without a recorded answer | lines approved | lines in Visma | missing or doubled |
            |---|---|---|---|---|---|---|---|
            \(rows)


            """
        try (text[..<begin.upperBound] + table + text[end.lowerBound...]).write(
            to: file, atomically: true, encoding: .utf8)
    }

    struct NoPlace: Error {}
}
