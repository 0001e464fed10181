import Dispatch
import Persistence
import Proresult
import TestSupport
import Testing

/// S07 to S09: how sessions begin, live and end.
@Suite struct AccessSessionTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aStolenTableOpensNothing(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            let invitation = try await rig.desk.invite(rig.kari.id, in: rig.fjord, by: rig.admin, at: rig.now)
            let key = try await rig.key()
            let stolen = try await rig.everyStoredText()
            #expect(stolen.count > 10)
            for secret in [token, invitation, key.text, AccessRig.annas] {
                #expect(!stolen.contains { $0.contains(secret) })
            }
            for text in stolen {
                #expect(try await rig.find(text) == nil)
                #expect(try await rig.desk.invitation(token: text, at: rig.now) == nil)
                #expect(try await ProgramKey.find(text: text, in: rig.database, at: rig.now) == nil)
            }
            #expect(token.utf8.count == 32)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTokenThatWasPlantedBeforeSignInIsNeverTaken(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let planted = "valgt-av-en-annen"
            let own = try await rig.token(replacing: planted)
            #expect(own != planted)
            #expect(try await rig.find(planted) == nil)
            let karis = try await rig.token("kari", AccessRig.karis)
            let fresh = try await rig.token(replacing: karis)
            #expect(fresh != karis)
            #expect(try await rig.find(karis) == nil)
            #expect(try await rig.find(own)?.user.id == rig.anna.id)
            // A refused attempt ends nothing.
            #expect(try await rig.signIn("anna", "feil passord her", replacing: fresh).isRefused)
            #expect(try await rig.find(fresh) != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSessionEndsAfterHalfAnHourWithoutUse(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            rig.clock.advance(by: .seconds(1799))
            #expect(try await rig.find(token)?.session.seenAt == rig.now)
            rig.clock.advance(by: .seconds(1800))
            #expect(try await rig.find(token) == nil)
            // Gone for good, also for a clock that goes back.
            rig.clock.advance(by: .seconds(-900))
            #expect(try await rig.find(token) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSessionEndsAfterTwelveHoursWhateverItsUse(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            for _ in 1...35 {
                rig.clock.advance(by: .seconds(1200))
                #expect(try await rig.find(token) != nil)
            }
            rig.clock.advance(by: .seconds(1200))
            #expect(try await rig.find(token) == nil)
        }
    }

    @Test func theLimitsCanOnlyBeMadeShorter() {
        let long = SessionLimits(idle: .seconds(86_400), absolute: .seconds(999_999))
        #expect([long.idle, long.absolute] == [.seconds(1800), .seconds(43_200)])
        let short = SessionLimits(idle: .seconds(60), absolute: .seconds(600))
        #expect([short.idle, short.absolute] == [.seconds(60), .seconds(600)])
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func useIsWrittenDownOnceAMinute(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            let start = rig.now
            for (seconds, seen) in [(30, start), (29, start), (1, start + .seconds(60)), (59, start + .seconds(60))] {
                rig.clock.advance(by: .seconds(seconds))
                #expect(try await rig.find(token)?.session.seenAt == seen)
                let stored = try await rig.run { try Session.all(of: rig.anna.id, in: $0).first?.seenAt }
                #expect(stored == seen)
            }
        }
    }

    enum Change: CaseIterable { case disabled, otherRole, rowChanged, otherPassword }

    @Test(arguments: TestDatabaseKind.allCases, Change.allCases)
    func aChangeOfThePersonEndsTheSessionsAtOnce(kind: TestDatabaseKind, change: Change) async throws {
        try await withAccess(kind) { rig throws in
            let tokens = [
                try await rig.token("kari", AccessRig.karis), try await rig.token("kari", AccessRig.karis),
            ]
            let bystander = try await rig.token()
            switch change {
            case .disabled: try await rig.run { try AppUser.disable(rig.kari.id, at: rig.now, in: $0) }
            case .otherRole:
                var leader = rig.kari
                leader.role = .leader
                try await rig.run { [leader] in _ = try AppUser.update(leader, in: $0) }
            case .rowChanged:
                _ = try await rig.run {
                    try $0.execute(
                        "UPDATE app_user SET role = 'leader' WHERE company_id = \($0.company) AND id = \(rig.kari.id)")
                }
            case .otherPassword:
                try await rig.desk.setPassword(
                    of: rig.kari.id, in: rig.fjord, to: "åtte røde kanarifugler", by: rig.admin, keeping: nil,
                    at: rig.now)
            }
            for token in tokens { #expect(try await rig.find(token) == nil) }
            #expect(try await rig.find(bystander) != nil)
            // Nor do they come back with the person.
            try await rig.run { transaction throws in
                try AppUser.enable(rig.kari.id, in: transaction)
                try AppUser.update(rig.kari, in: transaction)
            }
            for token in tokens { #expect(try await rig.find(token) == nil) }
        }
    }

    /// A page that was read before the person was shut out is sent in afterwards.
    @Test(arguments: TestDatabaseKind.allCases)
    func anOldPageLetsNobodyInAgain(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let read = try await rig.run { try AppUser.get(rig.kari.id, in: $0) }
            let stored = try await rig.run { transaction throws in
                try AppUser.disable(rig.kari.id, at: rig.now, in: transaction)
                try AppUser.setLanguage(.english, of: rig.kari.id, in: transaction)
                return try AppUser.update(read, in: transaction)
            }
            #expect(!stored.isEnabled && stored.language == .english)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNewPasswordCanKeepTheSessionItWasSetFrom(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (own, other) = (try await rig.token(), try await rig.token())
            try await rig.desk.setPassword(
                of: rig.anna.id, in: rig.fjord, to: "grå elefanter hjemme", by: rig.anna.actor, keeping: own,
                at: rig.now)
            #expect(try await rig.find(own) != nil)
            #expect(try await rig.find(other) == nil)
            #expect(try await rig.signIn().isRefused)
            #expect(try await rig.signIn("anna", "grå elefanter hjemme").token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyOneselfAndAnAdministratorSetAPassword(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            await #expect(throws: ProresultError.notAllowed(.user, username: "kari")) {
                try await rig.desk.setPassword(
                    of: rig.anna.id, in: rig.fjord, to: "overtatt av en annen", by: rig.kari.actor, keeping: nil,
                    at: rig.now)
            }
            await #expect(throws: ProresultError.notFound(.user, key: "ukjent")) {
                try await rig.desk.setPassword(
                    of: AppUserID("ukjent"), in: rig.fjord, to: "overtatt av en annen", by: rig.admin, keeping: nil,
                    at: rig.now)
            }
            await #expect(throws: ProresultError.passwordEasilyGuessed) {
                try await rig.desk.setPassword(
                    of: rig.kari.id, in: rig.fjord, to: "KariNordmann1", by: rig.kari.actor, keeping: nil, at: rig.now)
            }
            #expect(try await rig.signIn().token != nil)
            #expect(try await rig.signIn("kari", AccessRig.karis).token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func givingThePasswordAgainMakesANewSession(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let token = try await rig.token()
            rig.clock.advance(by: .seconds(301))
            #expect(try await rig.find(token)?.session.isProved(at: rig.now) == false)
            #expect(try await rig.desk.proveAgain(token: token, password: AccessRig.karis, at: rig.now) == nil)
            #expect(try await rig.find(token) != nil)
            let (fresh, signedIn) = try #require(
                await rig.desk.proveAgain(token: token, password: AccessRig.annas, at: rig.now))
            #expect(fresh != token && signedIn.session.isProved(at: rig.now))
            #expect(signedIn.session.device == "Firefox")
            #expect(try await rig.find(token) == nil)
            rig.clock.advance(by: .seconds(300))
            #expect(try await rig.find(fresh)?.session.isProved(at: rig.now) == true)
            #expect(try await rig.desk.proveAgain(token: token, password: AccessRig.annas, at: rig.now) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onesOwnPasswordIsChangedWithTheOldOne(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (own, other) = (try await rig.token(), try await rig.token())
            let new = "grå elefanter hjemme"
            await #expect(throws: ProresultError.passwordWrong) {
                _ = try await rig.desk.changeOwnPassword(token: own, from: AccessRig.karis, to: new, at: rig.now)
            }
            await #expect(throws: ProresultError.passwordTooShort(least: 12)) {
                _ = try await rig.desk.changeOwnPassword(token: own, from: AccessRig.annas, to: "kort", at: rig.now)
            }
            #expect(try await rig.find(own) != nil)
            let (fresh, _) = try #require(
                await rig.desk.changeOwnPassword(token: own, from: AccessRig.annas, to: new, at: rig.now))
            #expect(try await rig.find(fresh)?.user.id == rig.anna.id)
            for token in [own, other] { #expect(try await rig.find(token) == nil) }
            #expect(try await rig.signIn("anna", new).token != nil)
            #expect(
                try await rig.desk.changeOwnPassword(token: own, from: new, to: AccessRig.annas, at: rig.now) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func sessionsAreListedAndEndedByOneselfAndTheAdministrator(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let old = try await rig.token("kari", AccessRig.karis)
            rig.clock.advance(by: .seconds(60))
            let new = try await rig.token("kari", AccessRig.karis)
            let annas = try #require(await rig.signIn().signedIn?.session)
            let there = try await rig.token("kari", AccessRig.others, company: "fjellbygg")
            func listed(_ actor: Actor) async throws -> [Session] {
                try await rig.desk.sessions(of: rig.kari.id, in: rig.fjord, by: actor, at: rig.now)
            }
            let sessions = try await listed(rig.kari.actor)
            #expect(sessions.map(\.createdAt) == [rig.now, rig.now - .seconds(60)])
            #expect(try await listed(rig.admin) == sessions)
            for attempt in [
                { try await rig.desk.endSession(annas.id, in: rig.fjord, by: rig.kari.actor) },
                {
                    try await rig.desk.endSessions(
                        of: rig.anna.id, in: rig.fjord, by: rig.kari.actor, keeping: nil)
                },
                { _ = try await rig.desk.sessions(of: rig.anna.id, in: rig.fjord, by: rig.kari.actor, at: rig.now) },
            ] as [@Sendable () async throws -> Void] {
                await #expect(throws: ProresultError.notAllowed(.user, username: "kari")) { try await attempt() }
            }
            // The other company's session cannot be named from here.
            let foreign = try #require(await rig.find(there)?.session.id)
            try await rig.desk.endSession(foreign, in: rig.fjord, by: rig.admin)
            #expect(try await rig.find(there) != nil)

            try await rig.desk.endSession(try #require(sessions.last).id, in: rig.fjord, by: rig.admin)
            #expect(try await rig.find(old) == nil)
            #expect(try await rig.find(new) != nil)
            let third = try await rig.token("kari", AccessRig.karis)
            try await rig.desk.endSessions(of: rig.kari.id, in: rig.fjord, by: rig.kari.actor, keeping: third)
            #expect(try await rig.find(new) == nil)
            #expect(try await rig.find(third) != nil)
            try await rig.desk.signOut(token: third)
            try await rig.desk.signOut(token: third)
            #expect(try await rig.find(third) == nil)
            rig.clock.advance(by: .seconds(1800))
            #expect(try await listed(rig.admin) == [])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPasswordThatChangesWhileItIsCheckedOpensNothing(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (checked, changed) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let slow = rig.otherDesk(watch: { moment in
                guard moment == .ended else { return }
                checked.continuation.yield()
                _ = changed.wait(timeout: .now() + 20)
            })
            async let outcome = rig.signIn(desk: slow)
            for await _ in checked.stream { break }
            try await rig.desk.setPassword(
                of: rig.anna.id, in: rig.fjord, to: "grå elefanter hjemme", by: rig.admin, keeping: nil, at: rig.now)
            changed.signal()
            #expect(try await outcome.isRefused)
            #expect(try await rig.desk.sessions(of: rig.anna.id, in: rig.fjord, by: rig.admin, at: rig.now) == [])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func ofTwoAdministratorsWhoShutEachOtherOutOneStays(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let berit = AppUser(id: AppUserID("berit"), username: "berit", name: "Berit", role: .administrator)
            _ = try await rig.run { try AppUser.create(berit, in: $0) }
            let results = await withTaskGroup(of: Bool.self) { group in
                for id in [rig.anna.id, berit.id] {
                    group.addTask {
                        do {
                            try await rig.run { try AppUser.disable(id, at: rig.now, in: $0) }
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(results.count { $0 } == 1)
            #expect(
                try await rig.run { try AppUser.all(in: $0) }.count { $0.role == .administrator && $0.isEnabled } == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theFormTokenBelongsToOneSession(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (one, other) = (try await rig.token(), try await rig.token())
            let form = Session.csrfToken(of: one)
            #expect(form == Session.csrfToken(of: one))
            #expect(form != Session.csrfToken(of: other))
            let stored = try #require(await rig.find(one)?.session.id.text)
            #expect(form != stored && form != Session.csrfToken(of: stored))
            #expect(Session.matches(form, Session.csrfToken(of: one)))
            for wrong in ["", String(form.dropLast()), form + "0", Session.csrfToken(of: other)] {
                #expect(!Session.matches(form, wrong))
            }
        }
    }
}
