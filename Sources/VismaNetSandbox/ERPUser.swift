import Foundation
import Synchronization

/// What a person does in the ERP's own windows. Every change stamps the record as the real one would.
extension Sandbox {
    /// Puts in the record, or replaces the one with the same internal id.
    public func upsert(_ customer: CustomerRecord, in tenantID: String) {
        edit(tenantID) { records, stamp in
            var record = customer
            record.lastModified = stamp
            for index in record.locations.indices { record.locations[index].lastModified = stamp }
            replace(&records.customers, record) { $0.internalID == record.internalID }
        }
    }

    public func upsert(_ project: ProjectRecord, in tenantID: String) {
        edit(tenantID) { records, stamp in
            var record = project
            record.lastModified = stamp
            replace(&records.projects, record) { $0.internalID == record.internalID }
        }
    }

    public func upsert(_ task: TaskRecord, in tenantID: String) {
        let touchesProject = configuration.taskChangeTouchesProject
        edit(tenantID) { records, stamp in
            var record = task
            record.lastModified = stamp
            replace(&records.tasks, record) { $0.internalID == record.internalID }
            guard touchesProject else { return }
            for index in records.projects.indices where records.projects[index].internalID == task.projectInternalID {
                records.projects[index].lastModified = stamp
            }
        }
    }

    public func upsert(_ item: ItemRecord, in tenantID: String) {
        edit(tenantID) { records, stamp in
            var record = item
            record.lastModified = stamp
            replace(&records.items, record) { $0.inventoryID == record.inventoryID }
        }
    }

    public func upsert(_ employee: EmployeeRecord, in tenantID: String) {
        edit(tenantID) { records, stamp in
            var record = employee
            record.lastModified = stamp
            replace(&records.employees, record) { $0.employeeID == record.employeeID }
        }
    }

    public func upsert(_ account: AccountRecord, in tenantID: String) {
        edit(tenantID) { records, stamp in
            var record = account
            record.lastModified = stamp
            replace(&records.accounts, record) { $0.accountID == record.accountID }
        }
    }

    private func replace<Row>(_ rows: inout [Row], _ row: Row, _ isSame: (Row) -> Bool) {
        if let index = rows.firstIndex(where: isSame) { rows[index] = row } else { rows.append(row) }
    }

    public func removeCustomer(_ number: String, in tenantID: String) {
        edit(tenantID) { records, _ in records.customers.removeAll { sameKey($0.number, number) } }
    }

    /// Its tasks go with it.
    public func removeProject(_ projectID: String, in tenantID: String) {
        edit(tenantID) { records, _ in
            let ids = records.projects.filter { sameKey($0.projectID, projectID) }.map(\.internalID)
            records.projects.removeAll { ids.contains($0.internalID) }
            records.tasks.removeAll { ids.contains($0.projectInternalID) }
        }
    }

    public func removeItem(_ number: String, in tenantID: String) {
        edit(tenantID) { records, _ in records.items.removeAll { sameKey($0.inventoryNumber, number) } }
    }

    public func removeEmployee(_ number: String, in tenantID: String) {
        edit(tenantID) { records, _ in records.employees.removeAll { sameKey($0.employeeNumber, number) } }
    }

    public func setProject(_ projectID: String, status: String, in tenantID: String) {
        changeProject(projectID, in: tenantID) { $0.status = status }
    }

    public func changeProject(_ projectID: String, in tenantID: String, _ body: (inout ProjectRecord) -> Void) {
        let found = records(tenantID)?.projects.first { sameKey($0.projectID, projectID) }
        guard var project = found else { return }
        body(&project)
        upsert(project, in: tenantID)
    }

    public func setTask(_ taskID: String, of projectID: String, status: String, in tenantID: String) {
        guard let records = records(tenantID),
            let project = records.projects.first(where: { sameKey($0.projectID, projectID) }),
            var task = records.tasks.first(where: {
                $0.projectInternalID == project.internalID && sameKey($0.taskID, taskID)
            })
        else { return }
        task.status = status
        upsert(task, in: tenantID)
    }

    /// Periods carry no last-modified.
    public func setPeriod(_ period: String, closed: Bool? = nil, active: Bool? = nil, in tenantID: String) {
        edit(tenantID) { records, _ in
            for index in records.periods.indices where records.periods[index].period == period {
                if let closed { records.periods[index].closedInGeneralLedger = closed }
                if let active { records.periods[index].active = active }
            }
        }
    }

    /// "Change customer number" and its like: the internal id stays (API.md 5.14).
    public func renumberCustomer(_ number: String, to new: String, in tenantID: String) {
        edit(tenantID) { records, stamp in
            for index in records.customers.indices where sameKey(records.customers[index].number, number) {
                records.customers[index].number = new
                records.customers[index].lastModified = stamp
            }
            for index in records.projects.indices where sameKey(records.projects[index].customerNumber, number) {
                records.projects[index].customerNumber = new
            }
        }
    }

    public func renumberProject(_ projectID: String, to new: String, in tenantID: String) {
        changeProject(projectID, in: tenantID) { $0.projectID = new }
    }

    public func renumberEmployee(_ number: String, to new: String, in tenantID: String) {
        let found = records(tenantID)?.employees.first { sameKey($0.employeeNumber, number) }
        guard var employee = found else { return }
        employee.employeeNumber = new
        upsert(employee, in: tenantID)
    }

    /// Changes anything, with the stamp that changed records should carry.
    public func edit(_ tenantID: String, _ body: (inout CompanyRecords, _ stamp: String) -> Void) {
        state.withLock { state in
            let stamp = state.stampNow()
            state.change(tenantID) { body(&$0.records, stamp) }
        }
    }

    public func records(_ tenantID: String) -> CompanyRecords? {
        state.withLock { $0.companies.first { $0.records.tenantID == tenantID }?.records }
    }
}
