import Persistence
import Proresult

/// Moves a company from one database to another, of either kind: copies every row, compares every row, and leaves the old
/// home shut for good, so that nothing goes to the ERP from both.
///
/// The states tell how far it has come, and the same move may be made again after a crash at any point: what has arrived
/// and was not compared never opens, and is copied anew.
public struct CompanyMove: Sendable {
    public enum Refused: Error, Sendable, Hashable {
        /// The company in the new home is alive there, or has another id under the same code.
        case isThere(CompanyStanding)
        case codeTaken(String)
        /// The same database.
        case sameDatabase
        /// Some rows are not the same on both sides.
        case differs(table: String)
    }

    public struct Moved: Sendable, Hashable {
        public var rows: Int
        public var digest: String
    }

    public let company: CompanyID
    public let source: any SQLDatabase
    public let destination: any SQLDatabase
    /// How each is told of in the other's audit trail, without secrets.
    public let sourceName: String
    public let destinationName: String
    public let person: String

    public init(
        company: CompanyID, from source: any SQLDatabase, named sourceName: String, to destination: any SQLDatabase,
        named destinationName: String, by person: String
    ) {
        self.company = company
        self.source = source
        self.destination = destination
        self.sourceName = sourceName
        self.destinationName = destinationName
        self.person = person
    }

    /// By table. Afterwards the company is paused in its new home, with its exports shut until the ERP has been read.
    public func run() async throws -> [String: Moved] {
        try await source.refuseGrownSchema(beyond: SyncSchema.all)
        try await destination.refuseGrownSchema(beyond: SyncSchema.all)
        let record = try await leave()
        try await prepareDestination(for: record)
        for table in CompanyTable.all { try await copy(CompanyRows(table: table)) }
        let moved = try await compare()
        // A newer program may have come meanwhile.
        try await source.refuseGrownSchema(beyond: SyncSchema.all)
        try await close()
        return moved
    }

    /// From now on nobody changes anything at the source. Throws `CompanyRest.Refused.working` while a run has not ended.
    private func leave() async throws -> Company {
        let (company, person, reason) = (company, person, "moves to \(destinationName)")
        let arrived = try await destination.readAcrossCompanies { try Company.find(company, in: $0)?.state }
        return try await source.transaction(company: company) { transaction in
            let state = try transaction.companyState()
            // A move whose last step is missing.
            let isLastStep = state == .moved && arrived == .arriving
            if state == .active { try CompanyRest.pause(because: reason, by: person, in: transaction) }
            if state == .active || state == .paused || state == .leaving {
                let working = try transaction.jobsAtWork()
                guard working.isEmpty else { throw CompanyRest.Refused.working(working) }
            }
            if state == .active || state == .paused {
                try transaction.changeState(from: [.paused], to: .leaving, because: reason, by: person)
            } else if state != .leaving, !isLastStep {
                throw CompanyRest.Refused.state(state)
            }
            guard let record = try Company.find(company, in: transaction.connection) else {
                throw ProresultError.notFound(.company, key: company.text)
            }
            return record
        }
    }

    /// Makes room: a copy that never opened, or the home that the company once moved out of, is replaced.
    private func prepareDestination(for record: Company) async throws {
        let company = company
        let there = try await destination.readAcrossCompanies { connection in
            let holder = try connection.first(
                "SELECT id FROM company WHERE code = \(record.code) AND code <> '' AND id <> \(company)")
            guard holder == nil else { throw Refused.codeTaken(record.code) }
            return try Company.find(company, in: connection)?.state
        }
        if let there {
            guard there == .arriving || there == .moved else { throw Refused.isThere(there) }
            try await CompanyErasure(company: company, database: destination).run()
        }
        let reason = "comes from \(sourceName)"
        try await destination.transaction(company: company) { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO company (id, name, code, created_at, state, state_since, state_because)
                VALUES (\(company), \(record.name), \(record.code), \(record.createdAt), 'arriving',
                    \(transaction.now()), \(reason))
                """)
        }
    }

    private func copy(_ rows: CompanyRows) async throws {
        try await eachPage(rows, of: source) { page in
            try await destination.transaction(company: company) { try rows.insert(page, in: $0) }
        }
        guard !rows.table.ownReferences.isEmpty else { return }
        try await eachPage(rows, of: source) { page in
            try await destination.transaction(company: company) { try rows.point(page, in: $0) }
        }
    }

    /// Reads both sides anew: what somebody wrote at the source since it was copied is noticed here.
    private func compare() async throws -> [String: Moved] {
        var moved: [String: Moved] = [:]
        for table in CompanyTable.all {
            let rows = CompanyRows(table: table)
            let (before, after) = (try await digests(rows, of: source), try await digests(rows, of: destination))
            guard before == after else { throw Refused.differs(table: table.name) }
            moved[table.name] = Moved(rows: before.rows.count, digest: before.text)
        }
        return moved
    }

    /// The old home first: between the two steps nobody lives anywhere, rather than in both.
    private func close() async throws {
        let (person, old, new) = (person, sourceName, destinationName)
        try await source.transaction(company: company) { transaction in
            if try transaction.companyState() == .moved { return }
            try transaction.changeState(from: [.leaving], to: .moved, because: "moved to \(new)", by: person)
        }
        try await destination.transaction(company: company) { transaction in
            try ExportShutter.shut(
                only: transaction.company, because: "moved from \(old)", by: person, in: transaction.connection)
            try transaction.changeState(from: [.arriving], to: .paused, because: "moved from \(old)", by: person)
        }
    }

    private func digests(_ rows: CompanyRows, of database: any SQLDatabase) async throws -> CompanyRowDigests {
        var digests = CompanyRowDigests()
        try await eachPage(rows, of: database) { digests.add($0) }
        return digests
    }

    private func eachPage(
        _ rows: CompanyRows, of database: any SQLDatabase, _ body: (CompanyRows.Page) async throws -> Void
    ) async throws {
        var last: [SQLValue]?
        repeat {
            let start = last
            let page = try await database.read(company: company) { try rows.page(after: start, in: $0) }
            try await body(page)
            last = page.next
        } while last != nil
    }
}
