/// Which statements of a session the server keeps: a text that comes again and again is parsed, and after some times
/// planned, only once. With our policies of rows that costs more than most statements themselves.
///
/// A page of a list is planned each time, since which index serves it depends on the company and on where it is cut. So is
/// what is put together from several tables of one company and ordered: a plan for the average of a thousand companies took ten
/// times as long for a large one. Long lists of values have as many texts as lengths.
struct PostgresPlans {
    enum Plan {
        case none
        case kept(name: String)
        /// The text has come before, and the server is to keep it from now on.
        case wanted(name: String)
    }

    private struct Key: Hashable {
        var text: String
        var types: [UInt32]
    }

    private enum Known {
        case seenOnce
        case kept(name: String)
    }

    /// Whether the transaction is about one company.
    var areOfOneCompany = false

    private var known: [Key: Known] = [:]
    private var count = 0
    /// Each costs the server some tens of kilobytes in each session.
    private static let most = 200

    mutating func plan(for text: String, _ types: [UInt32]) -> Plan {
        let key = Key(text: text, types: types)
        switch known[key] {
        case .kept(let name): return .kept(name: name)
        case .seenOnce: return count < Self.most ? .wanted(name: "s\(count)") : .none
        case nil:
            if known.count < 4 * Self.most && isWorthKeeping(text, values: types.count) { known[key] = .seenOnce }
            return .none
        }
    }

    mutating func keep(_ name: String, for text: String, _ types: [UInt32]) {
        known[Key(text: text, types: types)] = .kept(name: name)
        count += 1
    }

    private func isWorthKeeping(_ text: String, values: Int) -> Bool {
        // First, since a long list makes a long text to look through.
        (values <= Self.longestList || !["(VALUES ($", " IN ($"].contains { text.contains($0) })
            && ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains { text.hasPrefix($0) }
            && !["LIMIT $", "OFFSET $"].contains { text.contains($0) }
            && !(areOfOneCompany && text.contains("JOIN ") && text.contains("ORDER BY"))
    }

    /// So many values a statement with a list may have in all.
    private static let longestList = 12
}
