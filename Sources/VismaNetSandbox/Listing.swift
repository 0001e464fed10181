/// What every list has in common: the delta filter, the key cursor, paging and its quirks (API.md 2.1, 2.2).
struct Listing<Row> {
    var resource: String
    /// nil for lists without paging.
    var pageLimit: Int?
    var hasMetadata = true
    var key: (Row) -> String
    var lastModified: ((Row) -> String)?
    var created: ((Row) -> String)?
    /// On customer the cursor is documented not to work.
    var cursorWorks = true
}

struct Page<Row> {
    var rows: [Row]
    var metadata: JSON?
}

extension SandboxState {
    mutating func page<Row>(_ rows: [Row], _ listing: Listing<Row>, _ call: APICall) throws -> Page<Row> {
        var rows = try filtered(rows, listing, call)
        let fault = call.fault
        switch fault?.kind {
        case .emptyList: rows = []
        case .rowsOutOfOrder: rows.shuffle(using: &random)
        case .listLagsWrites:
            let horizon = OsloTime.text(now() - (fault?.seconds ?? 5) * 1000)
            let stamp = listing.resource == "projecttransaction" ? listing.created : listing.lastModified
            if let stamp { rows.removeAll { stamp($0) > horizon } }
        default: break
        }
        var total = rows.count
        if fault?.kind == .totalLies { total = fault?.size ?? 0 }
        let asked = try pageAsked(listing, call, total: rows.count)
        let metadata = listing.hasMetadata ? SandboxState.metadata(total: total, limit: asked.shownLimit) : nil
        return Page(rows: Array(rows.dropFirst(asked.skip).prefix(asked.take)), metadata: metadata)
    }

    private struct PageAsked {
        var skip: Int
        var take: Int
        var shownLimit: Int
    }

    static func metadata(total: Int, limit: Int) -> JSON {
        var fields = Fields()
        fields.add("totalCount", total)
        fields.add("maxPageSize", limit)
        return fields.json
    }

    private func filtered<Row>(_ rows: [Row], _ listing: Listing<Row>, _ call: APICall) throws -> [Row] {
        var rows = rows
        if let stamp = listing.lastModified, let filter = try DateFilter("lastModifiedDateTime", call) {
            rows = rows.filter { filter.admits(stamp($0)) }
        }
        if let stamp = listing.created, let filter = try DateFilter("createdDateTime", call) {
            rows = rows.filter { filter.admits(stamp($0)) }
        }
        if listing.cursorWorks, let cursor = call.value("greaterThanValue") {
            rows = rows.filter { listing.key($0) > cursor }
        }
        return rows
    }

    private func pageAsked<Row>(_ listing: Listing<Row>, _ call: APICall, total: Int) throws -> PageAsked {
        let paged = call.value("pageNumber") != nil || call.value("pageSize") != nil
        let deprecated = call.value("numberToRead") != nil || call.value("skipRecords") != nil
        if paged && deprecated {
            throw Refusal("numberToRead and skipRecords cannot be combined with pageNumber and pageSize.")
        }
        if deprecated {
            let take = call.integer("numberToRead") ?? total
            let skip = call.integer("skipRecords") ?? 0
            guard take >= 0, skip >= 0 else { throw Refusal("numberToRead and skipRecords cannot be negative.") }
            return PageAsked(skip: skip, take: take, shownLimit: listing.pageLimit ?? configuration.lightPageSize)
        }
        guard var limit = listing.pageLimit else {
            return PageAsked(skip: 0, take: total, shownLimit: configuration.lightPageSize)
        }
        if call.fault?.kind == .cappedPageSize { limit = max(1, min(limit, call.fault?.size ?? 10)) }
        let size = min(limit, call.integer("pageSize") ?? configuration.defaultPageSize)
        var number = call.integer("pageNumber") ?? 1
        guard size > 0, number > 0 else { throw Refusal("pageNumber and pageSize must be greater than zero.") }
        if call.fault?.kind == .duplicatePage, number > 1 { number -= 1 }
        if call.fault?.kind == .endlessPages { number = min(number, max(1, (total + size - 1) / size)) }
        let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        return PageAsked(skip: overflow ? total : skip, take: size, shownLimit: limit)
    }

    /// A list answer: one array, paging facts in every row.
    mutating func list<Row>(
        _ rows: [Row], _ listing: Listing<Row>, _ call: APICall, render: (Row) -> Fields
    ) throws -> SandboxAnswer {
        let page = try page(rows, listing, call)
        let answer = page.rows.map { row in
            var fields = render(row)
            if let metadata = page.metadata { fields.add("metadata", metadata) }
            return fields.json
        }
        if call.fault?.kind == .pageDrift, let first = page.rows.first {
            drift(listing.resource, key: listing.key(first), call)
        }
        return .json(.array(answer))
    }
}
