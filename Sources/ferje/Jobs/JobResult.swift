import Foundation
import Persistence
import Sync

/// What a run came to, for people and for programs.
struct JobResult: Sendable {
    let job: JobName
    var counts: RunCounts
    var requests: Int
    /// What could not go, with its reasons; nil when another process did the run and only the number is known.
    var held: [ExportCandidate]?
    var errorKind: String?
    var error: String?

    init(_ run: FinishedRun) {
        job = run.job
        counts = run.outcome.counts
        requests = run.outcome.requests
        held = run.outcome.held
        errorKind = run.outcome.kind
        error = run.outcome.error
    }

    init(_ row: RunRow) {
        job = row.job
        counts = row.counts
        requests = row.requests
        held = row.counts.held == 0 ? [] : nil
        errorKind = row.errorKind
        error = row.error
    }

    /// Two runs of the same job told as one: the figures add up, what is held is what the later one held.
    func followed(by later: JobResult) -> JobResult {
        var both = later
        both.counts.read += counts.read
        both.counts.created += counts.created
        both.counts.changed += counts.changed
        both.counts.unchanged += counts.unchanged
        both.counts.quarantined += counts.quarantined
        both.counts.sentLines += counts.sentLines
        both.counts.documents += counts.documents
        both.requests += requests
        both.errorKind = later.errorKind ?? errorKind
        both.error = later.error ?? error
        return both
    }

    var status: ExitStatus {
        switch errorKind {
        case nil: .done
        case "tryLater": .tryLater
        case "askPerson", "reconnect": .needsPerson
        default: .unexpected
        }
    }

    /// How many records each reason holds; one with two reasons counts under both.
    var heldByReason: [HeldReason] {
        let reasons =
            (held ?? []).flatMap { candidate in
                Dictionary(grouping: candidate.blockers, by: \.code).values.compactMap(\.first)
            }
        return Dictionary(grouping: reasons, by: \.code).compactMap { _, same in
            same.first.map { HeldReason(example: $0, count: same.count, others: Set(same).count - 1) }
        }.sorted { ($1.count, $0.example.code) < ($0.count, $1.example.code) }
    }

    var heldCount: Int { held?.count ?? counts.held }
}

/// One reason, and how many records it holds.
struct HeldReason: Sendable {
    var example: Blocker
    var count: Int
    /// How many other sentences the reason has among those records: other workers, other projects.
    var others: Int
}

/// The JSON of a result; see docs/commands.md.
struct JobReport: Encodable {
    var read: Int?
    var created: Int?
    var changed: Int?
    var unchanged: Int?
    var quarantined: Int?
    var sentLines: Int?
    var documents: Int?
    var held: [String: Int]?
    var heldRecords: Int?
    var requests: Int
    var error: String?
    var errorKind: String?

    init(_ result: JobResult) {
        let counts = result.counts
        if result.job.isExport {
            (sentLines, documents) = (counts.sentLines, counts.documents)
            held = Dictionary(uniqueKeysWithValues: result.heldByReason.map { ($0.example.code, $0.count) })
            heldRecords = result.heldCount
        } else {
            (read, created, changed) = (counts.read, counts.created, counts.changed)
            (unchanged, quarantined) = (counts.unchanged, counts.quarantined)
        }
        requests = result.requests
        error = result.error
        errorKind = result.errorKind
    }
}
