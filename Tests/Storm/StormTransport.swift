import FarShore
import Foundation
import Persistence
import VismaNet
import VismaNetSandbox

/// The network between one process and the sandbox, with everything that can go wrong on it.
struct StormTransport: HTTPTransport {
    let node: Node
    let world: World

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        guard !node.isDead else { throw .noAnswer("the process is gone") }
        let traffic = Traffic(request)
        world.arrives(request, traffic, from: node)
        switch world.fate(at: .beforeDelivery(traffic), of: node) {
        case .crash(let point):
            // In the middle of the request: what has left may arrive all the same, and late.
            if point != .anywhere || world.flip() { await world.linger(request, traffic) }
            node.die(at: point)
            throw .noAnswer("the process died")
        case .pause(let pause):
            await world.pause(node, for: pause)
            guard !node.isDead else { throw .noAnswer("the process is gone") }
        case .goOn, .commitAnswerLost: break
        }
        let answer = await deliver(request, traffic)
        switch world.fate(at: .afterDelivery(traffic), of: node) {
        case .crash(let point):
            node.die(at: point)
            throw .noAnswer("the process died")
        case .pause(let pause): await world.pause(node, for: pause)
        case .goOn, .commitAnswerLost: break
        }
        guard !node.isDead else { throw .noAnswer("the process is gone") }
        if world.bite == .postRepeated, traffic == .post, case .failure(.noAnswer) = answer {
            world.arrives(request, traffic, from: node)
            return try await deliver(request, traffic).get()
        }
        return try answer.get()
    }

    private func deliver(
        _ request: HTTPTransportRequest, _ traffic: Traffic
    ) async -> Result<HTTPTransportResponse, TransportFailure> {
        var request = request
        if world.bite == .versionNotSent, traffic == .put { request.headers.removeAll { $0.name == "If-Match" } }
        let (fault, blow) = world.blow(on: request, traffic, from: node)
        if traffic == .look || traffic == .search { node.lookedAt = world.clock.erp }
        if let fault, traffic == .post { world.mayBeSeen(after: fault) }
        let answer: Result<HTTPTransportResponse, TransportFailure>
        switch blow {
        case nil: answer = await world.carry(request, from: node)
        case .rule(let rule): answer = await world.carry(request, from: node, striking: rule)
        case .late(let seconds):
            await world.carryLate(request, traffic, after: seconds, from: node)
            answer = .failure(.noAnswer("connection lost"))
        case .tooLarge:
            _ = await world.carry(request, from: node)
            answer = .failure(.bodyTooLarge(limitBytes: 1))
        case .notDelivered: answer = .failure(.noAnswer("connection closed"))
        }
        world.tell(node, traffic, request, answer, fault)
        return answer
    }
}
