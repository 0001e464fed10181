/// Judges one reading of a list from its first page to its last: were these all its rows?
///
/// Pages are cut by number, so rows move from page to page while they change. A reading that cannot vouch for being
/// complete is repeated; its rows are applied all the same.
struct CleanPass: Sendable {
    /// The limits that end a reading which would not end by itself.
    struct Limits: Sendable {
        var pages = 10_000
        var repeatedPages = 2
        var passes = 3
    }

    enum Step: Hashable {
        case readNext, finished
        /// Reading on would serve nothing.
        case stopped
    }

    private static let unreadableLimit = 50

    private let limits: Limits
    /// The most rows that one page is known to have held. A page with fewer was not cut by the ERP's own limit, so no
    /// page follows it; that matters for lists whose rows tell neither total nor limit (API.md 2.1).
    private(set) var largestPage: Int
    private(set) var keys = KeySet()
    /// The largest time of change that was seen.
    private(set) var latest: ERPTime?
    private(set) var unreadable: [ERPUnreadableRow] = []
    /// Those of rows that cannot be read, too.
    private var allKeys = KeySet()
    private(set) var pages = 0
    private var rowsRead = 0
    private var repeatedPages = 0
    private var firstTotal: Int?
    private var lastTotal: Int?
    private var previousPage: [String] = []
    private var trouble: String?

    /// `largestPage` is what earlier passes saw; 0 relies on this one alone, as a full pass should.
    init(limits: Limits, largestPage: Int = 0) {
        self.limits = limits
        self.largestPage = largestPage
    }

    /// Takes note of a page.
    mutating func read<Row: ERPRow>(_ page: ERPPage<Row>) -> Step {
        let pageKeys = page.rows.map(\.id)
        pages += 1
        latest = page.rows.compactMap(\.modifiedAt).reduce(latest) { max($0 ?? $1, $1) }
        rowsRead += page.rows.count + page.unreadable.count
        for key in pageKeys {
            keys.insert(key)
            allKeys.insert(key)
        }
        unreadable += page.unreadable
        for key in page.unreadable.compactMap(\.key) { allKeys.insert(key) }
        if let total = page.total {
            firstTotal = firstTotal ?? total
            lastTotal = total
        }
        let isEmpty = page.rows.isEmpty && page.unreadable.isEmpty
        let pagePrint = pageKeys + page.unreadable.map(\.digest)
        if !isEmpty && pagePrint == previousPage {
            repeatedPages += 1
            trouble = "page \(pages) repeats the one before"
        }
        previousPage = pagePrint
        let rowsOnPage = page.rows.count + page.unreadable.count
        let isShort = page.total == nil && rowsOnPage < largestPage
        largestPage = max(largestPage, rowsOnPage)
        if page.isLast || isEmpty || isShort { return .finished }
        return mayGoOn() ? .readNext : .stopped
    }

    private mutating func mayGoOn() -> Bool {
        if repeatedPages >= limits.repeatedPages || unreadable.count > Self.unreadableLimit { return false }
        if let firstTotal, rowsRead / 2 > max(firstTotal, 500) {
            trouble = "\(rowsRead) rows came of a list of \(firstTotal)"
        } else if pages >= limits.pages {
            trouble = "the list had no end after \(pages) pages"
        } else {
            return true
        }
        return false
    }

    /// Why this reading cannot be trusted to be complete; nil for a clean pass.
    ///
    /// Where the list tells no total, a row that slipped away between two pages cannot be seen in one reading: such a
    /// list, when it is longer than a page, is clean when two readings in a row give the same keys.
    func fault(after previous: CleanPass?) -> String? {
        if let trouble { return trouble }
        if firstTotal != lastTotal {
            return "the list went from \(firstTotal ?? 0) to \(lastTotal ?? 0) rows while it was read"
        }
        if let total = lastTotal, distinctRows != total {
            return "\(distinctRows) of \(total) rows were seen"
        }
        if distinctRows != rowsRead { return "a row was seen twice" }
        if lastTotal == nil, pages > 1, previous?.allKeys != allKeys {
            return "two readings of a list without a total differ"
        }
        return nil
    }

    /// True when rows that were not seen can be taken to be missing.
    var isCleanForDeletions: Bool { unreadable.isEmpty }

    /// More than 1 % or 50 rows that cannot be read mean that the list, not the rows, is at fault. In a short list
    /// three such rows are still taken for bad rows.
    var hasTooManyUnreadable: Bool { unreadable.count > min(Self.unreadableLimit, max(3, rowsRead / 100)) }

    /// A row whose very key is unreadable counts each time that it is seen.
    private var distinctRows: Int { allKeys.count + unreadable.count { $0.key == nil } }
}
