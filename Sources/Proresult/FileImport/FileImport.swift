import Persistence

/// Takes in workers, items, hours and withdrawals from CSV and JSON files: `docs/file-import.md` tells the format.
///
/// A bad row is named and left out; the good ones go in. The same file once more changes nothing. A file says what a
/// row should be, so a row that was changed here in between is set back to it, unless it is locked.
public struct FileImport: Sendable {
    let today: CalendarDate
    let now: Timestamp
    let randomness: Randomness
    let actor: Actor

    /// Rows in one transaction: a stop in between loses at most these, and the next run brings them.
    private static let rowsPerTransaction = 500

    /// Reads all files, then takes in workers, items, hours, withdrawals, returns, in this order. Throws only what is
    /// not the files' fault, such as `SQLError`.
    public static func run(
        files: [(name: String, bytes: [UInt8])], company: CompanyID, database: any SQLDatabase, clock: WallClock,
        randomness: Randomness, actor: Actor = Actor(username: "import", role: .administrator)
    ) async throws -> FileImportReport {
        let now = clock.now
        guard let today = CalendarDate(inNorwayAt: now) else {
            throw SQLError.unreadable("the clock is outside the years 1900 to 2199")
        }
        let task = FileImport(today: today, now: now, randomness: randomness, actor: actor)
        var report = FileImportReport()
        let rows = task.read(files, into: &report)
        for step in Step.all {
            let wanted = rows.filter(step.takes)
            for start in stride(from: 0, to: wanted.count, by: rowsPerTransaction) {
                let chunk = Array(wanted[start...].prefix(rowsPerTransaction))
                report.merge(try await database.transaction(company: company) { try task.takeIn(chunk, in: $0) })
            }
        }
        return report
    }

    /// One kind at a time; returns after what they return.
    private struct Step {
        let kind: FileKind
        let isReturn: Bool

        static let all =
            FileKind.allCases.map { Step(kind: $0, isReturn: false) } + [
                Step(kind: .withdrawals, isReturn: true)
            ]

        func takes(_ row: FileRow) -> Bool { row.kind == kind && (row.text(.returnOf) != nil) == isReturn }
    }

    private func read(
        _ files: [(name: String, bytes: [UInt8])], into report: inout FileImportReport
    ) -> [FileRow] {
        var rows: [FileRow] = []
        for file in files {
            do {
                for result in try FileReader.rows(name: file.name, bytes: file.bytes) {
                    switch result {
                    case .success(let row):
                        report.counts[row.kind, default: .init()].read += 1
                        rows.append(row)
                    case .failure(let fault):
                        if let kind = fault.kind { report.counts[kind, default: .init()].read += 1 }
                        report.add(fault, file: file.name)
                    }
                }
            } catch {
                report.add(error, file: file.name)
            }
        }
        return rows
    }

    /// A rule that refuses a row does so before anything of the row is written.
    private func takeIn(_ rows: [FileRow], in transaction: CompanyTransaction) throws -> FileImportReport {
        var report = FileImportReport()
        var known = KnownRecords(transaction: transaction)
        for row in rows {
            do {
                let outcome =
                    switch row.kind {
                    case .workers: try takeInWorker(row, in: transaction)
                    case .items: try takeInItem(row, in: transaction)
                    case .hours: try takeInHours(row, &known)
                    case .withdrawals: try takeInWithdrawal(row, &known)
                    }
                report.count(outcome, of: row.kind)
            } catch let fault as FileFaultAt {
                report.add(fault, file: row.file)
            } catch let error as ProresultError {
                report.add(error, row: row)
            }
        }
        return report
    }
}

/// What rows point at by number, looked up once per transaction.
struct KnownRecords {
    let transaction: CompanyTransaction
    private var workers: [String: Worker] = [:]
    private var projects: [String: Project] = [:]
    private var workTypes: [ProjectID: [ProjectWorkType]] = [:]

    init(transaction: CompanyTransaction) { self.transaction = transaction }

    mutating func worker(_ row: FileRow) throws -> Worker {
        let number = try row.required(.employeeNumber)
        if let known = workers[number] { return known }
        guard let found = try Worker.find(employeeNumber: number, in: transaction) else {
            throw ProresultError.notFound(.worker, key: number)
        }
        workers[number] = found
        return found
    }

    mutating func project(_ row: FileRow) throws -> Project {
        let number = try row.required(.projectNumber)
        if let known = projects[number] { return known }
        guard let found = try Project.find(number: number, in: transaction) else {
            throw ProresultError.notFound(.project, key: number)
        }
        projects[number] = found
        return found
    }

    mutating func workTypes(of project: Project) throws -> [ProjectWorkType] {
        if let known = workTypes[project.id] { return known }
        let found = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
        workTypes[project.id] = found
        return found
    }
}
