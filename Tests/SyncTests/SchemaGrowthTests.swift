import Foundation
import Persistence
import Sync
import Testing

/// Two versions of the program work on one database while an upgrade is under way. So a migration only adds, in such a way
/// that a program which does not know of it goes on, unless it says that it contracts (docs/decisions/0010).
@Suite struct SchemaGrowthTests {
    /// What looks like a hindrance and is none, or is older than the rule.
    private static let reviewed = [
        10: "code is unique, and an older program gives every company the same empty one, which the index leaves out",
        20: "the checks of the added columns name others that are added with them and that older programs leave alone",
        51: "the check of state_because names state, which is added with it and which older programs leave alone",
        60: indexes, 61: indexes, 71: indexes,
    ]
    private static let indexes = "drops indexes that are not unique: an older program is slower beside it, nothing else"

    @Test func whatDoesNotSayThatItContractsOnlyAdds() {
        var seen = 0
        for migration in SyncSchema.all where migration.effect == .expands && Self.reviewed[migration.number] == nil {
            seen += migration.statements.count
            #expect(Self.hindrances(in: migration.statements) == [], "\(migration.number) \(migration.name)")
        }
        #expect(seen > 80)
    }

    @Test func exceptionsAreStillNeeded() {
        for (number, why) in Self.reviewed {
            let migration = SyncSchema.all.first { $0.number == number }
            #expect(migration.map { Self.hindrances(in: $0.statements).isEmpty } == false, "\(number): \(why)")
        }
    }

    @Test(arguments: [
        "DROP TABLE run", "DROP INDEX run_age", "ALTER TABLE run DROP COLUMN error", "DELETE FROM run",
        "ALTER TABLE run RENAME COLUMN error TO trouble", "ALTER TABLE run RENAME TO runs",
        "ALTER TABLE run ADD COLUMN heat TEXT NOT NULL", "ALTER TABLE run ALTER COLUMN error SET NOT NULL",
        "ALTER TABLE run ADD COLUMN heat TEXT CHECK (heat IS NOT NULL OR error IS NULL)",
        "ALTER TABLE run ADD CONSTRAINT some CHECK (error <> '')",
        "CREATE UNIQUE INDEX some ON run (company_id, error)",
        "UPDATE run SET error = ''", "UPDATE run SET heat = coalesce(error, ','), error = NULL",
        "INSERT INTO run (company_id) VALUES ('x')", "CREATE TRIGGER some AFTER INSERT ON run BEGIN SELECT 1; END",
    ])
    func whatWouldHinderAnOlderProgramIsSeen(statement: String) {
        let added = statement.contains("SET heat") ? ["ALTER TABLE run ADD COLUMN heat TEXT"] : []
        #expect(Self.hindrances(in: added + [statement]) == [statement])
    }

    @Test func whatOnlyAddsIsTaken() {
        let statements = [
            "CREATE TABLE heat (company_id TEXT NOT NULL REFERENCES company (id), run_id TEXT NOT NULL)",
            "CREATE UNIQUE INDEX heat_of_run ON heat (company_id, run_id)",
            "INSERT INTO heat SELECT company_id, id FROM run",
            "ALTER TABLE run ADD COLUMN heat TEXT",
            "ALTER TABLE run ADD COLUMN cold BIGINT NOT NULL DEFAULT 0 CHECK (cold < 9)",
            "UPDATE run SET heat = coalesce(error, 'a, b'), cold = 1 WHERE error <> ''",
            "CREATE INDEX run_heat ON run (heat)",
        ]
        #expect(Self.hindrances(in: statements) == [])
    }

    // MARK: - What a machine can see of it

    /// The statements of one migration that a program which does not know it may stumble over.
    private static func hindrances(in statements: [String]) -> [String] {
        var (made, added) = (Set<String>(), Set<String>())
        return statements.filter { text in
            let statement = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if let table = statement.firstMatch(of: #/^CREATE TABLE (\w+) \(/#)?.1 {
                made.insert(String(table))
                return false
            }
            if let match = statement.firstMatch(of: #/^ALTER TABLE (\w+) ADD COLUMN (\w+) (.*)$/#) {
                added.insert("\(match.1).\(match.2)")
                return !isHarmless(column: match.2, String(match.3))
            }
            if let match = statement.firstMatch(of: #/^CREATE (UNIQUE )?INDEX \w+ ON (\w+) /#) {
                return match.1 != nil && !made.contains(String(match.2))
            }
            if let table = statement.firstMatch(of: #/^INSERT INTO (\w+) /#)?.1 { return !made.contains(String(table)) }
            if let match = statement.firstMatch(of: #/^UPDATE (\w+) SET (.*)$/#) {
                return !assigned(in: String(match.2)).allSatisfy { added.contains("\(match.1).\($0)") }
            }
            return true
        }
    }

    /// Whoever does not name it writes rows all the same.
    private static func isHarmless(column: Substring, _ rest: String) -> Bool {
        guard !rest.contains("NOT NULL") || rest.contains("DEFAULT") else { return false }
        guard let start = rest.range(of: "CHECK (")?.upperBound else { return true }
        let condition = rest[start...].replacing(#/'[^']*'/#, with: "")
        return condition.matches(of: #/[a-z_][a-z_0-9]*/#).allSatisfy { $0.0 == column }
    }

    /// The columns before the equals signs, outside brackets and texts, up to WHERE.
    private static func assigned(in text: String) -> [String] {
        var (depth, isText, parts, part) = (0, false, [String](), "")
        for character in text.replacing(" WHERE ", with: "\u{0}") {
            if character == "'" { isText.toggle() }
            if !isText, character == "(" { depth += 1 }
            if !isText, character == ")" { depth -= 1 }
            if !isText, depth == 0, character == "\u{0}" { break }
            if !isText, depth == 0, character == "," {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return (parts + [part]).compactMap { $0.firstMatch(of: #/^ ?(\w+) = /#).map { String($0.1) } ?? "?" }
    }
}
