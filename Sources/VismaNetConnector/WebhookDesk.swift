import Logging
import Persistence
import Sync
import VismaNet

/// Takes Visma's webhooks in. Switched on by the operator alone, since neither the header of the signature nor the
/// layout of the body is documented (API.md 2.10).
public struct WebhookDesk: Sendable {
    let keys: [Secret]
    let database: any SQLDatabase
    let logger: Logger

    public init(keys: [Secret], database: any SQLDatabase, logger: Logger) {
        (self.keys, self.database, self.logger) = (keys, database, logger)
    }

    /// False when nobody of ours has signed it: nothing is kept. A signed one that speaks of no connected tenant is
    /// taken and has no effect. Throws `SQLError`.
    public func receive(_ body: [UInt8], signature: String) async throws -> Bool {
        guard let webhook = Webhook(body: body, signature: signature, keys: keys) else { return false }
        guard let company = try await ERPHint.company(ofTenant: webhook.texts, in: database) else {
            logger.notice("a webhook speaks of no connected tenant", metadata: ["digest": "\(webhook.digest)"])
            return true
        }
        let jobs = Self.jobs(of: webhook)
        _ = try await database.transaction(company: company) { try $0.note(hint: webhook.digest, for: jobs) }
        return true
    }

    /// The lists that the event's words point at; all where they point at none. A word too many only reads a list early.
    static func jobs(of webhook: Webhook) -> [JobName] {
        let texts = webhook.texts.map { $0.lowercased() }
        let words: [(JobName, [String])] = [
            (.customers, ["customer"]), (.projects, ["project", "task"]), (.items, ["inventory", "item"]),
        ]
        let told = words.filter { word in texts.contains { text in word.1.contains { text.contains($0) } } }
        return (told.isEmpty ? words : told).map(\.0)
    }
}
