import Foundation
import Persistence
import TestSupport
import Testing

@testable import Proresult

/// Who may sign in, and how that stands.
@Suite struct UserListTests {
    private static let leader = Actor(username: "anna", role: .administrator)

    private func withUsers(_ kind: TestDatabaseKind, _ body: (Shore, SignInDesk) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            let desk = SignInDesk(
                database: shore.database,
                passwords: PasswordHashing(memoryKiB: 64, iterations: 1, randomness: .seeded(2)),
                randomness: .seeded(3))
            try await shore.run { transaction throws in
                for (username, name) in [("anna", "Anna Å"), ("bo", "Åse B"), ("cia", "Cia"), ("dag", "Øyvind")] {
                    try AppUser.create(
                        AppUser(id: AppUserID(username), username: username, name: name, role: .administrator),
                        in: transaction)
                }
            }
            try await body(shore, desk)
        }
    }

    private func rows(
        _ shore: Shore, _ list: UserList = UserList(), after: Duration = .zero
    ) async throws -> [UserRow] {
        try await shore.run { try list.page(at: shore.now + after, in: $0).rows }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theListTellsHowEachStandsInAlphabeticalOrder(kind: TestDatabaseKind) async throws {
        try await withUsers(kind) { shore, desk in
            try await desk.setPassword(
                of: AppUserID("anna"), in: shore.company, to: "en lang setning å huske", by: Self.leader, keeping: nil,
                at: shore.now)
            _ = try await desk.signIn(
                company: nil, username: "anna", password: "en lang setning å huske", replacing: nil,
                at: shore.now + .seconds(60))
            _ = try await desk.invite(AppUserID("bo"), in: shore.company, by: Self.leader, at: shore.now)
            try await shore.run { try AppUser.disable(AppUserID("cia"), at: shore.now, in: $0) }
            let all = try await rows(shore, UserList(showsDisabled: true))
            #expect(all.map(\.user.username) == ["anna", "cia", "dag", "bo"])
            #expect(all.map(\.standing) == [.active, .disabled, .notInvited, .invited])
            #expect(all.first?.signedInAt == shore.now + .seconds(60))
            #expect(all.dropFirst().allSatisfy { $0.signedInAt == nil })
            #expect(all.last?.invitedUntil == shore.now + .seconds(7 * 86_400))
            #expect(try await rows(shore).map(\.user.username) == ["anna", "dag", "bo"])
            #expect(try await rows(shore, UserList(search: "ÅSE")).map(\.user.username) == ["bo"])
            #expect(try await rows(shore, UserList(search: "100%")).isEmpty)
            // A link that is too old is none.
            #expect(try await rows(shore, after: .seconds(8 * 86_400)).last?.standing == .notInvited)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkerWithoutAUserIsToldUntilThereIsOneWithTheName(kind: TestDatabaseKind) async throws {
        try await withUsers(kind) { shore, _ in
            func without() async throws -> [String] {
                try await shore.run { try UserList.workersWithoutUser(limit: 5, in: $0).map(\.username) }
            }
            try await shore.run { transaction throws in
                var gone = shore.kari
                (gone.id, gone.username, gone.employeeNumber) = (WorkerID("x"), "x", "8")
                gone.inactiveAt = shore.now
                try Worker.insert([gone], in: transaction)
            }
            #expect(try await without() == ["kari"])
            _ = try await shore.run { transaction throws in
                try AppUser.create(
                    AppUser(id: AppUserID("k"), username: "Kari", name: "Kari", role: .worker), in: transaction)
            }
            #expect(try await without() == [])
        }
    }
}
