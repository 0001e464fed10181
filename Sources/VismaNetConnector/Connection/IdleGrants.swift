import Logging
import Persistence
import Sync
import VismaNet

extension VismaNetConnections {
    private static let daily = Duration.seconds(86_400)
    private static let afterFailure = Duration.seconds(600)
    private static let mostAtOnce = 10

    /// Asks once a day for the token of every company where a person has signed in, through the same single flight as
    /// everybody. The token of an idle company has run out, so its grant is renewed before it dies of age; one that is
    /// in use costs nothing. A dead one is found here too: somebody must connect again.
    public func keepGrantsAlive() async {
        do {
            try await declineLate()
            for company in try await companiesDue() where try await take(company) { await keepAlive(company) }
        } catch {
            logger.warning("idle sign-ins were not looked after", metadata: ["error": "\(error)"])
        }
    }

    /// Only reads, for it is asked every few seconds. A company that has moved shares its grant with its new home, where
    /// alone it may be renewed.
    private func companiesDue() async throws -> [CompanyID] {
        try await database.readAcrossCompanies { connection in
            try connection.query(
                """
                SELECT company_id FROM connection
                WHERE state = 'connected' AND kind = 'interactive' AND next_refresh_at <= \(connection.now())
                    AND company_id IN (SELECT id FROM company WHERE state IN ('active', 'paused'))
                ORDER BY next_refresh_at, company_id LIMIT \(Self.mostAtOnce)
                """
            ).map { try $0.get("company_id") }
        }
    }

    /// One process does it; if it dies with it, the next day makes it good.
    private func take(_ company: CompanyID) async throws -> Bool {
        try await database.transaction(company: company) { transaction in
            let now = try transaction.now()
            return try transaction.execute(
                """
                UPDATE connection SET next_refresh_at = \(now + Self.daily)
                WHERE company_id = \(company) AND next_refresh_at <= \(now) AND state = 'connected'
                """) == 1
        }
    }

    private func keepAlive(_ company: CompanyID) async {
        let line = line(
            company, .interactive,
            store: DatabaseTokenStore(database: database, company: company, seal: seal(of: company)), lane: .upkeep)
        do {
            _ = try await line.tokens.token()
        } catch {
            logger.warning("an idle sign-in was not renewed", metadata: ["company": "\(company)", "error": "\(error)"])
            // A dead one is not connected any more; all else is tried again soon.
            try? await database.transaction(company: company) { transaction in
                _ = try transaction.execute(
                    """
                    UPDATE connection SET next_refresh_at = \(transaction.now() + Self.afterFailure)
                    WHERE company_id = \(company)
                    """)
            }
        }
    }
}
