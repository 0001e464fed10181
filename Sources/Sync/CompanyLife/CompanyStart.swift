import Persistence
import Proresult

/// A company as it begins.
public enum CompanyStart {
    /// Makes it with its five jobs, all by hand.
    public static func make(name: String, id: CompanyID, in connection: any SQLConnection) throws -> Company {
        let company = try Company.create(name: name, id: id, at: connection.now(), in: connection)
        try CompanyTransaction(company: id, connection: connection).createJobs()
        return company
    }
}
