import FarShore
import Foundation
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import VismaNet
import VismaNetConnector
import VismaNetSandbox

/// Where worlds begin: two companies, connected, imported once, with workers, wages and settings. Made once by the
/// product itself, then copied.
public actor Haven {
    static let companies = [CompanyID("firma"), CompanyID("annen")]
    static let tenants = ["11111111-2222-4333-8444-555555555555", "99999999-2222-4333-8444-555555555555"]
    static let workers = [WorkerID("kari"), WorkerID("per")]
    static let employees = ["7", "8"]
    static let wages = [200, 240]
    static let projects = ["P-1", "P-2"]
    static let leader = Actor(username: "leder", role: .leader)
    static let masterKey = MasterKey(using: .seeded(7))
    static let redirectURI = "http://localhost:8080/visma/callback"
    /// 2026-11-16T08:00:00Z, a Monday.
    static let begin = Timestamp.testStart

    private let folder: URL
    private var template: Task<URL, any Error>?
    private var server: Task<ThrowAwayPostgres, any Error>?
    private static let postgresTemplate = "haven"
    private var count = 0
    /// Those that no world is on.
    private var stages: [Stage] = []
    private var serverStages: [ServerStage] = []

    public init() throws {
        let memory = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
        folder = URL(fileURLWithPath: parent).appending(
            path: "ferje-storm-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    public func close() async {
        try? FileManager.default.removeItem(at: folder)
        try? await server?.value.stop()
    }

    /// A place for one world's database.
    struct Place: Sendable {
        var folder: URL
        var kind: TestDatabaseKind
        var postgresURL: String?
        /// Of a world on SQLite that has no file.
        var stage: Stage?
        /// Of a world on PostgreSQL that has no database of its own.
        var serverStage: ServerStage?
        var file: String { folder.appending(path: "storm.sqlite").path }
        var mark: URL { folder.appending(path: "ferje.mark") }
        var backup: String { folder.appending(path: "backup.sqlite").path }

        func open(_ clock: WallClock) throws -> any SQLDatabase {
            if let serverStage { return serverStage.visit(clock) }
            if let postgresURL { return try PostgresDatabase(url: postgresURL, poolSize: 1, clock: clock) }
            if let stage { return Rehearsal(on: stage, clock: clock) }
            return try SQLiteDatabase(path: file, clock: clock)
        }
    }

    /// `alone`: with a file or a database of its own.
    func place(_ kind: TestDatabaseKind, alone: Bool) async throws -> Place {
        count += 1
        let number = count
        let home = folder.appending(path: "w\(number)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        var place = Place(folder: home, kind: kind)
        switch kind {
        case .sqlite where !alone:
            let template = try await sqliteTemplate()
            place.stage = try stages.popLast() ?? Stage(copyOf: template.path)
        case .sqlite:
            let template = try await sqliteTemplate()
            try FileManager.default.copyItem(atPath: template.path, toPath: place.file)
        case .postgres where !alone:
            place.serverStage = try await serverStage(number)
        case .postgres:
            place.postgresURL = try await postgres().createDatabase("w\(number)", template: Self.postgresTemplate)
        }
        return place
    }

    /// Yesterday's backup of a PostgreSQL database, and its way back. Nobody may be connected.
    func copy(_ place: Place, back: Bool) async throws {
        let (name, copy) = (place.folder.lastPathComponent, place.folder.lastPathComponent + "b")
        let server = try await postgres()
        try await server.dropDatabase(back ? name : copy)
        _ = try await server.createDatabase(back ? name : copy, template: back ? copy : name)
    }

    func remove(_ place: Place) async {
        try? FileManager.default.removeItem(at: place.folder)
        if let stage = place.stage { stages.append(stage) }
        if let stage = place.serverStage {
            if await (try? stage.renew()) == true { return serverStages.append(stage) }
            try? await stage.close()
            try? await server?.value.dropDatabase(stage.name)
        }
        guard place.postgresURL != nil else { return }
        for ending in ["", "b"] { try? await server?.value.dropDatabase(place.folder.lastPathComponent + ending) }
    }

    private func serverStage(_ number: Int) async throws -> ServerStage {
        if let idle = serverStages.popLast() { return idle }
        let name = "stage\(number)"
        let url = try await postgres().createDatabase(name, template: Self.postgresTemplate)
        return try await ServerStage(name: name, url: url)
    }

    /// Many worlds may ask at once; the first makes it. A task of its own, since an actor lets others in while it waits:
    /// they must find what is being made, and one world's end must not end it for all.
    private func sqliteTemplate() async throws -> URL {
        if let template { return try await template.value }
        let file = folder.appending(path: "template.sqlite")
        let original = folder.appending(path: "original.sqlite")
        let making = Task {
            let clock = TestClock(Self.begin - .seconds(7200))
            let database = try SQLiteDatabase(path: original.path, clock: clock.clock)
            try await Self.fill(database, clock)
            // A single file, without the log that a database in memory cannot have.
            try await database.backup(to: file.path)
            try await database.close()
            return file
        }
        template = making
        return try await making.value
    }

    /// As with the template: the first to ask starts it, the others wait for the same.
    private func postgres() async throws -> ThrowAwayPostgres {
        if let server { return try await server.value }
        let making = Task {
            let server = try await ThrowAwayPostgres.start()
            let url = try await server.createDatabase(Self.postgresTemplate)
            let clock = TestClock(Self.begin - .seconds(7200))
            let database = try PostgresDatabase(url: url, poolSize: 1, clock: clock.clock)
            try await Self.fill(database, clock)
            try await database.close()
            return server
        }
        server = making
        return try await making.value
    }

    static func connection() throws -> ConnectionConfiguration {
        try ConnectionConfiguration(
            apiBaseURL: "http://localhost", authority: "http://localhost", clientID: "isv_ferje",
            clientSecret: "S3cret", redirectURI: redirectURI)
    }

    static func sandbox(
        _ clock: @escaping @Sendable () -> Int64, seed: UInt64,
        sleep: @escaping @Sendable (Int64) async throws -> Void,
        _ change: (inout SandboxConfiguration) -> Void = { _ in }
    ) throws -> Sandbox {
        var configuration = SandboxConfiguration(clients: [
            .init(id: "isv_ferje", secret: "S3cret", redirectURIs: [redirectURI])
        ])
        change(&configuration)
        var records = zip(tenants, ["Rør og Tak AS", "Helt Annet AS"]).map { tenant, name in
            CompanyRecords.small(tenantID: tenant, name: name)
        }
        records[1].corporateID = "888777666"
        return try Sandbox(configuration, companies: records, seed: seed, clock: clock, sleep: sleep)
    }

    static func fill(_ database: any SQLDatabase, _ clock: TestClock) async throws {
        _ = try await database.migrate(SyncSchema.all)
        let sandbox = try sandbox({ clock.now.milliseconds }, seed: 1, sleep: { _ in })
        let connections = VismaNetConnections(
            database: database, transport: SandboxTransport(sandbox: sandbox), configuration: try connection(),
            masterKey: masterKey, clock: clock.clock, randomness: .seeded(1), sleep: { clock.advance(by: $0) },
            logger: .silent)
        let engine = SyncEngine(
            database: database, owner: "haven", randomness: .seeded(2), logger: .silent
        ) { try await connections.connect($0, $1) }
        for (company, tenant) in zip(companies, tenants) {
            try await database.transactionAcrossCompanies { connection in
                _ = try Company.create(name: "Firma \(company)", id: company, at: connection.now(), in: connection)
            }
            try await database.transaction(company: company) { try fill($0) }
            _ = try await connections.activateService(company: company, tenantID: tenant, by: "haven")
            for job in [JobName.customers, .projects, .items] {
                _ = try await database.transaction(company: company) { try $0.requestRun(of: job, by: "haven") }
            }
            while let run = try await engine.tick() {
                guard run.outcome.succeeded else { throw SQLError.storage(run.outcome.error ?? "no import") }
            }
        }
    }

    private static func fill(_ transaction: CompanyTransaction) throws {
        try transaction.createJobs()
        let settings: [SyncSettings.Key: String] = [
            .hoursDebitAccount: "5000", .hoursCreditAccount: "5990", .hoursItemNumber: "TIMER",
            .withdrawalsDebitAccount: "4000", .withdrawalsCreditAccount: "1460", .withdrawalsAccountGroup: "4",
            .withdrawalsTask: "10", .withdrawalsItemNumber: "ROR-22",
        ]
        for (key, value) in settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try CompanySetting.set(key.rawValue, value, in: transaction)
        }
        guard let from = CalendarDate("2026-01-01") else { return }
        for (index, id) in workers.enumerated() {
            let worker = try Proresult.Worker.create(
                Proresult.Worker(id: id, employeeNumber: "\(index + 1)", username: id.text, name: id.text),
                in: transaction)
            try Proresult.Worker.link(worker.id, vismaEmployeeNumber: employees[index], in: transaction)
            try worker.setWage(Decimal(wages[index]), validFrom: from, in: transaction)
        }
    }
}
