import Persistence
import Proresult
import TestSupport
import Testing

/// S06: the first administrator, and how everybody else gets a password.
@Suite struct AccessSetUpTests {
    private static let password = "tolv tause troll"

    /// A company in which nobody can sign in.
    private func withNewCompany(
        _ kind: TestDatabaseKind, _ body: (AccessRig, CompanyID) async throws -> Void
    ) async throws {
        try await withAccess(kind) { rig throws in
            let company = CompanyID("ny")
            try await rig.database.transactionAcrossCompanies { connection in
                _ = try Company.create(name: "Nybygg", id: company, at: rig.now, in: connection)
            }
            try await body(rig, company)
        }
    }

    private func signUp(
        _ secret: String, _ rig: AccessRig, username: String = "sjef", password: String = password
    ) async throws -> SignInOutcome {
        try await rig.desk.firstAdministrator(
            secret: secret, username: username, name: "Sjef Sjefsen", password: password, at: rig.now)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theFirstAdministratorComesWithTheSecretAndNobodyElse(kind: TestDatabaseKind) async throws {
        try await withNewCompany(kind) { rig, company throws in
            for (username, password) in [("admin", "admin"), ("admin", "password"), ("", ""), ("sjef", Self.password)] {
                #expect(try await rig.signIn(username, password, company: "nybygg").isRefused)
            }
            #expect(try await signUp("gjettet", rig).isRefused)
            let secret = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            #expect(try await rig.desk.company(ofSetUpSecret: secret, at: rig.now)?.id == company)
            let outcome = try await signUp(secret, rig)
            #expect(outcome.signedIn?.user.role == .administrator && outcome.signedIn?.company.id == company)
            #expect(try await rig.find(try #require(outcome.token)) != nil)
            #expect(try await rig.signIn("Sjef", Self.password, company: "nybygg").token != nil)
            // Void after use, and no second one while somebody can sign in.
            #expect(try await signUp(secret, rig, username: "annen").isRefused)
            await #expect(throws: ProresultError.alreadySetUp) {
                try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            }
            await #expect(throws: ProresultError.notFound(.company, key: "x")) {
                try await rig.desk.makeSetUpSecret(for: CompanyID("x"), at: rig.now)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theSecretIsGoodForAnHourAndANewOneTakesItsPlace(kind: TestDatabaseKind) async throws {
        try await withNewCompany(kind) { rig, company throws in
            let first = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            let second = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            #expect(try await signUp(first, rig).isRefused)
            rig.clock.advance(by: .seconds(3600))
            #expect(try await signUp(second, rig).isRefused)
            let third = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            rig.clock.advance(by: .seconds(3599))
            #expect(try await signUp(third, rig).token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatCannotBeUsedLeavesTheSecretGood(kind: TestDatabaseKind) async throws {
        try await withNewCompany(kind) { rig, company throws in
            let secret = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            await #expect(throws: ProresultError.passwordTooShort(least: 12)) {
                try await signUp(secret, rig, password: "kort")
            }
            await #expect(throws: ProresultError.passwordEasilyGuessed) {
                try await signUp(secret, rig, password: "Nybygg-2026!!")
            }
            await #expect(throws: ProresultError.required(.user, field: "username")) {
                try await signUp(secret, rig, username: " ")
            }
            #expect(try await rig.run(in: company) { try AppUser.all(in: $0) } == [])
            #expect(try await signUp(secret, rig).token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func ofTwoAttemptsAtOnceOneWins(kind: TestDatabaseKind) async throws {
        try await withNewCompany(kind) { rig, company throws in
            let secret = try await rig.desk.makeSetUpSecret(for: company, at: rig.now)
            let outcomes = try await withThrowingTaskGroup(of: SignInOutcome.self) { group in
                for number in 0..<6 {
                    group.addTask { try await signUp(secret, rig, username: "sjef\(number)") }
                }
                return try await group.reduce(into: [SignInOutcome]()) { $0.append($1) }
            }
            #expect(outcomes.compactMap(\.token).count == 1)
            #expect(outcomes.count(where: \.isRefused) == 5)
            #expect(try await rig.run(in: company) { try AppUser.all(in: $0) }.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anInvitedPersonChoosesThePasswordOnce(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let old = try await rig.token("kari", AccessRig.karis)
            await #expect(throws: ProresultError.notAllowed(.user, username: "leif")) {
                try await rig.desk.invite(
                    rig.kari.id, in: rig.fjord, by: Actor(username: "leif", role: .leader), at: rig.now)
            }
            let token = try await rig.desk.invite(rig.kari.id, in: rig.fjord, by: rig.admin, at: rig.now)
            let invited = try #require(await rig.desk.invitation(token: token, at: rig.now))
            #expect(invited.user == rig.kari && invited.company.id == rig.fjord)
            await #expect(throws: ProresultError.passwordTooShort(least: 12)) {
                try await rig.desk.acceptInvitation(token: token, password: "kort", at: rig.now)
            }
            // The old password works until a new one is chosen.
            #expect(try await rig.find(old) != nil)
            let outcome = try await rig.desk.acceptInvitation(token: token, password: Self.password, at: rig.now)
            #expect(outcome.signedIn?.user == rig.kari)
            #expect(try await rig.find(old) == nil)
            #expect(try await rig.signIn("kari", AccessRig.karis).isRefused)
            #expect(try await rig.signIn("kari", Self.password).token != nil)
            await #expect(throws: ProresultError.invitationVoid) {
                try await rig.desk.acceptInvitation(token: token, password: AccessRig.karis, at: rig.now)
            }
            #expect(try await rig.run { try AppUser.withPassword(in: $0) } == [rig.anna.id, rig.kari.id])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anInvitationEndsByTimeByANewOneByAPasswordAndWithThePerson(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            func invite() async throws -> String {
                try await rig.desk.invite(rig.kari.id, in: rig.fjord, by: rig.admin, at: rig.now)
            }
            func isGood(_ token: String) async throws -> Bool {
                try await rig.desk.invitation(token: token, at: rig.now) != nil
            }
            let late = try await invite()
            rig.clock.advance(by: .seconds(7 * 86_400 - 1))
            #expect(try await isGood(late))
            rig.clock.advance(by: .seconds(1))
            #expect(try await !isGood(late))
            let (first, second) = (try await invite(), try await invite())
            #expect(try await !isGood(first))
            #expect(try await isGood(second))
            try await rig.desk.setPassword(
                of: rig.kari.id, in: rig.fjord, to: Self.password, by: rig.admin, keeping: nil, at: rig.now)
            #expect(try await !isGood(second))
            let third = try await invite()
            try await rig.run { try AppUser.disable(rig.kari.id, at: rig.now, in: $0) }
            #expect(try await !isGood(third))
            await #expect(throws: ProresultError.inactive(.user, name: "Kari Nordmann")) { _ = try await invite() }
            try await rig.run { try AppUser.enable(rig.kari.id, in: $0) }
            #expect(try await !isGood(third))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func ofTwoWhoUseOneInvitationOneWins(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.desk.invite(rig.kari.id, in: rig.fjord, by: rig.admin, at: rig.now)
            let tokens = await withTaskGroup(of: String?.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try? await rig.desk.acceptInvitation(
                            token: token, password: "\(Self.password) \(number)", at: rig.now
                        ).token
                    }
                }
                return await group.reduce(into: [String]()) { $0 += $1.map { [$0] } ?? [] }
            }
            #expect(tokens.count == 1)
            #expect(try await rig.find(try #require(tokens.first)) != nil)
        }
    }
}
