import HTML

/// One page of a long list, and the links to its neighbours.
struct PageSlice<Element> {
    let elements: [Element]
    let total: Int
    /// From 1; a number outside the list becomes the nearest page.
    let page: Int
    let pages: Int

    init(_ all: [Element], page wanted: Int, size: Int) {
        total = all.count
        pages = max(1, (all.count + size - 1) / size)
        page = min(max(1, wanted), pages)
        elements = Array(all.dropFirst((page - 1) * size).prefix(size))
    }

    /// - Parameter query: the other values of the address, already encoded, such as `q=r%C3%B8r`; may be empty.
    func links(path: String, query: String) -> Markup {
        guard pages > 1 else { return .nothing }
        let previous = page > 1 ? link(path, query, page - 1, "← Forrige") : .nothing
        let next = page < pages ? link(path, query, page + 1, "Neste →") : .nothing
        return "<nav class=\"pages\" aria-label=\"Sider\">\(previous)<span>Side \(page) av \(pages)</span>\(next)</nav>"
    }

    private func link(_ path: String, _ query: String, _ number: Int, _ text: String) -> Markup {
        let address = "\(path)?\(query.isEmpty ? "" : query + "&")page=\(number)"
        return "<a class=\"button\" href=\"\(address)\">\(text)</a>"
    }
}
