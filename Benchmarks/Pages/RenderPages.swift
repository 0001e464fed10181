import ArgumentParser
import BenchFirm
import FarShore
import Foundation
import Persistence
import VismaNet
import VismaNetSandbox

/// Has the imports run against the sandbox, and keeps each answer as a file: what the product asks for is what any
/// server of files can answer afterwards.
@main
struct RenderPages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-pages", abstract: "Writes the pages of every occasion into a folder.")

    @Argument(help: "A folder that does not exist yet.")
    var folder: String
    @Option(help: "Divides the number of records.")
    var divisor = 1

    func run() async throws {
        let size = DemoSize(
            customers: 50_000 / divisor, projects: 5_000 / divisor, tasks: 25_000 / divisor, items: 50_000 / divisor,
            employees: 40)
        let records = DemoContractor.make(today: DemoDay(year: 2026, month: 11, day: 18), size: size)
        let hours = Hours()
        let clock = WallClock { Timestamp(milliseconds: WallClock.noon + hours.past * 3_600_000) }
        var configuration = SandboxConfiguration(clients: [
            .init(id: Firm.clientID, secret: Firm.clientSecret)
        ])
        configuration.hourlyQuota = 1_000_000
        let sandbox = try Sandbox(configuration, companies: [records], clock: { clock.now.milliseconds })
        let temporary = FileManager.default.temporaryDirectory.appending(path: "ferje-pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: temporary) }
        let database = try SQLiteDatabase(path: temporary.appending(path: "a.sqlite").path, clock: clock)

        for occasion in Occasion.allCases {
            hours.set(Int64(occasion.hours))
            if occasion == .changed { changeOneInAHundred(of: records, in: sandbox) }
            let transport = KeepingTransport(
                SandboxTransport(sandbox: sandbox), folder: URL(filePath: folder).appending(path: occasion.rawValue))
            let firm = try Firm(database, transport, api: "http://localhost", clock: clock)
            if occasion == .first { try await firm.setUp(tenant: records.tenantID) }
            _ = try await firm.importAll()
        }
        try await database.close()
    }

    private func changeOneInAHundred(of records: CompanyRecords, in sandbox: Sandbox) {
        sandbox.edit(records.tenantID) { records, stamp in
            for index in stride(from: 0, to: records.customers.count, by: 100) {
                records.customers[index].name += " AS"
                records.customers[index].lastModified = stamp
            }
            for index in stride(from: 50, to: records.projects.count, by: 100) {
                records.projects[index].description += " II"
                records.projects[index].lastModified = stamp
            }
            for index in stride(from: 50, to: records.tasks.count, by: 100) {
                records.tasks[index].description += " II"
                records.tasks[index].lastModified = stamp
            }
            for index in stride(from: 0, to: records.items.count, by: 100) {
                records.items[index].defaultPrice += 1
                records.items[index].lastModified = stamp
            }
        }
    }
}
