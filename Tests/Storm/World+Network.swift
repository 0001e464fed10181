import FarShore
import Foundation
import Persistence
import Synchronization
import VismaNet
import VismaNetSandbox

extension World {
    /// Brings a request to the ERP, with the fault that rides on it.
    func carry(
        _ request: HTTPTransportRequest, from node: Node?, striking rule: FaultRule? = nil
    ) async -> Result<HTTPTransportResponse, TransportFailure> {
        state.withLock { $0.watch.callers.append(node?.company) }
        if let rule { sandbox.setFaults([rule]) }
        let answer: Result<HTTPTransportResponse, TransportFailure>
        do {
            answer = .success(try await SandboxTransport(sandbox: sandbox).send(request, deadline: .seconds(100)))
        } catch {
            answer = .failure(error)
        }
        if rule != nil { sandbox.setFaults([]) }
        return answer
    }

    /// The sender has given up; the request takes effect later.
    func carryLate(
        _ request: HTTPTransportRequest, _ traffic: Traffic, after seconds: Int64, from node: Node?
    ) async {
        let due = clock.erp + .seconds(seconds)
        state.withLock { $0.lateUntil = max($0.lateUntil, due) }
        if traffic == .post {
            // Past the gateway already: it is stored whatever becomes of the token.
            _ = await carry(request, from: node, striking: FaultRule(.lateCommit, seconds: seconds))
        } else {
            state.withLock { $0.lingering.append(Lingering(due: due, request: request)) }
        }
    }

    /// What a process that died in the middle of a request leaves on its way.
    func linger(_ request: HTTPTransportRequest, _ traffic: Traffic) async {
        guard Traffic.writes.contains(traffic), flip() else { return }
        let latest = latestArrival(of: request, traffic)
        guard latest > 5 else { return }
        // Its document is looked for the second time two minutes later than that of a process that lives on.
        let longest = Int(latest) + 120
        let seconds = Int64(
            state.withLock { state in
                state.dice.chance(60) ? state.dice.between(0...longest) : state.dice.between(longest * 3 / 4...longest)
            })
        tell("network", "the request of a dead process arrives in \(seconds) s")
        await carryLate(request, traffic, after: seconds, from: nil)
    }

    /// In how many seconds a document may still arrive and be found by the second search: 680 s after its attempt was
    /// committed, less what a list may lag. A shell may arrive whenever it likes.
    private func latestArrival(of request: HTTPTransportRequest, _ traffic: Traffic) -> Int64 {
        guard traffic == .post, let reference = request.reference, request.carriesLines else { return 3000 }
        let begun = state.withLock { $0.watch.attemptedAt[reference] } ?? clock.erp
        return 680 - Fault.longestLag - 20 - (clock.erp - begun).components.seconds
    }

    func blow(on request: HTTPTransportRequest, _ traffic: Traffic, from node: Node) -> (Fault?, Blow?) {
        let latest = latestArrival(of: request, traffic)
        return state.withLock { state in
            guard !state.isCalm else { return (nil, nil) }
            for index in state.faults.indices
            where state.faults[index].fault.traffic.contains(traffic) && state.faults[index].only.contains(traffic) {
                state.faults[index].nth -= 1
                guard state.faults[index].nth == 0 else { continue }
                let fault = state.faults[index].fault
                guard let blow = fault.blow(on: traffic, latestArrival: latest, dice: &state.dice) else { continue }
                state.struck.insert(fault)
                return (fault, blow)
            }
            guard weather.rate > 0, state.dice.chance(weather.rate) else { return (nil, nil) }
            let suited = weather.mix.filter { $0.traffic.contains(traffic) }
            guard !suited.isEmpty else { return (nil, nil) }
            let fault = state.dice.pick(suited)
            guard let blow = fault.blow(on: traffic, latestArrival: latest, dice: &state.dice) else {
                return (nil, nil)
            }
            state.struck.insert(fault)
            return (fault, blow)
        }
    }

    private static let host = "http://localhost"

    func tell(
        _ node: Node, _ traffic: Traffic, _ request: HTTPTransportRequest,
        _ answer: Result<HTTPTransportResponse, TransportFailure>, _ fault: Fault?
    ) {
        if traffic == .token { gotToken(request, answer, by: node) }
        let path = request.url.hasPrefix(Self.host) ? request.url.dropFirst(Self.host.count) : Substring(request.url)
        let body = request.reference.map { " \($0)" } ?? ""
        let struck = fault.map { " [\($0.rawValue) \($0)]" } ?? ""
        tell(node.name, "\(request.method) \(path)\(body) → \(answer.words)\(struck)")
    }

    /// F48 and the like: our own database says no.
    func databaseFailure(of node: Node) -> SQLError? {
        let failure: SQLError? = state.withLock { state in
            guard !state.isCalm else { return nil }
            var strikes = false
            for index in state.faults.indices where state.faults[index].fault == .database {
                state.faults[index].nth -= 1
                if state.faults[index].nth == 0 { strikes = true }
            }
            if weather.mix.contains(.database), weather.rate > 0, state.dice.below(1000) < weather.rate {
                strikes = true
            }
            guard strikes else { return nil }
            state.struck.insert(.database)
            return state.dice.pick([SQLError.busy("somebody else"), .connectionLost("reset"), .storage("disk full")])
        }
        if let failure {
            mayLoseToken(node)
            tell(node.name, "its database fails: \(failure)")
        }
        return failure
    }
}

extension HTTPTransportRequest {
    /// Our mark in the body, if there is one.
    var reference: String? {
        guard method != "GET", let start = body.firstRange(of: Array("PRX-".utf8))?.lowerBound else { return nil }
        return String(decoding: body[start..<min(start + 21, body.endIndex)], as: UTF8.self)
    }

    var carriesLines: Bool { body.firstRange(of: Array("\"lines\"".utf8)) != nil }
}
