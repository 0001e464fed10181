import Foundation
import Testing

/// What a machine can see of the SQL in the sources: no text that somebody said gets into it, and on SQLite, where no
/// policy of the database stands behind us, no statement forgets the company (S15, S22).
@Suite struct SQLTests {
    /// All that is ever put into SQL as text and not as a binding, read by people: names of columns and tables, and
    /// pieces that the sources spell out. Whoever adds one looks where it comes from first.
    private static let reviewed: Set<String> = [
        "AppUser.columnList(of: \"u\")", "ChoosableWorkType.condition", "Customer.columnList(of: \"c\")",
        "ExportDocument.columns", "HourEntry.columnList(of: \"h\")", "HourRow.firstApprover", "HourSum.columns(\"h\")",
        "HourSum.groups(\"h\")", "Item.columnList(of: \"i\")", "ItemGroup.columnList(of: \"g\")",
        "Lane.allCases.map { \"\\($0.column) = 0\" }.joined(separator: \", \")",
        "Lane.allCases.map(\\.column).joined(separator: \", \")", "Project.columnList(of: \"p\")",
        "ProjectWorkType.columnList(of: \"t\")",
        "Record.Local.labelSQL", "Record.Local.numberColumn", "RunCounts.columns", "RunRow.columns",
        "RunRow.latestOfJob", "Self.figures", "Self.rejection", "Self.table", "String(size)",
        "Withdrawal.columnList(of: \"w\")",
        "WithdrawalSum.figures", "Worker.columnList(of: \"k\")", "alias", "column", "columnList", "columns",
        "condition",
        "direction", "firstApprover", "kind.rawValue",
        "joinedPeople", "key", "lane.column",
        "connection.lockingPassingBy(\"company\")",
        "lastUsed", "order", "people", "refusal(of: .hourEntry)", "refusal(of: .withdrawal)",
        "table", "table.name",
        "waiting(HourEntry.columns)", "waiting(Withdrawal.columns)", "worker", "worthCopying",
    ]

    /// Statements over the whole installation.
    private static let ofNoCompany = ["company", "sign_in_attempt", "installation", "pg_control_system"]
    /// The loops and the locks of the whole installation, each with its reason.
    private static let exceptions = ["UPDATE job SET lease_until = 0 WHERE lease_until > 0": "at a start on SQLite"]

    private static let filesOfAll = [
        "InstallationFigures.swift": "what the operator sees is counted over all companies",
        "CompanyRows.swift": "the rows of a company that moves bring their columns along",
    ]

    @Test func whatGoesIntoSQLAsTextWasReadByPeople() throws {
        var found: Set<String> = []
        for file in try Self.sources() {
            let text = try String(contentsOf: file, encoding: .utf8)
            for start in text.ranges(of: "\\(raw: ") {
                found.insert(Self.untilTheEnd(of: text[start.upperBound...]))
            }
        }
        #expect(found.subtracting(Self.reviewed) == [], "put into SQL as text, and not on the list")
        #expect(Self.reviewed.subtracting(found) == [], "on the list, and nowhere in the sources")
    }

    @Test func everyStatementNamesItsCompany() throws {
        let statement = #/\b(SELECT\b[^;]*\bFROM|UPDATE \w+ SET|INSERT INTO|DELETE FROM) *(?<table>\w*)/#
        var (seen, without) = (0, [String]())
        for file in try Self.sources()
        where !file.lastPathComponent.hasPrefix("Schema") && Self.filesOfAll[file.lastPathComponent] == nil {
            for literal in Self.literals(of: try String(contentsOf: file, encoding: .utf8)) {
                guard literal.firstMatch(of: statement) != nil else { continue }
                seen += 1
                let tables = literal.matches(of: #/\b(?:FROM|INTO|UPDATE|JOIN) +(\w+)/#).map { String($0.1) }
                    .filter { $0 != "SET" }
                let isOfAll = !tables.isEmpty && tables.allSatisfy(Self.ofNoCompany.contains)
                // A condition that is put together elsewhere is a text of its own, and looked at there.
                let isNamed = literal.contains("company_id") || literal.contains("\\(sql: ")
                if !isOfAll, !isNamed, Self.exceptions[literal] == nil {
                    without.append("\(file.lastPathComponent): \(literal)")
                }
            }
        }
        #expect(seen > 200)
        #expect(without == [])
    }

    private static func sources() throws -> [URL] {
        try ["Proresult", "Sync", "VismaNetConnector"].flatMap { try TidyTests.swiftFiles(in: "Sources/\($0)") }
    }

    /// Up to the bracket that closes the interpolation.
    private static func untilTheEnd(of text: Substring) -> String {
        var depth = 1
        return String(
            text.prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            })
    }

    private static func literals(of text: String) -> [String] {
        let long = text.matches(of: #/"""\n(.*?)"""/#.dotMatchesNewlines()).map { String($0.1) }
        let short = text.replacing(#/""".*?"""/#.dotMatchesNewlines(), with: "")
            .matches(of: #/"((?:[^"\\\n]|\\.)*)"/#).map { String($0.1) }
        return (long + short).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
}
