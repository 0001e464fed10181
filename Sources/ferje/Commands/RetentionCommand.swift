import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje retention`
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Deletes what is older than its term; with FERJE_DATABASE_OWNER_URL of the audit trail too.",
        discussion: "“ferje serve” does so every night, but for the audit trail where its role may not delete from it.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    private struct Told: Encodable {
        var company: String
        var deleted: [String: Int]
    }

    func run() async throws {
        try await common.open { installation in
            let owners = try installation.ownersDatabase()
            do {
                let told = try await run(installation, on: owners ?? installation.database)
                try await owners?.close()
                try installation.console.answer(["companies": told])
            } catch {
                try? await owners?.close()
                throw error
            }
        }
    }

    private func run(_ installation: Installation, on database: any SQLDatabase) async throws -> [Told] {
        let companies =
            if companyOption.company == nil {
                try await database.readAcrossCompanies { try Company.all($0) }
            } else { [try await installation.company(companyOption.company)] }
        let retention = try await installation.retention(on: database)
        if try await !installation.mayDeleteAudit(database) { installation.console.remark(.auditTrailStays) }
        var told: [Told] = []
        for company in companies where company.state.isOpen {
            let deleted = try await retention.run(company.id)
            installation.console.say(.olderThanItsTerm(company.name, rows: deleted.values.reduce(0, +)))
            told.append(
                Told(
                    company: company.id.text,
                    deleted: Dictionary(uniqueKeysWithValues: deleted.map { ($0.key.rawValue, $0.value) })))
        }
        return told
    }
}
