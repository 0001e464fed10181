import Foundation
import Persistence
import Proresult

/// Brings one job's lists from the ERP into our own records, and tells what it did.
///
/// Only what changed since the last finished run is read, unless `full` asks for everything (nightly): only then can it
/// be seen what is gone. Running it again is harmless. Throws `ERPError` when the ERP or its list could not be read
/// (the cursor stays, what was read is kept) or when a person must look before records are marked as gone (all else
/// is done then), and `LeaseLost` when another run has taken over. The figures so far stand in the run's row after
/// every page, also of a run that throws.
public func runImport(
    _ job: JobName, context: RunContext, settings: SyncSettings, full: Bool, now: Timestamp
) async throws -> RunCounts {
    if job == .projects || job == .items { try await context.renewFacts() }
    return try await runImport(job, context: context, settings: settings, full: full, now: now, limits: .init())
}

func runImport(
    _ job: JobName, context: RunContext, settings: SyncSettings, full: Bool, now: Timestamp, limits: CleanPass.Limits
) async throws -> RunCounts {
    let seen: ImportTally
    switch job {
    case .customers:
        let customers = CustomersImport(randomness: context.randomness.ascending(), now: now)
        seen = try await ImportRun(customers, context, now, limits).run(full: full, after: ImportTally())
    case .projects:
        let projects = ProjectsImport(randomness: context.randomness.ascending(), settings: settings, now: now)
        let tasks = TasksImport(randomness: context.randomness.ascending(), now: now)
        let first = try await ImportRun(projects, context, now, limits).run(full: full, after: ImportTally())
        let second = try await ImportRun(tasks, context, now, limits).run(full: full, after: first.forNextList)
        seen = try await ProjectLinks.renew(addresses: projects.addresses, in: context, after: second)
    case .items:
        let items = ItemsImport(randomness: context.randomness.ascending(), settings: settings, now: now)
        seen = try await ImportRun(items, context, now, limits).run(full: full, after: ImportTally())
    case .hours, .withdrawals:
        throw ERPError(.bug, "\(job) is not an import", request: "runImport")
    }
    if let alarm = seen.alarm { throw alarm }
    return seen.counts
}

/// One list, from cursor to cursor.
struct ImportRun<Record: ImportedRecord> {
    private let record: Record
    private let context: RunContext
    private let now: Timestamp
    private let limits: CleanPass.Limits
    private var tally = ImportTally()

    init(_ record: Record, _ context: RunContext, _ now: Timestamp, _ limits: CleanPass.Limits) {
        self.record = record
        self.context = context
        self.now = now
        self.limits = limits
    }

    consuming func run(full: Bool, after earlier: ImportTally) async throws -> ImportTally {
        tally = earlier
        let resource = record.resource
        let cursor = try await context.read { try ImportCursor.read(resource, in: $0) }
        let start = full ? nil : cursor.lowerBound
        let pass = try await cleanPass(from: start, after: cursor)

        // A cursor that is no time (nothing can be counted back from it) is not worth comparing with.
        let reached = [cursor.lowerBound == nil ? nil : cursor.time, pass.latest].compactMap(\.self).max()
        var next = ImportCursor(time: reached, fullPassAt: cursor.fullPassAt, largestPage: cursor.largestPage)
        if start == nil { (next.fullPassAt, next.largestPage) = (now, pass.largestPage) }
        try await finish(pass, isFull: start == nil, from: cursor, to: next)
        return tally
    }

    /// Reads the list until a reading is clean. Every row that was read is applied, also of an unclean reading.
    private mutating func cleanPass(from start: ERPTime?, after cursor: ImportCursor) async throws -> CleanPass {
        var previous: CleanPass?
        var fault = ""
        for _ in 0..<limits.passes {
            let pass = try await readList(from: start, after: cursor, expecting: previous?.pages ?? 0)
            if pass.hasTooManyUnreadable {
                throw ERPError(
                    .askPerson, "\(pass.unreadable.count) rows cannot be read", request: request,
                    fault: .unreadableRows)
            }
            guard let found = pass.fault(after: previous) else { return pass }
            fault = found
            previous = pass
        }
        throw ERPError(
            .tryLater(after: nil), "not complete after \(limits.passes) readings: \(fault)", request: request,
            fault: .listIncomplete)
    }

    /// Every page is noted and written in its turn; those after it may be on their way meanwhile.
    private mutating func readList(
        from start: ERPTime?, after cursor: ImportCursor, expecting expected: Int
    ) async throws -> CleanPass {
        try await withThrowingTaskGroup(of: PagesAhead<Record>.Answer.self) { group in
            defer { group.cancelAll() }
            var pass = CleanPass(limits: limits, largestPage: start == nil ? 0 : cursor.largestPage)
            var pages = PagesAhead(
                of: record, from: context.connector, since: start, most: context.pagesAtOnce, expected: expected)
            while true {
                try context.checkStopping()
                let page = try await pages.next(&group)
                let step = pass.read(page)
                if step == .readNext { pages.askAhead(&group, after: page) }
                try await apply(page, after: cursor)
                guard step == .readNext else { return pass }
            }
        }
    }

    private mutating func apply(_ page: ERPPage<Record.Row>, after cursor: ImportCursor) async throws {
        guard !page.rows.isEmpty || !page.unreadable.isEmpty else { return }
        try await record.prepare(page.rows, after: cursor, in: context)
        let news = try await write(page, after: tally)
        tally.add(news)
    }

    private func write(_ page: ERPPage<Record.Row>, after tally: ImportTally) async throws -> ImportNews {
        let (record, run) = (record, context.run)
        return try await context.transaction { transaction in
            let written = try PageImport(page.rows, of: record, in: transaction)
            let unreadable = page.unreadable.map(Self.quarantined)
            let news = tally.news(effects: written.effects, items: written.items + unreadable)
            try transaction.record(news.items, in: run)
            try transaction.record(news.counts, in: run)
            return news
        }
    }

    private static func quarantined(_ row: ERPUnreadableRow) -> RunItem {
        RunItem(Record.Local.word, row.key ?? "?", .quarantined, "\(row.path): \(row.reason) [\(row.digest)]")
    }

    /// The cursor moves in the same transaction that finds the pass clean.
    private mutating func finish(
        _ pass: CleanPass, isFull: Bool, from old: ImportCursor, to next: ImportCursor
    ) async throws {
        let tombstones =
            isFull && pass.isCleanForDeletions ? Tombstones<Record>(resource: record.resource, seen: pass.keys) : nil
        // An hour without a change writes nothing.
        if next == old, tombstones == nil { return }
        let (resource, run, known) = (record.resource, context.run, tally)
        let (missing, news) = try await context.transaction { transaction in
            if next != old { try next.write(resource, in: transaction) }
            let missing = try tombstones?.count(in: transaction) ?? .none
            let news = known.news(items: missing.warning.map { [$0] } ?? [])
            try transaction.record(news.items, in: run)
            return (missing, news)
        }
        tally.add(news)
        if let warning = missing.warning {
            tally.alarm = ERPError(
                .askPerson, "\(warning.recordKind): \(warning.detail)", request: request, fault: .muchMissing)
        }
        for candidate in missing.candidates.prefix(Tombstones<Record>.witnessesPerRun) {
            let exists = try await context.connector.exists(resource, id: candidate.erpID, number: candidate.number)
            let now = now
            try await context.transaction { transaction in
                guard !exists, let buried = try candidate.bury(at: now, in: transaction) else { return }
                try transaction.record([buried], in: run)
            }
        }
    }

    private var request: String { "the list of \(record.resource.rawValue)" }
}

extension RunContext {
    /// Proves that the run still owns its job, between calls that may take long.
    func renewLease() async throws { try await transaction { _ in } }
}
