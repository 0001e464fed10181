import Persistence

/// The broken variants that lie in what is written when.
extension Bite {
    func bent(_ sql: SQL, on connection: any SQLConnection) throws -> SQL {
        guard self == .cursorFromLocalClock, sql.text.hasPrefix("INSERT INTO import_cursor") else { return bent(sql) }
        var bindings = sql.bindings
        bindings[2] = .text(Self.clockText(try connection.now()))
        return SQL(sql.text, bindings: bindings)
    }

    private static func clockText(_ now: Timestamp) -> String {
        let day = CalendarDate(inNorwayAt: now).map { "\($0)" } ?? ""
        let seconds = (now.milliseconds / 1000 + 3600) % 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).0000000"
    }

    /// True when the statement waits for the process's next transaction.
    func puts(off sql: SQL, node: Node) throws -> Bool {
        guard self == .outboxInSecondTransaction, sql.text.hasPrefix("INSERT INTO outbox") else { return false }
        node.putOff(sql)
        return true
    }

    /// At the beginning of a transaction: what was put off, or what comes too early.
    func begin(_ connection: any SQLConnection, of node: Node, _ notes: TransactionNotes) throws {
        for sql in node.takeLater() { try connection.execute(sql) }
        guard self == .cursorMovedEarly, let company = node.company, let early = node.takeEarlyCursor() else { return }
        let moved = try connection.execute(
            """
            UPDATE import_cursor SET erp_time = \(early.time)
            WHERE company_id = \(company) AND resource = \(early.resource) AND erp_time < \(early.time)
            """)
        if moved > 0 { notes.add(.cursor(company: company.text, resource: early.resource, time: early.time)) }
    }

    /// After a statement.
    func follow(_ sql: SQL, on connection: any SQLConnection) throws {
        guard self == .markedBeforeConfirmed, sql.text.hasPrefix("INSERT INTO export_attempt"),
            sql.text.contains("'sent'")
        else { return }
        try connection.execute(
            SQL(
                """
                UPDATE hour_entry SET state = 'transferred', transferred_reference = $2
                WHERE company_id = $1 AND state <> 'transferred' AND id IN (
                    SELECT source_id FROM export_line WHERE company_id = $1 AND document_id = $2)
                """, bindings: Array(sql.bindings.prefix(2))))
    }
}
