import Persistence
import Proresult

/// Links projects to customers and managers that have become known since the project was imported: a customer that
/// came later, a worker who has been given a number of the ERP's.
enum ProjectLinks {
    static func renew(
        addresses: ProjectAddresses, in context: RunContext, after tally: ImportTally
    ) async throws -> ImportTally {
        // A look that writes nothing first: there seldom is one.
        guard try await !context.read({ try waiting(in: $0) }).isEmpty else { return tally }
        var tally = tally
        let (run, known) = (context.run, tally)
        let news = try await context.transaction { transaction in
            let changes = try waiting(in: transaction)
            let customers = try Customer.find(changes.compactMap(\.customer), in: transaction)
            let customerByID = Dictionary(customers.map { ($0.id, $0) }) { first, _ in first }
            let changeByProject = Dictionary(changes.map { ($0.project, $0) }) { first, _ in first }
            let projects = try Project.find(changes.map(\.project), in: transaction).compactMap { old -> Project? in
                guard let change = changeByProject[old.id] else { return nil }
                var project = old
                project.customerID = change.customer ?? project.customerID
                project.managerWorkerID = change.manager ?? project.managerWorkerID
                if !project.hasAddress, let customer = change.customer.flatMap({ customerByID[$0] }),
                    let address = addresses.address(of: customer)
                {
                    project.setAddress(address)
                }
                return project
            }
            try Project.overwrite(projects, in: transaction)
            let items = projects.map { RunItem(Project.word, $0.number, .changed, "customer or manager linked") }
            let news = known.news(items: items)
            try transaction.record(news.items, in: run)
            return news
        }
        tally.add(news)
        return tally
    }

    private struct Change: Sendable {
        let project: ProjectID
        let customer: CustomerID?
        let manager: WorkerID?
    }

    private static func waiting(in transaction: CompanyTransaction) throws -> [Change] {
        try transaction.query(
            """
            SELECT p.id AS project, c.id AS customer, w.id AS manager FROM project p
            LEFT JOIN customer c ON c.company_id = p.company_id AND c.number = p.erp_customer_number
            LEFT JOIN worker w ON w.company_id = p.company_id AND w.visma_employee_number = p.erp_manager_number
            WHERE p.company_id = \(transaction.company) AND p.erp_id IS NOT NULL AND p.erp_deleted_at IS NULL
                AND ((c.id IS NOT NULL AND coalesce(p.customer_id, '') <> c.id)
                    OR (w.id IS NOT NULL AND coalesce(p.manager_worker_id, '') <> w.id))
            ORDER BY p.id
            """
        ).map { row in
            Change(
                project: try row.get("project"), customer: try row.get("customer"), manager: try row.get("manager"))
        }
    }
}

extension Project {
    fileprivate var hasAddress: Bool {
        ERPAddress(street: address, postalCode: postalCode, city: city).isFilled
    }
}
