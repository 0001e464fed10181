import BenchFirm
import Foundation
import Persistence
import Sync
import VismaNet

/// What a simple integration does with the same client: a POST for each approved line, and its row marked when the
/// answer has a number. It reads nothing back and keeps nothing beside; an answer that is lost is a line that is lost or
/// doubled.
struct OneByOne {
    let database: any SQLDatabase
    let client: VismaNetClient

    init(_ database: any SQLDatabase, _ transport: any HTTPTransport, api: String) throws {
        self.database = database
        guard let origin = Origin(api) else { throw NotSent(why: "\(api) is no address") }
        let clock: @Sendable () -> Int64 = { WallClock.real.now.milliseconds }
        let sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        client = VismaNetClient(
            configuration: VismaNetConfiguration(apiBaseURL: origin, userAgent: "one-by-one/1"), transport: transport,
            tokens: TokenSource(
                kind: .service(tenantID: ExportYear.tenant, scopes: GrantKind.serviceScopes),
                store: MemoryTokenStore(clock: clock),
                requests: TokenRequests(
                    application: OAuthApplication(
                        clientID: Firm.clientID, clientSecret: Secret(Firm.clientSecret)),
                    authority: origin, transport: transport, userAgent: "one-by-one/1"),
                clock: clock, sleep: sleep),
            surroundings: .init(clock: clock, sleep: sleep, random: { 0.5 }))
    }

    struct NotSent: Error { var why: String }

    /// Sends that many of the ordinary hours; tells how many lines went.
    func send(_ most: Int) async throws -> Int {
        let company = Firm.company
        let rows = try await database.read(company: company) { transaction in
            try transaction.query(
                """
                SELECT entry.id AS id, entry.work_date AS date, entry.total_hours AS hours,
                    worker.visma_employee_number AS employee, project.erp_number AS project,
                    task.visma_task_id AS task, wage.hourly_wage AS wage
                FROM hour_entry entry
                JOIN worker ON worker.company_id = entry.company_id AND worker.id = entry.worker_id
                JOIN worker_wage wage ON wage.company_id = entry.company_id AND wage.worker_id = entry.worker_id
                JOIN project ON project.company_id = entry.company_id AND project.id = entry.project_id
                JOIN project_work_type task
                    ON task.company_id = entry.company_id AND task.id = entry.project_work_type_id
                WHERE entry.company_id = \(company) AND entry.state = 'approved' AND entry.overtime50 = '0'
                    AND entry.overtime100 = '0'
                ORDER BY entry.work_date, entry.id LIMIT \(most)
                """)
        }
        for row in rows {
            let id: String = try row.get("id")
            let created = try await client.createProjectTransaction(try Self.draft(row))
            try await database.transaction(company: company) { transaction in
                _ = try transaction.execute(
                    """
                    UPDATE hour_entry SET state = 'transferred', transferred_at = \(transaction.now()),
                        transferred_run = 'one by one', transferred_reference = \(created.refNbr)
                    WHERE company_id = \(company) AND id = \(id)
                    """)
            }
        }
        return rows.count
    }

    private static func draft(_ row: SQLRow) throws -> ProjectTransactionDraft {
        var line = ProjectTransactionDraft.Line()
        let date: String = try row.get("date")
        line.date = VismaDate(date).map(Written.value) ?? .leaveOut
        line.employee = .value(try row.get("employee"))
        line.item = .value("TIMER")
        line.quantity = .value(try row.get("hours"))
        line.unitRate = .value(try row.get("wage"))
        line.project = .value(try row.get("project"))
        line.projectTask = .value(try row.get("task"))
        line.accountGroup = .value("5")
        line.debitAccount = .value("5000")
        line.creditAccount = .value("5990")
        line.description = .value("Timer")
        var draft = ProjectTransactionDraft()
        draft.description = .value("Timer \(try row.get("id", as: String.self))")
        draft.lines = [line]
        return draft
    }
}
