import Foundation
import Persistence

extension FileImport {
    /// A new worker, or what the row says about one that has the number. An empty cell leaves what is there.
    func takeInWorker(_ row: FileRow, in transaction: CompanyTransaction) throws -> FileRowOutcome {
        let number = try row.required(.employeeNumber)
        let wage = try wage(row)
        guard let stored = try Worker.find(employeeNumber: number, in: transaction) else {
            let new = Worker(
                id: WorkerID(using: randomness), employeeNumber: number, username: row.text(.username) ?? number,
                name: try row.required(.name))
            let worker = try Worker.create(try fill(new, from: row), in: transaction)
            if let wage { try worker.setWage(wage.amount, validFrom: wage.from, in: transaction) }
            return .created
        }
        let worker = try fill(stored, from: row)
        let isSame = worker == stored
        if !isSame { try Worker.update(worker, in: transaction) }
        guard let wage, try !worker.hasWage(wage.amount, from: wage.from, in: transaction) else {
            return isSame ? .unchanged : .changed
        }
        try worker.setWage(wage.amount, validFrom: wage.from, in: transaction)
        return .changed
    }

    private func fill(_ worker: Worker, from row: FileRow) throws -> Worker {
        var worker = worker
        worker.username = (row.text(.username) ?? worker.username).lowercased()
        worker.name = row.text(.name) ?? worker.name
        worker.email = row.text(.email) ?? worker.email
        worker.phone = row.text(.phone) ?? worker.phone
        worker.role = try row.role(.role) ?? worker.role
        worker.vismaEmployeeNumber = row.text(.vismaEmployeeNumber) ?? worker.vismaEmployeeNumber
        if let isActive = try row.truth(.active) { worker.inactiveAt = isActive ? nil : worker.inactiveAt ?? now }
        return worker
    }

    private func wage(_ row: FileRow) throws -> (amount: Decimal, from: CalendarDate)? {
        switch (try row.decimal(.hourlyWage), try row.date(.wageFrom)) {
        case (let amount?, let from?):
            try Wage.check(amount)
            return (amount, from)
        case (nil, nil): return nil
        case (nil, _): throw row.fault(.wageAndDate, .hourlyWage)
        case (_, nil): throw row.fault(.wageAndDate, .wageFrom)
        }
    }
}

extension Worker {
    fileprivate func hasWage(
        _ wage: Decimal, from: CalendarDate, in transaction: CompanyTransaction
    ) throws -> Bool {
        try wages(in: transaction).contains { $0.validFrom == from && $0.hourlyWage == wage }
    }
}
