import Foundation
import HTTPTypes
import NIOCore
import Proresult

/// Where Visma's webhooks are taken in. Nobody is signed in here: the body carries its own signature.
enum WebhookRoute {
    static let routes = [Route.post("/kroker/visma-net", .signed, receive)]

    private static func receive(_ visit: Visit) async throws -> Answer {
        guard let door = visit.office.webhooks else { throw Refusal.notFound }
        let type = (visit.headers[.contentType] ?? "").split(separator: ";").first
        guard type?.trimmingCharacters(in: .whitespaces).lowercased() == "application/json" else {
            throw Refusal.wrongContentType
        }
        // A header that stands twice is joined to one text that no key has signed.
        let isOurs = try await door.receive(Array(visit.body.readableBytesView), visit.header(door.header) ?? "")
        guard isOurs else { throw Refusal.signInNeeded }
        return try .json([String: String]())
    }
}
