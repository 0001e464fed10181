import Foundation
import Testing

/// Documents point at things that exist.
@Suite struct DocumentationTests {
    static let documents = [
        "README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/guarantees.md", "docs/commands.md",
        "docs/brukerveiledning.md", "docs/api.md", "docs/security.md", "docs/operations.md", "docs/configuration.md",
        "docs/performance.md",
        "docs/scaling.md",
    ]

    @Test(arguments: documents)
    func linksLeadSomewhere(document: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        let folder = Self.root.appending(path: document).deletingLastPathComponent()
        let links = text.matches(of: /\]\(([^)#]+)[^)]*\)/).map { String($0.1) }.filter { !$0.contains("://") }
        for link in links {
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: link).path), "\(document): \(link)")
        }
    }

    @Test(arguments: ["docs/guarantees.md", "docs/security.md"])
    func everyTestThatAPromiseNamesExists(document: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        let names = Set(
            text.matches(of: /`([A-Z][A-Za-z]*Tests)(?:\.([a-zA-Z]+))?`/).flatMap { match in
                [String(match.1)] + (match.2.map { [String($0)] } ?? [])
            })
        #expect(names.count > 8)
        let tests = try #require(
            FileManager.default.enumerator(at: Self.root.appending(path: "Tests"), includingPropertiesForKeys: nil)
        ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        for name in names {
            #expect(tests.contains("struct \(name) ") || tests.contains("func \(name)("), "\(name)")
        }
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
