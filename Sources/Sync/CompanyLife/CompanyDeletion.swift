import Foundation
import Persistence
import Proresult

/// Deletes a company for good, when nothing of it is under way and the law does not want its rows.
public struct CompanyDeletion: Sendable {
    public enum Refused: Error, Sendable, Hashable {
        /// What was typed is not the name of the company.
        case nameDiffers(name: String)
        /// The role that the program works as on PostgreSQL deletes nothing from the audit trail.
        case mayNotDelete
        /// Documents that may or may not stand in the ERP: nobody could tell any more.
        case inDoubt(Int)
        /// What was transferred is bookkeeping material until the end of this day.
        case dutyToKeep(until: CalendarDate)
    }

    /// Project accounts of building firms with their time sheets, counted from the end of the financial year
    /// (bokføringsforskriften § 8-1).
    public static let yearsToKeep = 10

    public let company: CompanyID
    public let database: any SQLDatabase
    public let person: String

    public init(company: CompanyID, in database: any SQLDatabase, by person: String) {
        (self.company, self.database, self.person) = (company, database, person)
    }

    /// Only a company at rest, and only when its name has been given. `keptElsewhere`: a person answers for that what the law
    /// wants kept is kept elsewhere.
    public func run(confirmedBy name: String, keptElsewhere: Bool) async throws {
        try await database.refuseGrownSchema(beyond: SyncSchema.all)
        let mayDelete = try await (database as? PostgresDatabase)?.mayDelete(from: "audit") ?? true
        let person = person
        try await database.transaction(company: company) { transaction in
            guard let record = try Company.find(transaction.company, in: transaction.connection) else {
                throw ProresultError.notFound(.company, key: transaction.company.text)
            }
            guard record.name == name else { throw Refused.nameDiffers(name: record.name) }
            guard mayDelete else { throw Refused.mayNotDelete }
            let state = record.state
            if state == .deleting { return }
            guard state == .paused || state == .moved else { throw CompanyRest.Refused.state(state) }
            let working = try transaction.jobsAtWork()
            guard working.isEmpty else { throw CompanyRest.Refused.working(working) }
            // What has moved is kept and answered for in its new home.
            if state == .paused {
                let doubtful = try transaction.documentsInDoubt()
                guard doubtful == 0 else { throw Refused.inDoubt(doubtful) }
                if !keptElsewhere, let until = try Self.dutyToKeep(in: transaction) {
                    throw Refused.dutyToKeep(until: until)
                }
            }
            try transaction.changeState(
                from: [.paused, .moved], to: .deleting, because: "to be deleted", by: person)
        }
        try await CompanyErasure(company: company, database: database).run()
    }

    /// The last day on which something that was transferred must be kept; nil when that is over, or nothing was.
    public static func dutyToKeep(in transaction: CompanyTransaction) throws -> CalendarDate? {
        let newest: String? = try transaction.first(
            """
            SELECT max(period) AS period FROM export_document
            WHERE company_id = \(transaction.company) AND state = 'confirmed'
            """)?.get("period")
        guard let year = newest.flatMap({ Int($0.prefix(4)) }),
            let until = CalendarDate(year: year + yearsToKeep, month: 12, day: 31)
        else { return nil }
        guard let today = CalendarDate(inNorwayAt: try transaction.now()) else { return until }
        return today <= until ? until : nil
    }
}

extension CompanyTransaction {
    fileprivate func documentsInDoubt() throws -> Int {
        try first(
            """
            SELECT count(*) AS n FROM export_document
            WHERE company_id = \(company) AND state IN ('sending', 'unknown', 'needsReview')
            """)?.get("n") ?? 0
    }
}
