import Foundation
import Persistence
import Sync
import Synchronization
import VismaNet
import VismaNetSandbox

/// A rule that did not hold.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    public var invariant: String
    public var what: String
    public var description: String { "\(invariant): \(what)" }
}

/// What is watched while the world goes on, beside the product and against the sandbox's own ledger.
struct Watch: Sendable {
    var violations: [Violation] = []
    /// Whose process made each call to the sandbox, in the order of arrival; nil for what nobody waits for any more.
    var callers: [CompanyID?] = []
    var references: [String: String] = [:]
    /// Attempts on stable storage and requests that left, by reference.
    var attempts: [String: Int] = [:]
    var attemptedAt: [String: Timestamp] = [:]
    var writes: [String: Int] = [:]
    var epochs: [String: Int] = [:]
    var gateUntil: [String: Timestamp] = [:]
    /// Refresh tokens that were sent: by whom, and whether the answer came back.
    var refreshTokens: [String: TokenUse] = [:]
    /// Companies whose last answer to a refresh was lost: until the next one comes back both tokens may be tried.
    var lostRefreshes: Set<String> = []
    /// Companies where a process stood still with a refresh for longer than its lease, and another went on; or where one
    /// died with the answer to a refresh in its hands.
    var grantsMayEnd: Set<String> = []
    /// When a person changed a document in the ERP, by its number.
    var changedAt: [String: Timestamp] = [:]
    /// ERP numbers that a person has confirmed.
    var decided: Set<String> = []
    var sent: [String: Sync.ProjectTransaction] = [:]
    var cursors: [String: String] = [:]
    var calls = 0
    var transactions = 0
}

struct TokenUse: Sendable {
    var node: Node
    var at: Timestamp
    var wasAnswered: Bool

    static let lease = Duration.seconds(90)
}

extension World {
    /// Before a request leaves.
    func arrives(_ request: HTTPTransportRequest, _ traffic: Traffic, from node: Node) {
        state.withLock { $0.watch.calls += 1 }
        if Traffic.writes.contains(traffic), let reference = request.reference { leaves(reference, request, traffic) }
        if traffic != .token, let company = node.company?.text {
            let (until, wentOn) = state.withLock { ($0.watch.gateUntil[company], $0.wentOn[node.name]) }
            // What the gate had let through before its process stood still leaves now, whatever came in between.
            if let until, clock.now + .seconds(1) < until, wentOn != clock.erp {
                violate("I13", "\(request.method) \(request.url) although the gate of \(company) is closed")
            }
        }
        if traffic == .token { asksForToken(request, by: node) }
    }

    private func leaves(_ reference: String, _ request: HTTPTransportRequest, _ traffic: Traffic) {
        let (attempts, writes) = state.withLock { state in
            // A shell that was refused gets another text by a change of its own, which is no attempt.
            if traffic == .post || request.carriesLines { state.watch.writes[reference, default: 0] += 1 }
            return (state.watch.attempts[reference, default: 0], state.watch.writes[reference, default: 0])
        }
        if writes > attempts { violate("I6", "\(reference) leaves \(writes) times after \(attempts) noted attempts") }
        guard traffic == .post, request.carriesLines else { return }
        // The judge's own proof of absence: it must hold whatever the product believes.
        let stands = sandbox.snapshot().companies.contains { company in
            company.documents.contains { $0.description.uppercased().contains(reference) && !$0.lines.isEmpty }
        }
        if stands { violate("I7", "\(reference) is sent again although it stands in the ERP") }
    }

    /// I12: a refresh token is sent once, or again only after a lost answer, a crash, or a failure of our own database.
    private func asksForToken(_ request: HTTPTransportRequest, by node: Node) {
        guard let token = request.refreshToken else { return }
        let (now, company) = (clock.now, node.company?.text ?? "")
        let (before, mayBeLost) = state.withLock { state in
            let before = state.watch.refreshTokens[token]
            // Who stands still for longer than the lease on a refresh is taken for dead; what it was answered is lost.
            if let before, before.node.isPaused, now - before.at >= TokenUse.lease {
                state.watch.grantsMayEnd.insert(company)
                state.watch.lostRefreshes.insert(company)
            }
            state.watch.refreshTokens[token] = TokenUse(node: node, at: now, wasAnswered: false)
            return (
                before,
                state.watch.lostRefreshes.contains(company)
                    || !state.struck.isDisjoint(with: [.database, .clockJumps])
                    || !state.reached.subtracting([.paused]).isEmpty
            )
        }
        guard let before, !mayBeLost else { return }
        if before.node.isPaused || before.wasAnswered {
            violate("I12", "a refresh token is sent by \(node.name) while \(before.node.name) has used it")
        }
    }

    /// What became of a request for a token.
    func gotToken(
        _ request: HTTPTransportRequest, _ answer: Result<HTTPTransportResponse, TransportFailure>, by node: Node
    ) {
        guard let token = request.refreshToken else { return }
        let company = node.company?.text ?? ""
        if case .success(let got) = answer, got.status == 200 { node.holdsToken = true }
        state.withLock { state in
            switch answer {
            case .success(let got) where got.status == 200:
                state.watch.refreshTokens[token]?.wasAnswered = true
                state.watch.lostRefreshes.remove(company)
            // Turned away unread: it is as if the token had not been sent.
            case .success(let got) where got.status == 429: state.watch.refreshTokens[token] = nil
            case .success: break
            case .failure: state.watch.lostRefreshes.insert(company)
            }
        }
    }

    /// I2: what a person had changed before it was read back is not what was sent, and not ours to confirm.
    private func confirmed(_ why: String, by node: Node) {
        guard let number = why.split(separator: " ").last.map(String.init),
            let changed = state.withLock({ $0.watch.changedAt[number] }), changed < node.lookedAt
        else { return }
        violate("I2", "\(number) was changed by a person before it was read, and is confirmed all the same")
    }

    /// After a commit of a process.
    func committed(_ notes: [TransactionNotes.Note], by node: Node) throws {
        var renewed: (job: String, epoch: Int)?
        node.holdsToken = false
        for note in notes {
            if let words = note.words { tell(node.name, words) }
            switch note {
            case .claimed(let company, let job, let epoch):
                state.withLock { $0.watch.epochs["\(company) \(job)"] = epoch }
            case .renewed(let company, let job, let epoch): renewed = ("\(company) \(job)", epoch)
            case .froze(let document, let reference): state.withLock { $0.watch.references[document] = reference }
            case .began(let document):
                let now = clock.erp
                state.withLock { state in
                    let reference = state.watch.references[document] ?? document
                    state.watch.attempts[reference, default: 0] += 1
                    state.watch.attemptedAt[reference] = now
                }
            case .gateClosed(let company, let until):
                state.withLock { $0.watch.gateUntil[company] = max($0.watch.gateUntil[company] ?? until, until) }
            case .moved(_, _, "confirmed", let why): confirmed(why, by: node)
            case .gateOpened(let company): state.withLock { $0.watch.gateUntil[company] = nil }
            default: break
            }
        }
        state.withLock { $0.watch.transactions += 1 }
        guard notes.contains(where: \.needsLease) else { return }
        guard let renewed else { return violate("I8", "\(node.name) writes without its lease: \(notes)") }
        let epoch = state.withLock { $0.watch.epochs[renewed.job] } ?? renewed.epoch
        if renewed.epoch < epoch {
            violate("I8", "\(node.name) writes \(renewed.job) with epoch \(renewed.epoch), \(epoch) is taken")
        }
    }
}

extension HTTPTransportRequest {
    fileprivate var refreshToken: String? {
        let form = String(decoding: body, as: UTF8.self).split(separator: "&")
        return form.first { $0.hasPrefix("refresh_token=") }.map(String.init)
    }
}
