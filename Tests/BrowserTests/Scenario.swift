import BuiltPrograms
import Foundation
import Testing

/// A file of `Scenarios`: steps in a real browser, told one by one. The first that fails ends it.
struct Scenario {
    let name: String

    /// What one line of the driver says.
    private struct Told: Decodable {
        var step: String?
        var failed: String?
        var seen: [String]?
        var done: Int?
    }

    /// Plays the scenario against servers that run.
    /// - Parameter facts: addresses, user names and secrets that the steps need.
    func play(_ facts: [String: String], in folder: URL) async throws {
        let python = Self.driver.appending(path: "bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "\(python.path) is not there: run scripts/setup browser")
        let pictures = try Self.pictures(of: name)
        var facts = facts
        facts["folder"] = pictures.path
        facts["chromium"] = try Self.chromium()
        let told = try String(decoding: JSONSerialization.data(withJSONObject: facts), as: UTF8.self)
        var environment = [
            "FERJE_SCENARIO": told, "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": Self.folder.appending(path: "Scenarios").path,
        ]
        environment["FERJE_PICTURES"] = ProcessInfo.processInfo.environment["FERJE_PICTURES"]
        let outcome = try await Running(
            program: python, arguments: ["-m", "driver", name], environment: environment, folder: folder
        ).outcome()
        try judge(outcome)
    }

    private func judge(_ outcome: FerjeProgram.Outcome) throws {
        let lines = try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Told.self, from: Data($0.utf8))
        }
        for line in lines {
            guard let step = line.step, let failed = line.failed else { continue }
            Issue.record("«\(step)»: \(failed)\nseen: \((line.seen ?? []).joined(separator: ", "))")
        }
        if lines.allSatisfy({ $0.failed == nil }) {
            // Every step that was begun was told, and there were some.
            let steps = lines.filter { $0.step != nil }.count
            #expect(outcome.status == 0 && steps > 0 && lines.last?.done == steps, "\(outcome.errors)")
        }
    }

    /// Beside the built program; what an earlier run left there goes.
    private static func pictures(of name: String) throws -> URL {
        let folder = try FerjeProgram.path().deletingLastPathComponent().appending(path: "browser-pictures/\(name)")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func chromium() throws -> String {
        let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0) },
            "no Chromium: run scripts/setup browser")
    }

    /// Where `scripts/setup browser` puts the driver.
    private static var driver: URL {
        let environment = ProcessInfo.processInfo.environment
        let usual = (environment["HOME"] ?? NSHomeDirectory()) + "/.cache/ferje-browser"
        return URL(fileURLWithPath: environment["FERJE_BROWSER"] ?? usual)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    static let tests = folder.deletingLastPathComponent()
}
