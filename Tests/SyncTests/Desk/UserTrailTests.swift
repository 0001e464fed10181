import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What is done to users and keys leaves who did it, and what stood there before and after.
@Suite struct UserTrailTests {
    private func trail(_ bench: ExportBench, _ kind: String) async throws -> [String] {
        try await bench.transaction { transaction in
            try transaction.query(
                """
                SELECT actor, action, reason, before_digest, after_digest FROM audit WHERE subject_kind = \(kind)
                ORDER BY at, id
                """
            ).map { row in
                let (actor, action): (String, String) = (try row.get("actor"), try row.get("action"))
                let (before, after): (String?, String?) = (try row.get("before_digest"), try row.get("after_digest"))
                let reason: String = try row.get("reason")
                return ([actor, action, reason] + [before, after].compactMap(\.self)).joined(separator: " · ")
            }
        }
    }

    private func make(_ bench: ExportBench, _ username: String, _ role: Role) async throws -> AppUser {
        try await bench.transaction {
            try $0.makeUser(
                AppUser(id: AppUserID(username), username: username, name: username, role: role), by: "drift")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rolesAndAccessLeaveTheirTrailAndWhatStandsLeavesNone(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            _ = try await make(bench, "anna", .administrator)
            let bo = try await make(bench, "bo", .worker)
            try await bench.transaction { transaction in
                try transaction.setRole(.worker, of: bo.id, by: "anna")
                try transaction.setRole(.leader, of: bo.id, by: "anna")
                try transaction.setUser(bo.id, enabled: true, by: "anna")
                try transaction.setUser(bo.id, enabled: false, by: "anna")
                try transaction.setUser(bo.id, enabled: false, by: "anna")
                try transaction.setUser(bo.id, enabled: true, by: "anna")
            }
            #expect(
                try await trail(bench, "user") == [
                    "drift · user made · anna · administrator", "drift · user made · bo · worker",
                    "anna · role changed · bo · worker · leader", "anna · user disabled · bo",
                    "anna · user enabled · bo",
                ])
        }
    }

    /// A rule that refuses leaves neither a change nor a line.
    @Test(arguments: TestDatabaseKind.allCases)
    func theLastAdministratorStaysAndLeavesNoTrail(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let anna = try await make(bench, "anna", .administrator)
            await #expect(throws: ProresultError.lastAdministrator) {
                try await bench.transaction { try $0.setRole(.leader, of: anna.id, by: "anna") }
            }
            await #expect(throws: ProresultError.lastAdministrator) {
                try await bench.transaction { try $0.setUser(anna.id, enabled: false, by: "anna") }
            }
            #expect(try await trail(bench, "user").count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func keysAndTheDoorLeaveTheirTrail(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let anna = try await make(bench, "anna", .administrator)
            let expiry = bench.clock.now + .seconds(86_400)
            let text = try await bench.transaction {
                try $0.makeKey(
                    name: "Feltsystem", role: .leader, expiresAt: expiry, maker: anna, randomness: .seeded(5))
            }
            let found = try await ProgramKey.find(text: text, in: bench.database, at: bench.clock.now)
            let key = try #require(found?.key)
            try await bench.transaction { transaction in
                try transaction.revokeKey(key.id, by: "anna")
                try transaction.revokeKey(key.id, by: "anna")
            }
            #expect(
                try await trail(bench, "key") == [
                    "anna · key made · Feltsystem · leader", "anna · key revoked · Feltsystem",
                ])
            #expect(try await ProgramKey.find(text: text, in: bench.database, at: bench.clock.now) == nil)
            try await bench.transaction { transaction in
                for seed: UInt64 in [1, 2] {
                    try transaction.audit(.refused, as: "an\u{0}na\n", from: "192.0.2.1", randomness: .seeded(seed))
                }
            }
            #expect(
                try await trail(bench, "sign-in") == Array(repeating: "anna · sign-in refused · 192.0.2.1", count: 2))
        }
    }
}
