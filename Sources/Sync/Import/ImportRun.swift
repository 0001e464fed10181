import Persistence

func runImport(
    _ job: JobName, context: RunContext, settings: SyncSettings, full: Bool, now: Timestamp
) async throws -> RunCounts { RunCounts() }

extension CompanyTransaction {
    func needsFullPass(of job: JobName, since night: Timestamp) throws -> Bool { true }
}
