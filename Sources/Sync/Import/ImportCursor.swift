import Persistence

/// How far a list has been read, by the ERP's clock.
struct ImportCursor: Sendable, Hashable {
    /// The largest time of change that was applied in a finished clean pass; nil reads everything.
    var time: ERPTime?
    /// When the list was last read from end to end, by our clock.
    var fullPassAt: Timestamp?
    /// The most rows that one page of the list has held.
    var largestPage = 0

    /// The ERP may list a row a little after the time that the row carries, so each run reads again what it may have
    /// missed.
    static let overlapMinutes = 10

    /// Where a pass starts; nil for everything, also where the stored text is no time.
    var lowerBound: ERPTime? { time?.minus(minutes: Self.overlapMinutes) }

    static func read(_ resource: ImportResource, in transaction: CompanyTransaction) throws -> ImportCursor {
        let row = try transaction.first(
            """
            SELECT erp_time, full_pass_at, largest_page FROM import_cursor
            WHERE company_id = \(transaction.company) AND resource = \(resource)
            """)
        guard let row else { return ImportCursor() }
        return try ImportCursor(
            time: row.get("erp_time"), fullPassAt: row.get("full_pass_at"), largestPage: row.get("largest_page"))
    }

    func write(_ resource: ImportResource, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO import_cursor (company_id, resource, erp_time, full_pass_at, largest_page)
            VALUES (\(transaction.company), \(resource), \(time), \(fullPassAt), \(largestPage))
            ON CONFLICT (company_id, resource) DO UPDATE SET erp_time = excluded.erp_time,
                full_pass_at = excluded.full_pass_at, largest_page = excluded.largest_page
            """)
    }

    /// Makes the next pass read everything again, whatever happens to this run.
    static func forget(_ resource: ImportResource, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            UPDATE import_cursor SET erp_time = NULL
            WHERE company_id = \(transaction.company) AND resource = \(resource)
            """)
    }
}

extension ERPTime {
    /// A time so many minutes earlier on the ERP's clock face: no zone is known, so none is applied. Nil where the
    /// text is no time of that form.
    func minus(minutes: Int) -> ERPTime? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = Int(clock[0]), let minute = Int(clock[1]), (0...23).contains(hour),
            (0...59).contains(minute), Double(clock[2]).map({ (0..<61).contains($0) }) == true
        else { return nil }
        let earlier = hour * 60 + minute - minutes
        let minuteOfDay = ((earlier % 1440) + 1440) % 1440
        guard let day = date.adding(days: (earlier - minuteOfDay) / 1440) else { return nil }
        return ERPTime("\(day)T\(twoDigits(minuteOfDay / 60)):\(twoDigits(minuteOfDay % 60)):\(clock[2])")
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
