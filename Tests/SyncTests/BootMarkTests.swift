import Foundation
import Persistence
import TestSupport
import Testing

@testable import Sync

/// A database that is behind what this installation has done is noticed at the start, before anything is sent.
@Suite struct BootMarkTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aDatabaseThatGoesOnAsItWasIsTrusted(kind: TestDatabaseKind) async throws {
        try await withMark(kind) { bench, file in
            for _ in 0..<3 {
                let stepBack = try await bench.check(file)
                #expect(stepBack == nil)
            }
            let isShut = try await bench.isShut()
            #expect(!isShut)
        }
    }

    enum Fate: String, CaseIterable {
        case olderThanTheLastDocument, markLost, fileLost, fileGarbled, otherInstallation, otherTimeline

        func expected(_ kind: TestDatabaseKind) -> BootMark.StepBack? {
            switch self {
            case .olderThanTheLastDocument: .older
            case .markLost: .markLost
            // A new node of a PostgreSQL that goes on as it was has no file, or that of another database.
            case .fileLost: kind == .sqlite ? .fileLost : nil
            case .fileGarbled: .fileLost
            case .otherInstallation: kind == .sqlite ? .otherInstallation : nil
            case .otherTimeline: kind == .sqlite ? nil : .otherTimeline
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, Fate.allCases)
    func aStepBackShutsTheExports(kind: TestDatabaseKind, fate: Fate) async throws {
        try await withMark(kind) { bench, file in
            let mark = try await BootMark.check(database: bench.database, file: file, randomness: bench.randomness)
            switch fate {
            case .olderThanTheLastDocument:
                // The backup is from after this start and before the document.
                let before = try await bench.counter()
                try await bench.approvedHours("e1")
                try await bench.run(with: mark)
                try await bench.execute("UPDATE installation SET counter = \(before)")
            case .markLost: try await bench.execute("DELETE FROM installation")
            case .fileLost: try FileManager.default.removeItem(at: file)
            case .fileGarbled: try Data("ferje".utf8).write(to: file)
            case .otherInstallation: try await bench.execute("UPDATE installation SET mark = 'another'")
            case .otherTimeline:
                try await bench.execute("UPDATE installation SET timeline = '1/1' WHERE timeline IS NOT NULL")
            }
            let expected = fate.expected(kind)
            #expect(try await bench.check(file) == expected)
            #expect(try await bench.isShut() == (expected != nil))
            #expect(try await bench.check(file) == nil, "told once; the shutter remembers")
            #expect(try await bench.isShut() == (expected != nil))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theFileKnowsOfADocumentBeforeTheERPDoes(kind: TestDatabaseKind) async throws {
        try await withMark(kind) { bench, file in
            let mark = try await BootMark.check(database: bench.database, file: file, randomness: bench.randomness)
            let before = try bench.counter(in: file)
            bench.erp.change { world in
                world.onPost = {
                    let now = try? bench.counter(in: file)
                    bench.erp.change { $0.calls.append("file \((now ?? 0) - before)") }
                }
            }
            try await bench.approvedHours("e1")
            try await bench.run(with: mark)
            #expect(bench.erp.change { $0.calls.contains("file 1") })
            #expect(try await bench.counter() == bench.counter(in: file))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingIsSentWhenTheFileCannotBeWritten(kind: TestDatabaseKind) async throws {
        try await withMark(kind) { bench, file in
            let mark = try await BootMark.check(database: bench.database, file: file, randomness: bench.randomness)
            try FileManager.default.removeItem(at: file.deletingLastPathComponent())
            try await bench.approvedHours("e1")
            let outcome = try await bench.run(with: mark)
            #expect(outcome?.kind == "askPerson")
            #expect(bench.posts == 0)
            #expect(try await bench.documents().map(\.state) == [.ready])
        }
    }
}

private func withMark(_ kind: TestDatabaseKind, _ body: (ExportBench, URL) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try await withExportBench(kind) { try await body($0, folder.appending(path: "ferje.mark")) }
    }
}

extension ExportBench {
    fileprivate func check(_ file: URL) async throws -> BootMark.StepBack? {
        try await BootMark.check(database: database, file: file, randomness: randomness).stepBack
    }

    @discardableResult
    fileprivate func run(with mark: BootMark) async throws -> RunOutcome? {
        _ = try await transaction { try $0.requestRun(of: .hours, by: "test") }
        return try await engine(mark: mark).tick()?.outcome
    }

    fileprivate func counter() async throws -> Int {
        try await transaction { try $0.first("SELECT counter FROM installation")?.get("counter") ?? 0 }
    }

    fileprivate func counter(in file: URL) throws -> Int {
        guard case .content(let content) = try BootMarkFile(url: file).read() else { return 0 }
        return content.counter
    }
}
