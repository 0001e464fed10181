import Crypto
import Foundation
import Persistence
import Sync
import Synchronization
import VismaNet
import VismaNetConnector

/// F46: what becomes of the webhooks that Visma sends about a change.
enum HookWay: String, CaseIterable, Sendable {
    case lost, doubled, late, reordered, forged, flooded
}

struct HookMail: Sendable {
    var body: String
    var isForged = false
    /// How often it was sent without being taken.
    var attempts = 0
}

extension World {
    private static let key = "hook-key"

    /// Something changes in the ERP, and Visma tells of it, badly.
    func sendHooks(_ way: HookWay) async throws {
        change(.renameCustomer)
        let number = state.withLock { state in
            state.struck.insert(.hook)
            return state.dice.below(1_000_000)
        }
        tell("Visma", "webhooks: \(way.rawValue)")
        let first = HookMail(body: Self.body("customer", number))
        let second = HookMail(body: Self.body("project", number + 1))
        switch way {
        case .lost: break
        case .doubled: for _ in 0..<2 { try await receive(first) }
        case .late: put(first, in: .seconds(900))
        case .reordered:
            put(first, in: .seconds(40))
            try await receive(second)
        case .forged: try await receive(HookMail(body: first.body, isForged: true))
        case .flooded: for index in 0..<30 { try await receive(HookMail(body: Self.body("customer", number + index))) }
        }
    }

    private static func body(_ resource: String, _ number: Int) -> String {
        #"{"tenantId":"\#(Haven.tenants[0])","resource":"\#(resource)","event":\#(number)}"#
    }

    private func put(_ mail: HookMail, in wait: Duration) {
        let due = clock.erp + wait
        state.withLock { state in
            let index = state.agenda.firstIndex { $0.at > due } ?? state.agenda.endIndex
            state.agenda.insert((due, .hookArrives(mail)), at: index)
        }
    }

    /// At one of our processes. Who got no answer sends it again, a few times.
    func receive(_ mail: HookMail) async throws {
        let worker = try await someWorker()
        let key = SymmetricKey(data: Data((mail.isForged ? "another" : Self.key).utf8))
        let signature = Data(HMAC<SHA256>.authenticationCode(for: Data(mail.body.utf8), using: key))
        let desk = WebhookDesk(
            keys: [Secret(Self.key)], database: StormDatabase(node: worker.node, world: self), logger: .silent)
        do {
            let taken = try await desk.receive(Array(mail.body.utf8), signature: signature.base64EncodedString())
            if taken == mail.isForged { violate("F46", "a \(taken ? "forged" : "signed") webhook was \(taken)") }
        } catch {
            tell(worker.node.name, "did not take a webhook: \(error)")
            guard mail.attempts < 3 else { return }
            put(HookMail(body: mail.body, isForged: mail.isForged, attempts: mail.attempts + 1), in: .seconds(60))
        }
    }
}
