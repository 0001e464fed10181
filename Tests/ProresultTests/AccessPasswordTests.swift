import Dispatch
import Persistence
import Proresult
import TestSupport
import Testing

/// S01 and S02: which passwords are taken, and how they are kept.
@Suite struct AccessPasswordTests {
    static let good = [
        "hest batteri stift", "blå elefanter på tur", "739184650271", "xkqzvwjpbnhr", "ÆØÅæøå ÆØÅæøå",
        "            .,-_/a",
        "🦭🦭🐋🐧🦑🐙🦀🐠🐟🐡🦈🐬", String(repeating: "sjøørret", count: 16), "パスワードを忘れないでね",
        "\u{0}\u{1}\u{2}\u{3}\u{4}hvalrosstur",
    ]

    static let bad: [(String, ProresultError)] = [
        ("", .passwordTooShort(least: 12)), ("kort", .passwordTooShort(least: 12)),
        ("elevetegn!!", .passwordTooShort(least: 12)), ("🦭🦭🦭🦭🦭🦭🦭🦭🦭🦭🦭", .passwordTooShort(least: 12)),
        (String(repeating: "sjøørret", count: 16) + "x", .passwordTooLong(most: 128)),
        ("aaaaaaaaaaaa", .passwordEasilyGuessed), ("abababababab", .passwordEasilyGuessed),
        ("123456789012", .passwordEasilyGuessed), ("qwertyuiop12", .passwordEasilyGuessed),
        ("passord12345", .passwordEasilyGuessed), ("Passord-2026!", .passwordEasilyGuessed),
        ("P@55w0rd!!!!2026", .passwordEasilyGuessed), ("Sommer2026!!!", .passwordEasilyGuessed),
        ("velkommen til visma", .passwordEasilyGuessed), ("Proresult 2026", .passwordEasilyGuessed),
        ("annaberg1234", .passwordEasilyGuessed), ("Fjordbygg2026", .passwordEasilyGuessed),
        ("fjordbygg AS anna", .passwordEasilyGuessed), ("jegelskerdeg!", .passwordEasilyGuessed),
        ("correcthorsebatterystaple", .passwordEasilyGuessed),
    ]

    private static let context = ["anna", "Anna Berg", "Fjordbygg AS", "fjordbygg"]

    @Test(arguments: good) func aLongPasswordOfAnyCharactersIsTaken(password: String) throws {
        try PasswordRule.check(password, context: Self.context)
    }

    @Test(arguments: bad) func whatIsShortOrTriedFirstIsRefused(password: String, why: ProresultError) {
        #expect(throws: why) { try PasswordRule.check(password, context: Self.context) }
    }

    @Test(arguments: good) func noCharacterIsCutOrChanged(password: String) async throws {
        let hashing = PasswordHashing(memoryKiB: 8, iterations: 1, randomness: .seeded(1))
        let stored = try await hashing.hash(password)
        #expect(try await hashing.verify(password, stored) == .right)
        for other in [password + " ", " " + password, String(password.dropLast()), password.uppercased() + "x"] {
            #expect(try await hashing.verify(other, stored) == .wrong)
        }
    }

    @Test func theSameLettersInAnotherFormOfUnicodeAreAnotherPassword() async throws {
        let hashing = PasswordHashing(memoryKiB: 8, iterations: 1, randomness: .seeded(1))
        let stored = try await hashing.hash("bl\u{E5} elefanter")
        #expect("bl\u{E5} elefanter" == "bla\u{30A} elefanter")
        #expect(try await hashing.verify("bla\u{30A} elefanter", stored) == .wrong)
    }

    @Test func theSettingsAndASaltOfItsOwnAreStored() async throws {
        let hashing = PasswordHashing(randomness: .seeded(1))
        let stored = [try await hashing.hash("blå elefanter"), try await hashing.hash("blå elefanter")]
        for text in stored {
            let parts = text.split(separator: "$")
            #expect(parts.prefix(3) == ["argon2id", "v=19", "m=19456,t=2,p=1"])
            // 16 bytes of salt and 32 of hash, in base 64 without padding.
            #expect(parts.dropFirst(3).map(\.count) == [22, 43])
            #expect(try await hashing.verify("blå elefanter", text) == .right)
        }
        #expect(Set(stored).count == 2)
    }

    /// From the reference implementation's own tests, so that another make of Argon2id would agree with ours.
    @Test func aPublishedExampleIsVerified() async throws {
        let published = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hashing = PasswordHashing(randomness: .seeded(1))
        #expect(try await hashing.verify("password", published) == .rightNeedsRehash)
        #expect(try await hashing.verify("passwore", published) == .wrong)
    }

    @Test(arguments: [
        "", "hemmelig", "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA",
    ])
    func aStoredTextThatIsNoHashIsAnErrorAndNotARefusal(stored: String) async throws {
        let hashing = PasswordHashing(memoryKiB: 8, iterations: 1, randomness: .seeded(1))
        await #expect(throws: PasswordHashing.Failure.self) { try await hashing.verify("blå elefanter", stored) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func raisedSettingsReachTheStoreAtTheNextSignIn(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let before = try await rig.storedHash()
            let raised = rig.otherDesk(memoryKiB: 16, iterations: 2)
            #expect(before.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
            #expect(try await rig.signIn("anna", AccessRig.karis, desk: raised).isRefused)
            #expect(try await rig.storedHash() == before)
            #expect(try await rig.signIn(desk: raised).token != nil)
            let after = try await rig.storedHash()
            #expect(after.hasPrefix("$argon2id$v=19$m=16,t=2,p=1$"))
            #expect(try await rig.signIn(desk: raised).token != nil)
            #expect(try await rig.storedHash() == after)
        }
    }

    @Test func fiveHundredAtOnceTakeTurnsOnTwoThreads() async throws {
        let work = HashingWork()
        let hashing = PasswordHashing(
            memoryKiB: 64, iterations: 1, concurrent: 2, randomness: .seeded(1), watch: { work.note($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<500 { group.addTask { _ = try await hashing.hash("blå elefanter") } }
            try await group.waitForAll()
        }
        #expect(work.all == 500)
        #expect(work.most <= 2)
    }

    /// Both threads stand still while the desk goes on finding people.
    @Test(arguments: TestDatabaseKind.allCases)
    func hashingHoldsUpNothingElse(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            let gate = DispatchSemaphore(value: 0)
            let stuck = PasswordHashing(
                memoryKiB: 8, iterations: 1, concurrent: 2, randomness: rig.randomness,
                watch: { if $0 == .began { _ = gate.wait(timeout: .now() + 20) } })
            async let hashes = withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 { group.addTask { try await stuck.hash("blå elefanter") } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            for _ in 0..<20 { #expect(try await rig.find(token) != nil) }
            for _ in 0..<8 { gate.signal() }
            #expect(try await hashes.count == 8)
        }
    }
}
