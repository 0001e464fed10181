import Persistence
import Synchronization

/// Where in its work a process is.
enum Moment: Sendable {
    case beforeCommit([TransactionNotes.Note])
    case afterCommit([TransactionNotes.Note])
    case beforeDelivery(Traffic)
    case afterDelivery(Traffic)
}

enum Fate: Sendable {
    case goOn
    case crash(CrashPoint)
    case commitAnswerLost
    case pause(Weather.Pause)
}

extension World {
    /// What the plan has for a process at this moment.
    func fate(at moment: Moment, of node: Node) -> Fate {
        let (fate, point): (Fate, CrashPoint?) = state.withLock { state in
            guard !state.isCalm, !node.isDead else { return (.goOn, nil) }
            for index in state.crashes.indices where state.crashes[index].meets(moment) {
                let planned = state.crashes[index]
                if planned.point == .paused, state.depth > 0 { continue }
                state.crashes[index].nth -= 1
                guard planned.nth == 1 else { continue }
                state.reached.insert(planned.point)
                switch planned.point {
                case .paused: return (.pause(planned.pause), nil)
                case .commitAnswerLost: return (.commitAnswerLost, planned.point)
                default: return (.crash(planned.point), planned.point)
                }
            }
            return (.goOn, nil)
        }
        if let point {
            if point != .commitAnswerLost { mayLoseToken(node) }
            tell(
                node.name,
                point == .commitAnswerLost ? "loses the answer to COMMIT" : "dies (\(point.rawValue) \(point))")
        }
        return fate
    }

    /// The answer to a refresh is in its hands and not on stable storage: it goes with the process, or with what our own
    /// database does not take. The grant may die of that.
    func mayLoseToken(_ node: Node) {
        guard node.holdsToken, let company = node.company?.text else { return }
        state.withLock { state in
            state.watch.lostRefreshes.insert(company)
            state.watch.grantsMayEnd.insert(company)
        }
    }
}

extension Weather.PlannedCrash {
    func meets(_ moment: Moment) -> Bool {
        switch (point, moment) {
        case (.collecting, .beforeCommit(let notes)), (.ready, .afterCommit(let notes)):
            notes.contains { if case .froze = $0 { true } else { false } }
        case (.sending, .afterCommit(let notes)): notes.contains(where: \.isAttempt)
        case (.request, .beforeDelivery(let traffic)), (.unread, .afterDelivery(let traffic)):
            Traffic.writes.contains(traffic)
        case (.answered, .beforeCommit(let notes)):
            notes.contains { if case .answered = $0 { true } else { false } }
        case (.commitAnswerLost, .beforeCommit(let notes)): !wasCommitted && notes.contains(where: \.needsLease)
        case (.commitAnswerLost, .afterCommit(let notes)): wasCommitted && notes.contains(where: \.needsLease)
        case (.confirmed, .afterCommit(let notes)):
            notes.contains { if case .moved(_, _, "confirmed", _) = $0 { true } else { false } }
        case (.marking, .beforeCommit(let notes)):
            notes.contains { if case .locked = $0 { true } else { false } }
        case (.absentOnce, .afterCommit(let notes)):
            notes.contains {
                if case .moved(_, _, "unknown", let why) = $0 { why.hasPrefix("not found, one") } else { false }
            }
        case (.shell, .beforeCommit(let notes)), (.shell, .afterCommit(let notes)):
            notes.contains { if case .moved(_, _, "sending", let why) = $0 { why.hasPrefix("filling") } else { false } }
        case (.migration, .beforeCommit(let notes)): !wasCommitted && notes.contains(where: \.isMigration)
        case (.migration, .afterCommit(let notes)): wasCommitted && notes.contains(where: \.isMigration)
        case (.paused, .beforeDelivery(let traffic)):
            pause.mayDelayWrites && Traffic.writes.contains(traffic)
        case (.paused, .afterDelivery(let traffic)):
            atToken ? traffic == .token : !pause.mayDelayWrites && traffic != .token
        case (.anywhere, _): true
        default: false
        }
    }
}
