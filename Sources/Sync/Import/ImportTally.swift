import Persistence

/// What a run has done so far: distinct rows, however often they were read.
struct ImportTally: Sendable {
    private(set) var counts = RunCounts()
    /// Why the run must end as failed although everything that it may do is done.
    var alarm: ERPError?
    /// Each row once, however many there are, by the most telling thing that was done with it.
    private var rows = KeySet()
    private var changed = KeySet()
    private var created = KeySet()
    private var told: Set<RunItem> = []

    /// The same figures, ready for another list.
    var forNextList: ImportTally {
        var next = ImportTally()
        next.counts = counts
        next.alarm = alarm
        return next
    }

    /// What a page adds. Readings are repeated, and a run need not say the same thing twice.
    func news(effects pageEffects: [String: ImportEffect] = [:], items pageItems: [RunItem]) -> ImportNews {
        var news = ImportNews(counts: counts, effects: [:], items: [])
        for (id, effect) in pageEffects {
            let known = doing(with: id)
            let now = known.map { max($0, effect) } ?? effect
            guard now != known else { continue }
            if let known { news.counts[keyPath: Self.figure(known)] -= 1 } else { news.counts.read += 1 }
            news.counts[keyPath: Self.figure(now)] += 1
            news.effects[id] = now
        }
        var pageTold: Set<RunItem> = []
        // A record is created once; a first import need not remember the tens of thousands that it has told of.
        news.items = pageItems.filter {
            $0.happened == .created || !told.contains($0) && pageTold.insert($0).inserted
        }
        news.counts.quarantined += news.items.count { $0.happened == .quarantined }
        return news
    }

    mutating func add(_ news: ImportNews) {
        counts = news.counts
        for (id, effect) in news.effects {
            rows.insert(id)
            switch effect {
            case .unchanged: break
            case .changed: changed.insert(id)
            case .created: created.insert(id)
            }
        }
        told.formUnion(news.items.lazy.filter { $0.happened != .created })
    }

    private func doing(with id: String) -> ImportEffect? {
        guard rows.contains(id) else { return nil }
        return created.contains(id) ? .created : changed.contains(id) ? .changed : .unchanged
    }

    private static func figure(_ effect: ImportEffect) -> WritableKeyPath<RunCounts, Int> {
        switch effect {
        case .unchanged: \.unchanged
        case .changed: \.changed
        case .created: \.created
        }
    }
}

struct ImportNews: Sendable {
    /// The run's figures with the page in them.
    var counts: RunCounts
    var effects: [String: ImportEffect]
    var items: [RunItem]
}

extension CompanyTransaction {
    /// The figures of an import that goes on, for those who watch it.
    func record(_ counts: RunCounts, in run: SyncRunID) throws {
        try execute(
            """
            UPDATE run SET read_count = \(counts.read), created_count = \(counts.created),
                changed_count = \(counts.changed), unchanged_count = \(counts.unchanged),
                quarantined_count = \(counts.quarantined)
            WHERE company_id = \(company) AND id = \(run)
            """)
    }

    /// The figures that a run has told so far.
    func counts(of run: SyncRunID) throws -> RunCounts {
        try first("SELECT \(raw: RunCounts.columns) FROM run WHERE company_id = \(company) AND id = \(run)")
            .map(RunCounts.init) ?? RunCounts()
    }
}
