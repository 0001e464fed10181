import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje worker …`
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Workers and their link to Visma's employees.",
        subcommands: [List.self, Link.self, Unlink.self])

    private struct Told: Encodable {
        var employeeNumber: String
        var name: String
        var vismaEmployeeNumber: String?
        var warning: String?
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists workers and their links.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let workers = try await installation.database.transaction(company: company.id) {
                    try Worker.all(in: $0)
                }
                let console = installation.console
                var table = Table(
                    [.left, .left, .left], header: [Text.employeeNumber, .name, .vismaEmployeeNumber].map(console.text))
                for worker in workers {
                    table.add([worker.employeeNumber, worker.name, worker.vismaEmployeeNumber ?? "–"])
                }
                console.say(table)
                try console.answer([
                    "workers": workers.map {
                        Told(
                            employeeNumber: $0.employeeNumber, name: $0.name,
                            vismaEmployeeNumber: $0.vismaEmployeeNumber)
                    }
                ])
            }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Links a worker to an employee number that Visma has.")

        @Argument(help: "The worker's employee number here.") var employeeNumber: String
        @Argument(help: "The employee's number in Visma.") var vismaNumber: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let employees = try await installation.connections().connect(company.id, .hours).employees()
                guard let employee = employees.first(where: { $0.number == vismaNumber }) else {
                    throw Failure(.needsPerson, "unknownEmployee", .unknownEmployee(vismaNumber))
                }
                let worker = try await installation.database.transaction(company: company.id) { transaction in
                    try Worker.link(
                        Worker.numbered(employeeNumber, in: transaction).id, vismaEmployeeNumber: employee.number,
                        in: transaction)
                }
                let console = installation.console
                console.say(.linked(worker.name, employee.number, employee.name))
                let warning = employee.isActive ? nil : Text.inactiveEmployee(employee.number)
                if let warning { console.say(warning) }
                try console.answer(
                    Told(
                        employeeNumber: worker.employeeNumber, name: worker.name,
                        vismaEmployeeNumber: worker.vismaEmployeeNumber, warning: warning.map(console.text)))
            }
        }
    }

    struct Unlink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a worker's link away.")

        @Argument(help: "The worker's employee number here.") var employeeNumber: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let worker = try await installation.database.transaction(company: company.id) { transaction in
                    let worker = try Worker.numbered(employeeNumber, in: transaction)
                    try Worker.unlink(worker.id, in: transaction)
                    return worker
                }
                installation.console.say(.unlinked(worker.name))
                try installation.console.answer(
                    Told(employeeNumber: worker.employeeNumber, name: worker.name, vismaEmployeeNumber: nil))
            }
        }
    }
}

extension Worker {
    fileprivate static func numbered(_ number: String, in transaction: CompanyTransaction) throws -> Worker {
        guard let worker = try find(employeeNumber: number, in: transaction) else {
            throw ProresultError.notFound(.worker, key: number)
        }
        return worker
    }
}
