/// Faults that change records behind the reader's back.
extension SandboxState {
    /// F42: every row of every table gets today's stamp.
    mutating func touchEverything(_ tenantID: String) {
        let stamp = stampNow()
        change(tenantID) { company in
            for index in company.records.customers.indices { company.records.customers[index].lastModified = stamp }
            for index in company.records.projects.indices { company.records.projects[index].lastModified = stamp }
            for index in company.records.tasks.indices { company.records.tasks[index].lastModified = stamp }
            for index in company.records.items.indices { company.records.items[index].lastModified = stamp }
            for index in company.records.employees.indices { company.records.employees[index].lastModified = stamp }
            for index in company.records.accounts.indices { company.records.accounts[index].lastModified = stamp }
        }
    }

    /// F21: the first row of the page just served is touched or deleted, or a row comes in before it.
    mutating func drift(_ resource: String, key: String, _ call: APICall) {
        let stamp = stampNow()
        let variant = call.fault?.variant
        if variant == "insert" { lastSlipped += 1 }
        let number = lastSlipped
        change(call.tenantID) { company in
            switch resource {
            case "customer":
                SandboxState.drift(&company.records.customers, variant, number, at: { $0.number == key }) {
                    row, number in
                    row.lastModified = stamp
                    if let number {
                        row.internalID = 900_000_000 + number; row.number += "-NY\(number)"; row.locations = []
                    }
                }
            case "project":
                SandboxState.drift(&company.records.projects, variant, number, at: { $0.projectID == key }) {
                    row, number in
                    row.lastModified = stamp
                    if let number { row.internalID = 900_000_000 + number; row.projectID += "-NY\(number)" }
                }
            case "projecttask":
                SandboxState.drift(&company.records.tasks, variant, number, at: { $0.taskID == key }) { row, number in
                    row.lastModified = stamp
                    if let number { row.internalID = 900_000_000 + number; row.taskID += "-NY\(number)" }
                }
            case "inventory":
                SandboxState.drift(&company.records.items, variant, number, at: { $0.inventoryNumber == key }) {
                    row, number in
                    row.lastModified = stamp
                    if let number { row.inventoryID = 900_000_000 + number; row.inventoryNumber += "-NY\(number)" }
                }
            case "employee":
                SandboxState.drift(&company.records.employees, variant, number, at: { $0.employeeNumber == key }) {
                    row, number in
                    row.lastModified = stamp
                    if let number { row.employeeID = 900_000_000 + number; row.employeeNumber += "-NY\(number)" }
                }
            default: break
            }
        }
    }

    /// A new row gets `number`, which none has had.
    private static func drift<Row>(
        _ rows: inout [Row], _ variant: String?, _ number: Int, at isRow: (Row) -> Bool,
        change: (inout Row, _ number: Int?) -> Void
    ) {
        guard let index = rows.firstIndex(where: isRow) else { return }
        switch variant {
        case "delete": rows.remove(at: index)
        case "insert":
            var row = rows[index]
            change(&row, number)
            rows.insert(row, at: 0)
        default: change(&rows[index], nil)
        }
    }
}
