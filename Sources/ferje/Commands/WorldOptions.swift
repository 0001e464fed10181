import ArgumentParser
import Foundation
import Persistence
import VismaNetSandbox

/// What the sandbox's company is made of, and what goes wrong in it.
struct WorldOptions: ParsableArguments {
    @Option(help: "The sandbox's port on 127.0.0.1; 0 lets the system choose.")
    var port = 0

    @Option(help: "The same seed gives the same records.")
    var seed: UInt64 = 1

    @Option(help: "demo, or small.")
    var size = Size.demo

    @Option(help: "Number of customers.")
    var customers: Int?

    @Option(help: "Number of projects.")
    var projects: Int?

    @Option(help: "Number of tasks.")
    var tasks: Int?

    @Option(help: "Number of items.")
    var items: Int?

    @Option(help: "Number of employees.")
    var employees: Int?

    @Option(help: "A day (yyyy-mm-dd) to begin on instead of today.")
    var today: String?

    @Option(help: "A JSON file with fault rules.")
    var faults: String?

    @Option(help: "A JSON file with seed, size, today and faults.")
    var scenario: String?

    enum Size: String, ExpressibleByArgument, CaseIterable { case demo, small }

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        if let today, CalendarDate(today) == nil { throw ValidationError("--today must be yyyy-mm-dd.") }
    }

    func options() throws -> DemoOptions {
        let scenario = try scenario.map(Scenario.read)
        var options = DemoOptions()
        options.port = port
        options.seed = scenario?.seed ?? seed
        options.size = scenario?.demoSize ?? demoSize
        options.scenario = scenario
        options.faults = try faults.map(Scenario.readFaults) ?? scenario?.faults ?? []
        return options
    }

    /// Random numbers from the seed make two demonstrations equal; only for a database that starts empty.
    func surroundings(seeded: Bool) throws -> Surroundings {
        let scenario = try scenario.map(Scenario.read)
        var surroundings = Surroundings.real
        if let day = (today ?? scenario?.today).flatMap({ CalendarDate($0) }) {
            surroundings = surroundings.starting(on: day)
        }
        if seeded { surroundings.randomness = .seeded(scenario?.seed ?? seed) }
        return surroundings
    }

    private var demoSize: DemoSize {
        var chosen = size == .small ? DemoSize.small : .demo
        if let customers { chosen.customers = customers }
        if let projects { chosen.projects = projects }
        if let tasks { chosen.tasks = tasks }
        if let items { chosen.items = items }
        if let employees { chosen.employees = employees }
        return DemoSize(
            customers: chosen.customers, projects: chosen.projects, tasks: chosen.tasks, items: chosen.items,
            employees: chosen.employees)
    }
}
