/// One page of a list. Rows that cannot be read stand aside and do not spoil the others.
public struct Page<Row: Sendable>: Sendable {
    /// The page's number, from 1.
    public var number: Int
    public var rows: [Row]
    public var quarantined: [UnreadableRow]
    /// From the rows' `metadata`; absent on some lists and on empty pages.
    public var totalCount: Int?
    /// The page size the ERP really uses: a larger one that is asked for is silently cut (API.md 2.1).
    public var maxPageSize: Int?
    /// Whether the list ends here: an empty page, or fewer rows than the smaller of the size asked for and `maxPageSize`. Where the rows
    /// tell no `maxPageSize`, the size may have been cut unseen, so only an empty page ends the list.
    public var isLast: Bool
    /// SHA-256 of the body, to notice a page that comes twice.
    public var digest: String

    /// Readable and unreadable rows together.
    public var rowCount: Int { rows.count + quarantined.count }

    public init(
        number: Int, rows: [Row], quarantined: [UnreadableRow] = [], totalCount: Int? = nil, maxPageSize: Int? = nil,
        isLast: Bool, digest: String = ""
    ) {
        self.number = number
        self.rows = rows
        self.quarantined = quarantined
        self.totalCount = totalCount
        self.maxPageSize = maxPageSize
        self.isLast = isLast
        self.digest = digest
    }
}

extension Page: Equatable where Row: Equatable {}

/// A row that lacks a key, has a wrong type or an impossible date. Its content is not kept, only its digest: it may hold personal data.
public struct UnreadableRow: Sendable, Equatable {
    /// Place on the page, from 0.
    public var index: Int
    /// The field, for example `tasks[2].taskId`.
    public var path: String
    public var reason: String
    /// SHA-256 of the row's raw bytes.
    public var digest: String
    /// The record's key, where that much could be read.
    public var key: String?

    public init(index: Int, path: String, reason: String, digest: String, key: String?) {
        self.index = index
        self.path = path
        self.reason = reason
        self.digest = digest
        self.key = key
    }
}

enum Pages {
    /// More rows than this on one page are refused.
    static let rowLimit = 5_000
    /// A list with more pages than this does not end.
    static let pageLimit = 10_000
    /// Asked for unless the caller says otherwise.
    static let defaultSize = 500
}

extension Page where Row: RowDecodable {
    /// - Parameter size: the page size asked for; nil for lists without paging, which are always whole.
    init(_ answer: HTTPTransportResponse, number: Int, size: Int?) throws(BadAnswer) {
        let elements = try answer.json { (body) throws(JSONParser.Problem) in
            try JSONParser.elements(body, limit: Pages.rowLimit)
        }
        self.init(number: number, rows: [], isLast: true, digest: Digest.sha256(answer.body))
        for (index, element) in elements.enumerated() {
            if totalCount == nil || maxPageSize == nil, let metadata = element["metadata"] {
                totalCount = totalCount ?? Self.count(metadata, "totalCount")
                maxPageSize = maxPageSize ?? Self.count(metadata, "maxPageSize")
            }
            do {
                rows.append(try Row(row: RowReader(element)))
            } catch {
                quarantined.append(
                    UnreadableRow(
                        index: index, path: error.path, reason: error.reason,
                        digest: Digest.sha256(answer.body[element.range]), key: Self.key(element)))
            }
        }
        if let size, !elements.isEmpty {
            isLast = maxPageSize.map { elements.count < min(size, $0) } ?? false
        }
    }

    private static func count(_ metadata: JSONNode, _ name: String) -> Int? {
        guard let text = metadata[name]?.number, let count = Int(text), count > 0 else { return nil }
        return count
    }

    private static func key(_ row: JSONNode) -> String? {
        for name in Row.keyNames {
            if let text = row[name]?.text?.trimmed, !text.isEmpty { return text }
            if let number = row[name]?.number { return number }
        }
        return nil
    }
}

/// The pages of a list, one after the other until the last.
///
/// Page numbers drift while records change: the same row may come twice and a row may be missed (API.md 2.1), so join rows by key
/// and overlap the next reading. Two equal pages in a row, or more than 10,000 pages, end with an error.
public struct PageSequence<Row: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Page<Row>
    public typealias Failure = VismaNetError

    let call: VismaNetCall
    let page: @Sendable (Int) async throws(VismaNetError) -> Page<Row>

    public func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let sequence: PageSequence
        private var number = 1
        private var finished = false
        private var lastDigest: String?

        init(sequence: PageSequence) { self.sequence = sequence }

        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(VismaNetError) -> Page<Row>? {
            guard !finished else { return nil }
            let page = try await sequence.page(number)
            let repeated = page.rowCount > 0 && page.digest == lastDigest
            guard !repeated, number <= Pages.pageLimit else {
                finished = true
                throw sequence.call.failed(.badAnswer(.endless(page: number)))
            }
            finished = page.isLast
            lastDigest = page.digest
            number += 1
            return page
        }
    }
}

extension VismaNetClient {
    /// One page of a paged list. Sizes outside 1...5000 are refused here: the ERP would cut them silently.
    func page<Row: RowDecodable>(
        _ operation: String, _ path: [String], key: String? = nil, query: QueryItems, page number: Int, size: Int
    ) async throws(VismaNetError) -> Page<Row> {
        var query = query
        query.add("pageNumber", String(number))
        query.add("pageSize", String(size))
        let call = try call(operation, path: path, key: key, query: query)
        guard number >= 1, (1...Pages.rowLimit).contains(size) else {
            throw call.name.failed(.invalidRequest("page \(number) of \(size) rows"))
        }
        return try await read(call) { (answer) throws(BadAnswer) in try Page(answer, number: number, size: size) }
    }

    /// A list that the ERP gives whole.
    func whole<Row: RowDecodable>(
        _ operation: String, _ path: [String], query: QueryItems = QueryItems()
    ) async throws(VismaNetError) -> Page<Row> {
        let call = try call(operation, path: path, query: query)
        return try await read(call) { (answer) throws(BadAnswer) in try Page(answer, number: 1, size: nil) }
    }

    func pages<Row: Sendable>(
        _ operation: String, _ path: [String],
        _ page: @escaping @Sendable (Int) async throws(VismaNetError) -> Page<Row>
    ) -> PageSequence<Row> {
        let call = VismaNetCall(operation: operation, method: "GET", path: "/" + path.joined(separator: "/"))
        return PageSequence(call: call, page: page)
    }
}
