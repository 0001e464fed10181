import Persistence
import Proresult
import Sync

/// Who came, who left and who was refused, in the audit trail of the company. A company that does not exist has none.
enum SignInTrail {
    static func signedIn(_ who: SignedIn, _ visit: Visit) async throws {
        try await write(.signedIn, who.user.username, who.company.id, visit)
    }

    static func signedOut(_ visit: Visit) async throws {
        guard let who = visit.who else { return }
        try await write(.signedOut, who.user.username, who.company.id, visit)
    }

    static func refused(_ visit: Visit) async throws {
        let (company, username) = (visit.form["bedrift"], visit.form["brukernavn"])
        let meant = try await visit.office.database.readAcrossCompanies { connection in
            try? Company.meant(by: company, in: connection)
        }
        guard let meant else { return }
        try await write(.refused, username, meant.id, visit)
    }

    private static func write(
        _ event: SignInEvent, _ username: String, _ company: CompanyID, _ visit: Visit
    ) async throws {
        let (from, randomness) = (visit.from, visit.office.randomness)
        try await visit.office.database.transaction(company: company) { transaction in
            try transaction.audit(event, as: username, from: from, randomness: randomness)
        }
    }
}
