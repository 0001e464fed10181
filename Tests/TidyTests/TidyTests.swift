import Foundation
import Testing

/// The rules of the house that a machine can read. A rule has its exceptions beside it, each with a reason.
@Suite struct TidyTests {
    struct Rule: Sendable, CustomTestStringConvertible {
        var words: [String]
        var folders: [String]
        /// File → why it may.
        var exceptions: [String: String] = [:]
        var testDescription: String { words.joined(separator: ", ") }
    }

    static let libraries = [
        "HTML", "Persistence", "Proresult", "Sync", "VismaNet", "VismaNetConnector", "VismaNetSandbox", "Web",
        "Operations",
    ]

    static let rules = [
        Rule(words: ["try!", "as!"], folders: libraries + ["ferje"]),
        Rule(words: ["Date()", "Date.now", "SystemRandomNumberGenerator", ".random(in", "UUID()"], folders: libraries),
        Rule(
            words: ["Task {", "Task.detached"], folders: libraries,
            exceptions: ["TokenSource.swift": "a cancelled caller must not lose the new refresh token; it is awaited"]),
        Rule(
            words: ["Task.sleep", "usleep", "Thread.sleep"], folders: libraries,
            exceptions: [
                "Sandbox.swift": "the default of a value that tests replace",
                "AsyncHTTPClientTransport.swift": "the real network has a real deadline",
            ]),
        Rule(words: ["print("], folders: libraries),
        Rule(words: ["TODO", "FIXME", "XXX("], folders: libraries + ["ferje"]),
    ]

    @Test(arguments: rules)
    func sourcesKeepTheRule(rule: Rule) throws {
        var found: [String] = []
        for folder in rule.folders {
            for file in try Self.swiftFiles(in: "Sources/\(folder)")
            where rule.exceptions[file.lastPathComponent] == nil {
                let text = try String(contentsOf: file, encoding: .utf8)
                for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                    let code = line.trimmingCharacters(in: .whitespaces)
                    // `.random(in:using:)` takes the generator that was passed in.
                    guard !code.hasPrefix("//"), !code.contains("using: &") else { continue }
                    for word in rule.words where Self.contains(code, word) {
                        found.append("\(file.lastPathComponent):\(number + 1): \(word)")
                    }
                }
            }
        }
        #expect(found.isEmpty)
    }

    @Test func exceptionsAreStillNeeded() throws {
        for rule in Self.rules {
            for name in rule.exceptions.keys {
                let files = try rule.folders.flatMap { try Self.swiftFiles(in: "Sources/\($0)") }
                    .filter { $0.lastPathComponent == name }
                let text = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
                #expect(rule.words.contains { text.contains($0) }, "\(name) does not need its exception from \(rule)")
            }
        }
    }

    @Test func filesAreNamedByTheWordOfTheBusiness() throws {
        let empty = ["Manager", "Helper", "Util", "Common", "Impl"]
        let names = try Self.swiftFiles(in: "Sources").map(\.lastPathComponent)
        #expect(names.count > 100)
        #expect(names.filter { name in empty.contains { name.contains($0) } && name != "CommonOptions.swift" } == [])
    }

    @Test func theTwoShoresShareNoType() throws {
        for (target, other) in [("VismaNet", "VismaNetSandbox"), ("VismaNetSandbox", "VismaNet")] {
            for file in try Self.swiftFiles(in: "Sources/\(target)") {
                let imports = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                #expect(!imports.contains("import \(other)"), "\(file.lastPathComponent)")
            }
        }
    }

    /// `Task {` must not be found in `withTask {`.
    private static func contains(_ line: String, _ word: String) -> Bool {
        guard let range = line.range(of: word) else { return false }
        guard range.lowerBound > line.startIndex, word.first?.isLetter == true else { return true }
        let before = line[line.index(before: range.lowerBound)]
        return !(before.isLetter || before.isNumber || before == "_" || before == "\"")
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(in folder: String) throws -> [URL] {
        let url = root.appending(path: folder)
        let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        return try #require(files).filter { $0.pathExtension == "swift" }
    }
}
