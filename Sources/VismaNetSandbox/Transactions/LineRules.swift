import Foundation

/// The rules a line must meet before it is stored (API.md 4.5). The first broken one is the answer.
struct LineRules {
    let company: CompanyRecords
    let configuration: SandboxConfiguration
    let today: String

    /// `tranID` and `lastModified` are filled in by the caller.
    func stored(_ line: TransactionBody.Line) throws -> StoredLine {
        let project = try project(line.project)
        let task = try task(line.task, of: project)
        let item = try item(line.item)
        let unit = try unit(line.unit, of: item)
        let employee = try employee(line.employee, on: project)
        let accounts = try accounts(line)
        let date = line.date ?? today
        let quantity = line.quantity ?? 0
        let billable = line.isBillable ?? true
        let billableQuantity = line.billableQuantity ?? (billable ? quantity : 0)
        let rate = line.unitRate ?? 0
        for value in [quantity, billableQuantity, rate, line.amount ?? 0] where value.magnitude > LineRules.largest {
            throw Refusal("Value was either too large or too small for a Decimal.")
        }
        let counted = line.usesBillableQuantity == true ? billableQuantity : quantity
        return StoredLine(
            tranID: 0, date: date, period: try period(line.period, date), project: project.projectID, task: task.taskID,
            item: item?.inventoryNumber, unit: unit, quantity: quantity, billableQuantity: billableQuantity,
            unitRate: rate, amount: LineRules.cents(line.amount ?? counted * rate), isBillable: billable,
            usesBillableQuantity: line.usesBillableQuantity ?? false, accountGroup: accounts.group,
            debitAccount: accounts.debit, creditAccount: accounts.credit,
            debitSubaccount: try subaccount(line.debitSubaccount, "Debit subaccount"),
            creditSubaccount: try subaccount(line.creditSubaccount, "Credit subaccount"),
            branch: try branch(line.branch), employee: employee?.employeeNumber, customer: try customer(line)?.number,
            location: try location(line), description: try text(line.description ?? ""), note: line.note ?? "",
            lastModified: 0)
    }

    /// Beyond this the ERP's money columns overflow.
    private static let largest = Decimal(1_000_000_000_000_000)

    /// Half away from zero, two decimals (API.md 2.6).
    static func cents(_ value: Decimal) -> Decimal {
        var value = value
        var rounded = Decimal()
        NSDecimalRound(&rounded, &value, 2, .plain)
        return rounded
    }

    private func text(_ text: String) throws -> String {
        guard text.count > configuration.lineTextLength else { return text }
        guard configuration.longText == .cut else {
            throw Refusal("The string value exceeds the maximum length of 'Description'.")
        }
        return String(text.prefix(configuration.lineTextLength))
    }

    /// A blank text counts as none.
    func given(_ value: String?) -> String? {
        guard let value, !value.trimmingCharacters(in: .whitespaces).isEmpty else { return nil }
        return value
    }

    private func project(_ code: String?) throws -> ProjectRecord {
        guard let code = given(code) else { throw Refusal("'Project' cannot be empty.") }
        guard let project = company.projects.first(where: { sameKey($0.projectID, code) }), !project.isTemplate else {
            throw Refusal.notFound("Project")
        }
        guard !project.isNonProject else { throw Refusal("The non-project code cannot be used here.") }
        switch project.status {
        case "Active": break
        case "Completed": throw Refusal("The project \(project.projectID) is completed.")
        case "Cancelled": throw Refusal("The project \(project.projectID) is cancelled.")
        case "OnHold": throw Refusal("The project \(project.projectID) is suspended.")
        default: throw Refusal("The project \(project.projectID) is inactive.")
        }
        guard project.visibleInProjects else {
            throw Refusal("The project \(project.projectID) is invisible in the module.")
        }
        return project
    }

    private func task(_ code: String?, of project: ProjectRecord) throws -> TaskRecord {
        guard let code = given(code) else { throw Refusal("'Project task' cannot be empty.") }
        let found = company.tasks.first { $0.projectInternalID == project.internalID && sameKey($0.taskID, code) }
        guard let task = found else { throw Refusal.notFound("Project task") }
        switch task.status {
        case "Active": break
        case "Completed": throw Refusal("The project task \(task.taskID) is completed.")
        case "Cancelled", "Canceled": throw Refusal("The project task \(task.taskID) is cancelled.")
        default: throw Refusal("The project task \(task.taskID) is inactive.")
        }
        guard task.visibleInProjects else {
            throw Refusal("The project task \(task.taskID) is invisible in the module.")
        }
        return task
    }

    private func item(_ number: String?) throws -> ItemRecord? {
        guard let number = given(number) else { return nil }
        guard let item = company.items.first(where: { sameKey($0.inventoryNumber, number) }) else {
            throw Refusal.notFound("Inventory ID")
        }
        guard item.status != "Inactive", item.status != "MarkedForDeletion" else {
            throw Refusal("The inventory item \(item.inventoryNumber) is inactive.")
        }
        return item
    }

    private func unit(_ unit: String?, of item: ItemRecord?) throws -> String {
        guard let unit = given(unit) else { return item?.baseUnit ?? "" }
        guard let item, !sameKey(item.baseUnit, unit) else { return unit }
        guard company.units.contains(where: { sameKey($0.fromUnit, unit) || sameKey($0.toUnit, unit) }) else {
            throw Refusal.notFound("UOM")
        }
        let converts = company.units.contains {
            sameKey($0.fromUnit, unit) && sameKey($0.toUnit, item.baseUnit)
                || sameKey($0.toUnit, unit) && sameKey($0.fromUnit, item.baseUnit)
        }
        guard converts else { throw Refusal("Failed to convert from \(unit) to \(item.baseUnit).") }
        return unit
    }

    private func employee(_ number: String?, on project: ProjectRecord) throws -> EmployeeRecord? {
        guard let number = given(number) else { return nil }
        guard let employee = company.employees.first(where: { sameKey($0.employeeNumber, number) }) else {
            throw Refusal.notFound("Employee")
        }
        guard employee.status != "Inactive" else { throw Refusal("The employee \(number) is inactive.") }
        if project.restrictEmployees && !project.employeeNumbers.contains(where: { sameKey($0, number) }) {
            throw Refusal("The employee \(number) is not assigned to the project \(project.projectID).")
        }
        return employee
    }

    private func branch(_ number: String?) throws -> String {
        guard let number = given(number) else { return company.branches.first?.number ?? "" }
        guard let branch = company.branches.first(where: { sameKey($0.number, number) }) else {
            throw Refusal.notFound("Branch")
        }
        return branch.number
    }

    private func customer(_ line: TransactionBody.Line) throws -> CustomerRecord? {
        guard let number = given(line.customerVendor) else { return nil }
        guard let customer = company.customers.first(where: { sameKey($0.number, number) }) else {
            throw Refusal.notFound("Customer/supplier")
        }
        return customer
    }

    private func location(_ line: TransactionBody.Line) throws -> String? {
        guard let id = given(line.location) else { return nil }
        guard let found = try customer(line)?.locations.first(where: { sameKey($0.locationID, id) }) else {
            throw Refusal.notFound("Location")
        }
        return found.locationID
    }
}
