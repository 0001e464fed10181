import Persistence
import Proresult
import TestSupport
import Testing

/// Nobody comes into a company that is on its way in or out; a paused one is open.
@Suite struct CompanyStandingTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func whoIsInIsOutAndNobodyComesIn(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let (key, _) = try await rig.key()
            for standing in CompanyStanding.allCases {
                try await rig.put(.active)
                let token = try await rig.token()
                try await rig.put(standing)
                let isIn = try await rig.find(token) != nil
                let comesIn = try await rig.signIn().token != nil
                let program = try await rig.found(key) != nil
                #expect([isIn, comesIn, program] == Array(repeating: standing.isOpen, count: 3), "\(standing)")
            }
            // The other company has nothing to do with it.
            #expect(try await rig.signIn("anna", AccessRig.others, company: "c-fjell").token != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noLinkOpensACompanyThatHasMoved(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            let link = try await rig.desk.invite(rig.kari.id, in: rig.fjord, by: rig.admin, at: rig.now)
            #expect(try await rig.desk.invitation(token: link, at: rig.now) != nil)
            try await rig.put(.moved)
            #expect(try await rig.desk.invitation(token: link, at: rig.now) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyThatIsNotActiveHasAReason(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig throws in
            await #expect(throws: SQLError.self) {
                try await rig.run { transaction throws in
                    _ = try transaction.execute("UPDATE company SET state = 'paused' WHERE id = \(transaction.company)")
                }
            }
        }
    }
}

extension AccessRig {
    fileprivate func put(_ standing: CompanyStanding) async throws {
        try await run { transaction throws in
            _ = try transaction.execute(
                """
                UPDATE company SET state = \(standing), state_because = 'test' WHERE id = \(transaction.company)
                """)
        }
    }
}
