/// How many records of each kind the generator makes. All times grow linearly with these numbers.
public struct DemoSize: Sendable, Hashable {
    public var customers: Int
    /// Includes templates and, always first, the non-project code `X`.
    public var projects: Int
    /// At least one for each project but `X`, so the real number is never lower than `projects - 1`.
    public var tasks: Int
    public var items: Int
    public var employees: Int

    public init(customers: Int, projects: Int, tasks: Int, items: Int, employees: Int) {
        self.customers = max(0, customers)
        self.projects = max(0, projects)
        self.tasks = max(0, tasks)
        self.items = max(0, items)
        self.employees = max(0, employees)
    }

    /// An ordinary contractor with some thirty workers.
    public static let demo = DemoSize(customers: 420, projects: 160, tasks: 650, items: 4_000, employees: 32)
    /// For tests that want every kind of record and no waiting.
    public static let small = DemoSize(customers: 25, projects: 24, tasks: 70, items: 60, employees: 8)
}
