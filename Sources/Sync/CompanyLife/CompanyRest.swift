import Foundation
import Persistence
import Proresult

/// A company at rest: no job of it runs until somebody resumes it. What people register meanwhile waits.
public enum CompanyRest {
    public enum Refused: Error, Sendable, Hashable {
        case reasonMissing
        /// Not from this state.
        case state(CompanyStanding)
        /// These have begun and go on to their end.
        case working([JobName])
    }

    /// Nothing new begins after this; a run that is under way ends by itself.
    public static func pause(because reason: String, by person: String, in transaction: CompanyTransaction) throws {
        guard !reason.trimmed.isEmpty else { throw Refused.reasonMissing }
        try transaction.changeState(from: [.active], to: .paused, because: reason.trimmed, by: person)
    }

    /// Also after a move that did not come to its end: what has arrived elsewhere then never opens.
    public static func resume(by person: String, in transaction: CompanyTransaction) throws {
        try transaction.changeState(from: [.paused, .leaving], to: .active, because: nil, by: person)
        try transaction.hint()
    }

    /// A company that lives elsewhere now is brought back to life here, because its other home is lost. A person answers
    /// for that: with both homes alive its records would go twice. Nothing is sent before Visma has been read.
    public static func reclaim(because reason: String, by person: String, in transaction: CompanyTransaction) throws {
        guard !reason.trimmed.isEmpty else { throw Refused.reasonMissing }
        try transaction.changeState(from: [.moved], to: .paused, because: reason.trimmed, by: person)
        try ExportShutter.shut(
            only: transaction.company, because: reason.trimmed, by: person, in: transaction.connection)
    }
}

extension CompanyTransaction {
    public func companyState() throws -> CompanyStanding {
        guard let found = try Company.find(company, in: connection) else {
            throw ProresultError.notFound(.company, key: company.text)
        }
        return found.state
    }

    /// The condition stands in the statement: two at once are told apart.
    func changeState(
        from states: [CompanyStanding], to state: CompanyStanding, because reason: String?, by person: String
    ) throws {
        let before = try companyState()
        let changed = try execute(
            """
            UPDATE company SET state = \(state), state_since = \(now()), state_because = \(reason)
            WHERE id = \(company) AND state IN (\(list: states))
            """)
        guard changed == 1 else { throw CompanyRest.Refused.state(before) }
        try audit(
            by: person, "company \(state.rawValue)", of: "company", company.text, because: reason ?? "",
            before: before.rawValue, after: state.rawValue)
    }

    /// Jobs that a process works on now.
    public func jobsAtWork() throws -> [JobName] {
        try query(
            "SELECT name FROM job WHERE company_id = \(company) AND lease_until > \(now()) ORDER BY name"
        ).map { try $0.get("name") }
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
