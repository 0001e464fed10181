import Persistence
import Sync

/// Deliberately broken variants: each takes one of the product's guards away, from outside. The harness must find out.
public enum Bite: String, CaseIterable, Sendable {
    case searchRemoved, oneAbsenceEnough, noSettleTime, settleFromSending, rescueResendsAtOnce, epochNotChecked
    case cursorMovedEarly, cursorFromLocalClock, prefixMatch, postRepeated, refreshWithoutLease, markedBeforeConfirmed
    case outboxInSecondTransaction
    // Our own.
    case sentWithoutRecord, serverErrorMeansNo, fingerprintIgnored, versionNotSent, gateIgnored

    /// In plain words, for the table.
    public var words: String {
        switch self {
        case .searchRemoved: "the search never finds anything"
        case .oneAbsenceEnough: "absent once is proof enough"
        case .noSettleTime: "no settle time"
        case .settleFromSending: "settle time counted from the sending, not from the last possible moment"
        case .rescueResendsAtOnce: "what a dead run was sending is sent again at once"
        case .epochNotChecked: "a write does not ask whether the lease is still ours"
        case .cursorMovedEarly: "the cursor moves with the first page"
        case .cursorFromLocalClock: "the cursor is taken from our own clock"
        case .prefixMatch: "a piece of the reference is match enough"
        case .postRepeated: "the client repeats a POST without an answer"
        case .refreshWithoutLease: "the refresh token is used without the lease"
        case .markedBeforeConfirmed: "the source is marked before the document is confirmed"
        case .outboxInSecondTransaction: "the outbox row is written in a transaction of its own"
        case .sentWithoutRecord: "`sending` is not on stable storage when the request leaves"
        case .serverErrorMeansNo: "an answer of 500 counts as a no"
        case .fingerprintIgnored: "what stands under our reference is not compared"
        case .versionNotSent: "the lines are put in without `If-Match`"
        case .gateIgnored: "the closed gate is ignored"
        }
    }

    /// What the engine takes for its times.
    var timings: SyncTimings {
        switch self {
        case .noSettleTime: SyncTimings(settle: .zero)
        default: SyncTimings()
        }
    }

    /// The statement as the broken product would have sent it.
    func bent(_ sql: SQL) -> SQL {
        switch self {
        case .oneAbsenceEnough where sql.text.hasPrefix("SELECT id, kind, project_number"):
            replacing("absent_count, next_step_at", "absent_count + 1 AS absent_count, next_step_at", in: sql)
        case .settleFromSending where sql.text.hasPrefix("SELECT id, kind, project_number"):
            replacing(
                "settled_from,",
                """
                (SELECT max(attempt.at) FROM export_attempt attempt
                    WHERE attempt.company_id = export_document.company_id
                        AND attempt.document_id = export_document.id AND attempt.event = 'sent') AS settled_from,
                """, in: sql)
        case .rescueResendsAtOnce where sql.text.hasPrefix("UPDATE export_document SET state = $1"):
            resending(sql)
        case .epochNotChecked where sql.text.hasPrefix("UPDATE job SET lease_until = CASE"):
            replacing("AND epoch = $5 AND lease_until > 0", "AND epoch <> -1 - CAST($5 AS BIGINT)", in: sql)
        case .refreshWithoutLease where sql.text.hasPrefix("UPDATE connection"):
            replacing("AND refresh_lease_until <= $3", "AND refresh_lease_until <> -1 - CAST($3 AS BIGINT)", in: sql)
        case .gateIgnored where sql.text.hasPrefix("SELECT closed_until"):
            replacing("closed_until,", "0 AS closed_until,", in: sql)
        default: sql
        }
    }

    private func replacing(_ words: String, _ others: String, in sql: SQL) -> SQL {
        SQL(sql.text.replacing(words, with: others), bindings: sql.bindings)
    }

    private func resending(_ sql: SQL) -> SQL {
        guard sql.bindings.contains(.text("the run that sent it did not finish")) else { return sql }
        var bindings = sql.bindings
        bindings[0] = .text("ready")
        return SQL(sql.text, bindings: bindings)
    }
}
