import GRDB

/// The statements of one connection: prepared once, their parameters and columns looked at once.
package final class PreparedStatements {
    private var kept: [String: PreparedStatement] = [:]
    /// A list for `IN (…)` makes a text for each of its lengths; no number of them may fill the memory.
    private static let most = 1000

    package init() {}

    package func statement(_ text: String, in database: Database) throws -> PreparedStatement {
        if let known = kept[text] { return known }
        if kept.count >= Self.most { kept = [:] }
        let fresh = try PreparedStatement(database.makeStatement(sql: text), in: database)
        kept[text] = fresh
        return fresh
    }

    /// Before the connection is closed.
    func forget() { kept = [:] }
}
