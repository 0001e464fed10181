import Foundation
import Persistence
import Testing
import TestSupport

@testable import Storm

/// The database of most worlds of a storm is what the product would find on a file, and is as it was after each.
@Suite struct StageTests {
    private func onStage(_ body: (Stage) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "template.sqlite").path
            let database = try SQLiteDatabase(path: folder.appending(path: "a.sqlite").path, clock: .frozen)
            try await database.transactionAcrossCompanies { connection in
                try connection.execute("CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)")
                try connection.execute("INSERT INTO thing (id) VALUES ('template')")
            }
            try await database.backup(to: file)
            try await database.close()
            try await body(Stage(copyOf: file))
        }
    }

    private func things(_ database: any SQLDatabase) async throws -> [String] {
        try await database.readAcrossCompanies { connection in
            try connection.query("SELECT id FROM thing ORDER BY id").map { try $0.get("id") }
        }
    }

    @Test func theNextWorldBeginsAtTheSameRows() async throws {
        try await onStage { stage in
            let world = Rehearsal(on: stage, clock: .frozen)
            try await world.transactionAcrossCompanies { connection in
                try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                try connection.execute("CREATE TABLE other (id TEXT)")
            }
            #expect(try await things(world) == ["a", "template"])
            try await world.close()
            let next = Rehearsal(on: stage, clock: .frozen)
            #expect(try await things(next) == ["template"])
            try await next.transactionAcrossCompanies { _ = try $0.execute("CREATE TABLE other (id TEXT)") }
        }
    }

    @Test func whatFailsLeavesNothing() async throws {
        try await onStage { stage in
            let world = Rehearsal(on: stage, clock: .frozen)
            for second in ["INSERT INTO thing (id) VALUES ('template')", "nonsense"] as [SQL] {
                await #expect(throws: SQLError.self) {
                    try await world.transactionAcrossCompanies { connection in
                        try connection.execute("INSERT INTO thing (id) VALUES ('a')")
                        _ = try? connection.execute(second)
                    }
                }
            }
            let left = try await things(world)
            #expect(left == ["template"])
        }
    }

    @Test func aReadingCannotWrite() async throws {
        try await onStage { stage in
            let world = Rehearsal(on: stage, clock: .frozen)
            await #expect(throws: SQLError.self) {
                try await world.readAcrossCompanies { connection in
                    _ = try? connection.execute("INSERT INTO thing (id) VALUES ('a')")
                }
            }
            let left = try await things(world)
            #expect(left == ["template"])
        }
    }

    @Test func aCopyHasWhatWasDoneSoFar() async throws {
        try await onStage { stage in
            let world = Rehearsal(on: stage, clock: .frozen)
            try await world.transactionAcrossCompanies { _ = try $0.execute("INSERT INTO thing (id) VALUES ('a')") }
            try await withTemporaryFolder { folder in
                let file = folder.appending(path: "copy.sqlite").path
                try stage.copy(to: file)
                let copy = Rehearsal(on: try Stage(copyOf: file), clock: .frozen)
                #expect(try await things(copy) == ["a", "template"])
            }
        }
    }
}
