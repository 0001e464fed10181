import Persistence
import Proresult
import TestSupport
import Testing

/// S11: keys of programs.
@Suite struct ProgramKeyTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aKeyOpensItsOwnCompanyInItsRole(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (text, key) = try await rig.key(role: .leader)
            let found = try #require(await rig.found(text))
            #expect(found.company.id == rig.fjord && found.key.role == .leader && found.key.id == key.id)
            #expect(found.key.actor == Actor(username: "api:timeklokke", role: .leader))
            try await rig.run(in: rig.fjell) { transaction throws in
                #expect(try ProgramKey.all(in: transaction) == [])
                #expect(throws: ProresultError.notFound(.programKey, key: key.id.text)) {
                    try ProgramKey.revoke(key.id, at: rig.now, in: transaction)
                }
            }
            #expect(try await rig.found(text) != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aKeyIsKnownByItsPrefixAndCheckDigits(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (text, _) = try await rig.key()
            #expect(text.wholeMatch(of: /ferje_[0-9a-hjkmnp-tv-z]{38}/) != nil)
            #expect(ProgramKey.isWellFormed(text))
            let last = try #require(text.last)
            let wrong = [
                "", "ferje_", String(text.dropFirst(6)), text + "0", String(text.dropLast()), text.uppercased(),
                text.replacing("ferje_", with: "fjerje"), String(text.dropLast()) + (last == "0" ? "1" : "0"),
                "ferje_" + String(repeating: "0", count: 38), "ferje_" + String(repeating: "ø", count: 19),
            ]
            for other in wrong {
                #expect(!ProgramKey.isWellFormed(other), "\(other)")
                #expect(try await rig.found(other) == nil)
            }
            #expect(try await rig.key().text != text)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aKeyEndsWhenItIsRevokedOrTooOld(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (revoked, key) = try await rig.key()
            let (old, _) = try await rig.key(days: 30)
            try await rig.run { transaction throws in
                try ProgramKey.revoke(key.id, at: rig.now, in: transaction)
                try ProgramKey.revoke(key.id, at: rig.now + .seconds(9), in: transaction)
                #expect(try ProgramKey.get(key.id, in: transaction).revokedAt == rig.now)
            }
            #expect(try await rig.found(revoked) == nil)
            rig.clock.advance(by: .seconds(30 * 86_400 - 1))
            #expect(try await rig.found(old) != nil)
            rig.clock.advance(by: .seconds(1))
            #expect(try await rig.found(old) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aKeyOpensNothingWhenItsMakerMayNotMakeOne(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let berit = AppUser(id: AppUserID("berit"), username: "berit", name: "Berit", role: .administrator)
            _ = try await rig.run { try AppUser.create(berit, in: $0) }
            let (own, _) = try await rig.key(maker: berit.id)
            let (operators, _) = try await rig.key(maker: nil)
            var leader = berit
            leader.role = .leader
            try await rig.run { [leader] in _ = try AppUser.update(leader, in: $0) }
            #expect(try await rig.found(own) == nil)
            try await rig.run { _ = try AppUser.update(berit, in: $0) }
            #expect(try await rig.found(own) != nil)
            try await rig.run { try AppUser.disable(berit.id, at: rig.now, in: $0) }
            #expect(try await rig.found(own) == nil)
            #expect(try await rig.found(operators) != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theLastUseIsWrittenDownOnceAMinute(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (text, key) = try await rig.key()
            func lastUse() async throws -> Timestamp? {
                try await rig.run { try ProgramKey.get(key.id, in: $0).lastUsedAt }
            }
            #expect(try await lastUse() == nil)
            let first = rig.now
            for (seconds, used) in [(0, first), (59, first), (1, first + .seconds(60))] {
                rig.clock.advance(by: .seconds(seconds))
                #expect(try await rig.found(text)?.key.lastUsedAt == used)
                #expect(try await lastUse() == used)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyAnAdministratorMakesAKeyAndNotForEver(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            await #expect(throws: ProresultError.notAllowed(.programKey, username: "kari")) {
                try await rig.key(actor: rig.kari.actor)
            }
            for days in [-1, 0, 367] {
                await #expect(throws: ProresultError.expiryOutOfRange(most: 366)) { try await rig.key(days: days) }
            }
            await #expect(throws: ProresultError.required(.programKey, field: "name")) {
                try await rig.key(name: " ")
            }
            #expect(try await rig.run { try ProgramKey.all(in: $0) } == [])
        }
    }
}

extension AccessRig {
    @discardableResult
    func key(
        name: String = "timeklokke", role: Role = .bookkeeper, days: Int = 90, maker: AppUserID? = AppUserID("anna"),
        actor: Actor? = nil
    ) async throws -> (text: String, key: ProgramKey) {
        try await run { transaction in
            try ProgramKey.create(
                name: name, role: role, expiresAt: now + .seconds(days * 86_400), maker: maker, by: actor ?? admin,
                at: now, randomness: randomness, in: transaction)
        }
    }

    func found(_ text: String) async throws -> SignedInProgram? {
        try await ProgramKey.find(text: text, in: database, at: now)
    }
}
