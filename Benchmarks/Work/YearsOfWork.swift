import Foundation
import Persistence
import Proresult
import SeededShore
import Sync
import TestSupport

/// What ten years leave behind: hours that were sent, their documents with lines, attempts and trail, and the runs of the
/// time for which runs are kept.
public struct YearsOfWork: Sendable {
    public static let company = CompanyID("c1")
    public static let years = SeededShore.Size(
        customers: 500, projects: 200, workers: 20, items: 500, entries: 20 * 220 * 10 * 3, withdrawals: 40_000)
    /// The same firm after its first month: as much waits to be approved and sent as after the years.
    public static let firstMonth = SeededShore.Size(
        customers: 500, projects: 200, workers: 20, items: 500, entries: 20 * 29 * 2, withdrawals: 40 * 29)
    private static let linesOfDocument = 50

    public let size: SeededShore.Size
    public let now: Timestamp
    public let today: CalendarDate
    public let runs: Int

    public var shore: SeededShore { SeededShore(size, today: today, now: now) }
    public var documents: Int { size.entries > Self.firstMonth.entries ? size.entries / Self.linesOfDocument : 0 }

    /// Without a number of `runs`: all five jobs, each hour of the days for which runs are kept.
    public init(size: SeededShore.Size, now: Timestamp, runs: Int? = nil) throws {
        guard let today = CalendarDate(inNorwayAt: now) else { throw SQLError.unreadable("no day at \(now)") }
        (self.size, self.now, self.today) = (size, now, today)
        self.runs = runs ?? JobName.allCases.count * 24 * RetentionTerms().daysOfRuns
    }

    public func fill(_ database: any SQLDatabase) async throws {
        try await shore.fill(database, company: Self.company)
        try await database.transaction(company: Self.company) { transaction in
            try transaction.createJobs()
            // Every list has been read, so that the hour is no first one and no night's.
            try transaction.executeMany(
                "INSERT INTO import_cursor (company_id, resource, erp_time, full_pass_at) VALUES ($1, $2, $3, $4)",
                ImportResource.allCases.map {
                    [
                        Self.company.sqlValue, $0.sqlValue, ERPTime("2026-11-16T08:00:00.0000000").sqlValue,
                        now.sqlValue,
                    ]
                })
            // The seeded firm leaves a few of all its hours behind; here they have been sent too.
            try transaction.execute(
                """
                UPDATE hour_entry SET state = 'transferred', transferred_at = \(now), transferred_run = 'r',
                    transferred_reference = 'PRX' WHERE company_id = \(Self.company) AND state <> 'transferred'
                    AND work_date < \(today.adding(days: -28))
                """)
        }
        for start in stride(from: 0, to: documents, by: 200) {
            let numbers = start..<min(start + 200, documents)
            try await database.transaction(company: Self.company) { try insertDocuments(numbers, in: $0) }
        }
        for start in stride(from: 0, to: runs, by: 5000) {
            let numbers = start..<min(start + 5000, runs)
            try await database.transaction(company: Self.company) { try insertRuns(numbers, in: $0) }
        }
    }

    /// What each document says, with as many lines as it has.
    private func payload() throws -> String {
        let line = ProjectTransaction.Line(
            date: today, employee: "1", item: "TIMER", quantity: 7, billableQuantity: 7, rate: 250, task: "100",
            accountGroup: "3", debitAccount: "5000", creditAccount: "5990", debitSubaccount: nil, creditSubaccount: nil,
            description: "Graving PRX")
        let document = ProjectTransaction(
            description: "PRX", project: "1000", period: "202611",
            lines: Array(repeating: line, count: Self.linesOfDocument))
        return String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
    }

    private func insertDocuments(_ numbers: Range<Int>, in transaction: CompanyTransaction) throws {
        let company = transaction.company.sqlValue
        let payload = try payload().sqlValue
        func time(_ number: Int) -> SQLValue {
            (now - .seconds(Int64((documents - number) / 2) * 86_400)).sqlValue
        }
        try transaction.executeMany(
            """
            INSERT INTO export_document (company_id, id, kind, project_number, period, reference, payload,
                payload_sha256, state, attempts, next_step_at, epoch, erp_number, run_id, created_at, changed_at)
            VALUES ($1, $2, 'hours', $3, $4, $5, $6, '', 'confirmed', 1, $7, 1, $8, $9, $7, $7)
            """,
            numbers.map { number in
                [
                    company, "d\(number)".sqlValue, "\(1000 + number % 200)".sqlValue,
                    "\(2016 + number * 10 / max(documents, 1))\(number % 2 == 0 ? "03" : "09")".sqlValue,
                    "PRX-\(number)".sqlValue, payload, time(number),
                    "PM\(number)".sqlValue, "r\(number)".sqlValue,
                ]
            })
        try transaction.executeMany(
            """
            INSERT INTO export_line (company_id, document_id, position, source_kind, source_id, source_version, part)
            VALUES ($1, $2, $3, 'hourEntry', $4, 1, 'ordinary')
            """,
            numbers.flatMap { number in
                (0..<Self.linesOfDocument).map { line in
                    [
                        company, "d\(number)".sqlValue, line.sqlValue,
                        "h\(size.entries - 1 - number * Self.linesOfDocument - line)".sqlValue,
                    ]
                }
            })
        for event in ["sent", "answered"] {
            try transaction.executeMany(
                """
                INSERT INTO export_attempt (company_id, document_id, number, event, epoch, at)
                VALUES ($1, $2, 1, $3, 1, $4)
                """, numbers.map { [company, "d\($0)".sqlValue, event.sqlValue, time($0)] })
        }
        try transaction.executeMany(
            "INSERT INTO outbox (company_id, document_id, created_at, done_at) VALUES ($1, $2, $3, $3)",
            numbers.map { [company, "d\($0)".sqlValue, time($0)] })
        try transaction.executeMany(
            "INSERT INTO export_week (company_id, document_id, week_start, quantity, amount) VALUES ($1, $2, $3, '1', '1')",
            numbers.map { [company, "d\($0)".sqlValue, "2016-01-04".sqlValue] })
        for (step, action) in ["document ready", "document sending", "document confirmed"].enumerated() {
            try transaction.executeMany(
                """
                INSERT INTO audit (company_id, id, at, actor, action, subject_kind, subject_id)
                VALUES ($1, $2, $3, 'schedule', $4, 'document', $5)
                """,
                numbers.map { number in
                    [
                        company, "document:d\(number):\(step)".sqlValue, time(number), action.sqlValue,
                        "d\(number)".sqlValue,
                    ]
                })
        }
    }

    private func insertRuns(_ numbers: Range<Int>, in transaction: CompanyTransaction) throws {
        let company = transaction.company.sqlValue
        let jobs = JobName.allCases
        func id(_ number: Int) -> SQLValue { "r\(number)".sqlValue }
        try transaction.executeMany(
            """
            INSERT INTO run (company_id, id, job, started_by, epoch, started_at, finished_at, outcome)
            VALUES ($1, $2, $3, 'schedule', 1, $4, $4, 'succeeded')
            """,
            numbers.map { number in
                let hoursAgo = Int64((runs - number) / jobs.count + 1)
                return [
                    company, id(number), jobs[number % jobs.count].sqlValue,
                    (now - .seconds(hoursAgo * 3600)).sqlValue,
                ]
            })
        try transaction.executeMany(
            """
            INSERT INTO run_item (company_id, run_id, position, record_kind, record_number, happened)
            VALUES ($1, $2, 0, 'customer', $3, 'changed')
            """, numbers.map { [company, id($0), "\(10_000 + $0 % 500)".sqlValue] })
    }
}
