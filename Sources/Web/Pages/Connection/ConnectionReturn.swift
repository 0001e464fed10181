import HTTPTypes
import Proresult
import Sync

/// Back from Visma: the fields of the address are taken once and never shown; the browser goes on to a clean address.
enum ConnectionReturn {
    static func answer(_ visit: Visit) async throws -> Answer {
        var answer = Answer.see(ConnectionPage.address)
        do {
            guard let desk = visit.office.connection, isOwn(visit) else { throw ConnectionRefused.notExpected }
            try await desk.finish(visit.company, visit.query.pairs, visit.actor.username)
        } catch let refused as ConnectionRefused {
            answer = .see(ConnectionPage.address, trouble: refused.text)
            // Another tab's sign-in may still be under way with the cookie that stands.
            if refused == .notExpected { return answer }
        }
        let gate = Gate(office: visit.office)
        answer.cookies = [gate.cookie(visit.office.address.erpSignInCookie, "", seconds: 0)]
        return answer
    }

    /// Before anything is asked or used up: this session, in this browser, began the sign-in that the answer names.
    private static func isOwn(_ visit: Visit) -> Bool {
        let states = visit.query.all("state")
        guard let state = states.first, states.count == 1, let token = visit.token, let kept = visit.erpSignIn else {
            return false
        }
        return Session.matches(kept, Session.bound(state, to: token))
    }
}
