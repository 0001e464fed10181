import HTTPTypes
import Logging
import Persistence
import Proresult
import Sync

/// Who asked for a record that the company does not have, in its audit trail: a link that is too old, or somebody who
/// tries the ids of others. Nothing here knows which of the two, since no query sees another company.
extension Gate {
    func noteMiss(_ error: any Error, _ visit: Visit, _ route: Route) async {
        guard route.path.contains("{"), Told(error)?.status == .notFound, let company = try? visit.company,
            let actor = try? visit.actor
        else { return }
        do {
            try await office.database.transaction(company: company) { transaction in
                try transaction.auditMiss(of: "\(route.method) \(route.path)", by: actor.username)
            }
        } catch {
            // The answer is not found all the same.
            office.logger.error("a miss has no row in the audit trail", metadata: ["error": "\(error)"])
        }
    }
}
