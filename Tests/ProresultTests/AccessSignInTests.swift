import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

/// S03 and S21: one answer and one amount of work for whoever is refused, and a company of one's own.
@Suite struct AccessSignInTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func whoHasThePasswordIsSignedIn(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig in
            let outcome = try await rig.signIn("Kari", AccessRig.karis, company: "FjordBygg")
            let signedIn = try #require(outcome.signedIn)
            #expect(signedIn.company.id == rig.fjord)
            #expect(signedIn.user == rig.kari)
            #expect(signedIn.worker == WorkerID("w-c-fjord"))
            #expect(signedIn.session.device == "Firefox")
            let token = try #require(outcome.token)
            let found = try #require(await rig.find(token))
            #expect(found.session == signedIn.session && found.user == rig.kari && found.worker == signedIn.worker)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyRefusalIsTheSameAndCostsTheSameWork(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig in
            let newcomer = AppUser(id: AppUserID("n"), username: "ny", name: "Ny", role: .worker)
            try await rig.run { transaction throws in
                try AppUser.create(newcomer, in: transaction)
                try AppUser.disable(rig.kari.id, at: rig.now, in: transaction)
            }
            let refused: [(String, String, String?)] = [
                ("anna", AccessRig.karis, "fjordbygg"), ("ukjent", AccessRig.annas, "fjordbygg"),
                ("anna", AccessRig.annas, "ukjent"), ("anna", AccessRig.annas, nil), ("anna", AccessRig.annas, ""),
                ("kari", AccessRig.karis, "fjordbygg"), ("ny", "", "fjordbygg"), ("", "", ""),
                ("an\0na", AccessRig.annas, "fjord\0bygg"), ("anna", String(repeating: "å", count: 5000), "fjordbygg"),
            ]
            for (username, password, company) in refused {
                let before = rig.work.all
                #expect(try await rig.signIn(username, password, company: company).isRefused, "\(username)")
                #expect(rig.work.all - before == 1, "\(username) in \(company ?? "–")")
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theCompanyIsMeantByIdCodeOrName(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig in
            for name in ["c-fjord", "fjordbygg", "FJORDBYGG", " fjordbygg ", "Fjordbygg AS"] {
                #expect(try await rig.signIn(company: name).signedIn?.company.id == rig.fjord, "\(name)")
            }
            try await rig.database.transactionAcrossCompanies { connection in
                try Company.create(name: "Fjordbygg Nord", id: CompanyID("c3"), at: rig.now, in: connection)
                #expect(try Company.find(CompanyID("c3"), in: connection)?.code == "fjordbygg2")
                try Company.setCode("Nord", of: CompanyID("c3"), in: connection)
                #expect(try Company.meant(by: "nord", in: connection)?.id == CompanyID("c3"))
                #expect(
                    throws: ProresultError.taken(.company, field: "code", value: "nord", holder: "Fjordbygg Nord")
                ) { try Company.setCode("NORD", of: rig.fjord, in: connection) }
                #expect(throws: ProresultError.unusableText(.company, field: "code")) {
                    try Company.setCode("!!!", of: rig.fjord, in: connection)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whereThereIsOneCompanyNobodyNamesIt(kind: TestDatabaseKind) async throws {
        try await withDatabase(
            kind, migrations: ProresultSchema.all
        ) { database in
            let one = try await database.transactionAcrossCompanies { connection in
                try Company.create(name: "Åse Øy Bygg", id: CompanyID("c"), at: .testStart, in: connection)
            }
            #expect(one.code == "ase")
            for text in [nil, "", "  "] {
                #expect(
                    try await database.readAcrossCompanies { try Company.meant(by: text, in: $0) } == one)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theSameNamesInTwoCompaniesAreFourPeople(kind: TestDatabaseKind) async throws {
        try await withAccess(kind) { rig in
            #expect(try await rig.signIn("anna", AccessRig.annas, company: "fjellbygg").isRefused)
            #expect(try await rig.signIn("anna", AccessRig.others, company: "fjordbygg").isRefused)
            let here = try await rig.token("kari", AccessRig.karis, company: "fjordbygg")
            let there = try await rig.token("kari", AccessRig.others, company: "fjellbygg")
            #expect(try await rig.find(here)?.worker == WorkerID("w-c-fjord"))
            #expect(try await rig.find(there)?.worker == WorkerID("w-c-fjell"))
            // Shutting one out, or changing a password, touches nobody in the other company.
            try await rig.run { try AppUser.disable(rig.kari.id, at: rig.now, in: $0) }
            try await rig.desk.setPassword(
                of: rig.anna.id, in: rig.fjord, to: "nye elefanter på tur", by: rig.admin, keeping: nil, at: rig.now)
            #expect(try await rig.find(here) == nil)
            #expect(try await rig.find(there) != nil)
            #expect(try await rig.signIn("anna", AccessRig.others, company: "fjellbygg").token != nil)
        }
    }
}
