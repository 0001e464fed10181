import Persistence
import Proresult

/// Projects are matched by project number and follow the ERP: number, name, start date, address, customer, manager, and
/// whether they are open. A project that a user closed is reopened while the ERP has it active; templates and projects
/// in planning are not brought over.
struct ProjectsImport: ImportedRecord {
    let randomness: Randomness
    let settings: SyncSettings
    let now: Timestamp
    let addresses: ProjectAddresses
    let resource = ImportResource.projects

    init(randomness: Randomness, settings: SyncSettings, now: Timestamp) {
        self.randomness = randomness
        self.settings = settings
        self.now = now
        addresses = ProjectAddresses(source: settings.projectAddressSource)
    }

    func page(_ request: ERPPageRequest, from connector: any ERPConnector) async throws -> ERPPage<ERPProject> {
        try await connector.projects(request)
    }

    func prepare(_ rows: [ERPProject], after cursor: ImportCursor, in context: RunContext) async throws {
        try await addresses.prepare(rows, after: cursor, in: context)
    }

    /// The customers and workers that the rows name.
    struct People {
        var customers: [String: Customer]
        var workers: [String: WorkerID]
    }

    func beside(_ rows: [ERPProject], in transaction: CompanyTransaction) throws -> People {
        let customers = try Customer.find(
            erpIDs: [], numbers: Set(rows.compactMap(\.customerNumber?.unpadded)).sorted(), in: transaction)
        let workers = try transaction.query(
            """
            SELECT id, visma_employee_number AS number FROM worker WHERE company_id = \(transaction.company)
            AND visma_employee_number IN (\(list: Set(rows.compactMap(\.managerNumber?.unpadded)).sorted()))
            """
        ).map { (try $0.get("number", as: String.self), try $0.get("id", as: WorkerID.self)) }
        return People(
            customers: Dictionary(customers.map { ($0.number, $0) }) { first, _ in first },
            workers: Dictionary(workers) { first, _ in first })
    }

    func existing(_ rows: [ERPProject], _: People, in transaction: CompanyTransaction) throws -> [Project] {
        try Project.find(erpIDs: rows.map(\.id), numbers: rows.map(\.number.unpadded), in: transaction)
    }

    func key(of row: ERPProject, _: People) -> String? { row.number.unpadded }
    func key(of project: Project) -> String { project.number }
    func label(of row: ERPProject, _: People) -> String { row.number.unpadded }

    func isWanted(_ row: ERPProject) -> Bool { row.state != .notImported }

    func warning(_ project: Project, _ row: ERPProject) -> String? {
        isWanted(row) ? nil : "the ERP no longer has it among the projects to import; kept as it is"
    }

    func make(_ row: ERPProject, _: People, in transaction: CompanyTransaction) throws -> Project {
        Project(id: ProjectID(using: randomness), number: row.number.unpadded, name: row.name)
    }

    /// The new project's tasks may be older than what the tasks' cursor has passed, so all tasks are read once more.
    func didLink(in transaction: CompanyTransaction) throws {
        try ImportCursor.forget(.tasks, in: transaction)
    }

    func overwrite(_ project: inout Project, with row: ERPProject, _ people: People) {
        guard isWanted(row) else { return }
        project.number = row.number.unpadded
        project.erpNumber = row.number.unpadded
        project.name = row.name
        project.startDate = row.startDate
        project.erpCustomerNumber = row.customerNumber?.unpadded
        project.erpManagerNumber = row.managerNumber?.unpadded
        let customer = project.erpCustomerNumber.flatMap { people.customers[$0] }
        project.customerID = customer?.id ?? project.customerID
        project.managerWorkerID =
            project.erpManagerNumber.flatMap { people.workers[$0] } ?? project.managerWorkerID
        if let address = addresses.address(of: row, customer: customer) { project.setAddress(address) }
        follow(row.state, &project)
    }

    private func follow(_ state: ERPProject.State, _ project: inout Project) {
        switch state {
        case .active:
            project.erpState = .active
            if !project.isActive { project.reopenedByERP(at: now) }
        case .suspended:
            project.erpState = .suspended
            if settings.suspendedProjects == .close { project.shut(at: now) }
        case .closed:
            project.erpState = .closed
            project.shut(at: now)
        case .notImported:
            break
        }
    }
}

extension Project: LinkedRecord {
    static let word = "project"
    static let ownedColumns: Set = [
        "number", "name", "address", "postal_code", "city", "start_date", "customer_id", "manager_worker_id", "state",
        "closed_at", "closed_by", "closed_by_name", "reopened_at", "reopened_by", "reopened_by_name", "erp_number",
        "erp_state", "erp_customer_number", "erp_manager_number",
    ]
    static let wordForShut = RunItem.Happened.closed
    static let wordForOpened = RunItem.Happened.reopened
    var isUsable: Bool { isActive }

    /// One that a user closed stays closed by that user.
    mutating func shut(at now: Timestamp) {
        guard isActive else { return }
        state = .closed
        closedAt = now
        closedBy = .visma
        closedByName = nil
    }

    /// Who closed it is kept: people ask when a project that they closed comes back.
    fileprivate mutating func reopenedByERP(at now: Timestamp) {
        state = .active
        reopenedAt = now
        reopenedBy = .visma
        reopenedByName = nil
    }

    mutating func setAddress(_ found: ERPAddress) {
        address = found.street
        postalCode = found.postalCode
        city = found.city
    }
}
