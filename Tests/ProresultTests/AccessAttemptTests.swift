import Persistence
import Proresult
import TestSupport
import Testing

/// The part of S04 that the desk has: guessing gets slow, and nobody is locked out by it.
@Suite struct AccessAttemptTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func afterFiveFailuresTheNextAttemptWaitsLongerEachTime(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            for account in ["anna", "finnes-ikke"] {
                for _ in 1...5 { #expect(try await rig.signIn(account, "feil passord her").isRefused) }
                for seconds in [1, 2, 4, 8, 16, 30, 30, 30] {
                    let until = rig.now + .seconds(seconds)
                    let before = rig.work.all
                    #expect(try await rig.signIn(account, "feil passord her").waitsUntil == until, "\(account)")
                    // The right password has to wait too, on another node and after a restart.
                    #expect(try await rig.signIn(account, desk: rig.otherDesk()).waitsUntil == until)
                    #expect(rig.work.all == before)
                    rig.clock.set(until)
                    #expect(try await rig.signIn(account, "feil passord her").isRefused)
                }
            }
            // Others, and who is signed in, notice nothing.
            #expect(try await rig.signIn("kari", AccessRig.karis).token != nil)
            #expect(try await rig.signIn("anna", AccessRig.others, company: "fjellbygg").token != nil)
            #expect(try await rig.find(token) != nil)
            #expect(try await rig.desk.proveAgain(token: token, password: AccessRig.annas, at: rig.now) != nil)
            rig.clock.advance(by: .seconds(30))
            #expect(try await rig.signIn().token != nil)
            // Clean again.
            for _ in 1...5 { #expect(try await rig.signIn("anna", "feil passord her").isRefused) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func afterAQuarterOfAnHourTheFailuresAreForgotten(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            for _ in 1...5 { _ = try await rig.signIn("anna", "feil passord her") }
            rig.clock.advance(by: .seconds(900))
            for _ in 1...5 { #expect(try await rig.signIn("anna", "feil passord her").isRefused) }
            #expect(try await rig.signIn("anna", "feil passord her").waitsUntil != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyAtOnceDoNotSlipThrough(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let before = rig.work.all
            let outcomes = try await withThrowingTaskGroup(of: SignInOutcome.self) { group in
                for number in 0..<40 { group.addTask { try await rig.signIn("anna", "gjetning nummer \(number)") } }
                return try await group.reduce(into: [SignInOutcome]()) { $0.append($1) }
            }
            #expect(outcomes.count(where: \.isRefused) == 5)
            #expect(outcomes.compactMap(\.waitsUntil).count == 35)
            #expect(rig.work.all - before == 5)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anAddressThatGuessesAtManyAccountsWaitsToo(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            for number in 1...20 {
                #expect(try await rig.signIn("bruker\(number)", "feil passord her", address: "10.0.0.1").isRefused)
                // Signing in between guesses buys no more of them.
                if number.isMultiple(of: 5), number < 20 {
                    #expect(try await rig.signIn("kari", AccessRig.karis, address: "10.0.0.1").token != nil)
                }
            }
            #expect(try await rig.signIn("bruker21", "feil passord her", address: "10.0.0.1").waitsUntil != nil)
            #expect(try await rig.signIn(address: "10.0.0.1").waitsUntil != nil)
            #expect(try await rig.signIn(address: "10.0.0.2").token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func guessingInsideASessionGetsSlowAsWell(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            for _ in 1...5 {
                #expect(try await rig.desk.proveAgain(token: token, password: "feil passord her", at: rig.now) == nil)
            }
            await #expect(throws: ProresultError.tooManyTries(until: rig.now + .seconds(1))) {
                _ = try await rig.desk.changeOwnPassword(
                    token: token, from: AccessRig.annas, to: "grå elefanter hjemme", at: rig.now)
            }
            rig.clock.advance(by: .seconds(1))
            #expect(try await rig.desk.proveAgain(token: token, password: AccessRig.annas, at: rig.now) != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theCountNamesNobodyAndIsThrownAwayAfterADay(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            // A password in the wrong field.
            _ = try await rig.signIn("hemmelig hund i huset", "anna", address: "10.0.0.1")
            func subjects() async throws -> [String] {
                try await rig.database.readAcrossCompanies { connection in
                    try connection.query("SELECT subject FROM sign_in_attempt ORDER BY subject").map {
                        try $0.get("subject")
                    }
                }
            }
            let kept = try await subjects()
            #expect(kept.count == 2)
            #expect(kept.allSatisfy { !$0.contains("hund") && !$0.contains("10.0.0.1") })
            rig.clock.advance(by: .seconds(86_400))
            _ = try await rig.token()
            #expect(try await subjects() == [])
        }
    }
}
