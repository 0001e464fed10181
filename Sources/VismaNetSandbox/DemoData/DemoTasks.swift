/// The tasks of the projects. Codes repeat from project to project, as in any company with a standard list.
struct DemoTasks {
    let times: DemoTimes
    var random: SplitMix64

    private static let standard: [(code: String, text: String)] = [
        ("10", "Rigg og drift"), ("20", "Grunnarbeid"), ("30", "Betong"), ("40", "Tømrer"), ("50", "Rørlegger"),
        ("60", "Elektro"), ("70", "Maler"), ("80", "Flis og membran"), ("100", "Uteområde"), ("110", "Blikkenslager"),
        ("120", "Ventilasjon"), ("130", "Prosjektledelse"), ("140", "Tilleggsarbeid"), ("150", "Sluttkontroll & FDV"),
        ("0010", "Befaring før oppstart"),
    ]
    private static let materials = (code: DemoContractor.materialsTaskID, text: "Materialer")

    init(seed: UInt64, times: DemoTimes) {
        self.times = times
        random = SplitMix64(seed: seed, stream: 4)
    }

    /// At least one task for every project but the non-project code, and `count` in all when that is more.
    mutating func make(count: Int, projects: [ProjectRecord]) -> [TaskRecord] {
        let owners = projects.enumerated().filter { !$0.element.isNonProject }
        guard !owners.isEmpty else { return [] }
        let numbers = tasksPerProject(count: max(count, owners.count), projects: owners.count)
        var tasks: [TaskRecord] = []
        tasks.reserveCapacity(max(count, owners.count))
        for ((index, project), number) in zip(owners, numbers) {
            for chosen in codes(number, index: index) {
                tasks.append(task(chosen, of: project, index: index, internalID: 2_000 + tasks.count))
            }
        }
        return tasks
    }

    /// The same number for all, moved a little between neighbours so that projects differ and the sum stays.
    private mutating func tasksPerProject(count: Int, projects: Int) -> [Int] {
        var numbers = (0..<projects).map { count / projects + ($0 < count % projects ? 1 : 0) }
        for index in stride(from: 0, to: projects - 1, by: 2) {
            let moved = random.below(min(3, numbers[index]))
            numbers[index] -= moved
            numbers[index + 1] += moved
        }
        return numbers
    }

    private mutating func codes(_ number: Int, index: Int) -> [(code: String, text: String)] {
        let hasMaterials = index % 20 != 6
        let wanted = hasMaterials ? number - 1 : number
        var chosen: [(code: String, text: String)] = []
        for (position, standard) in Self.standard.enumerated() {
            let left = Self.standard.count - position
            if random.below(left) < wanted - chosen.count { chosen.append(standard) }
        }
        for extra in chosen.count..<max(wanted, chosen.count) {
            chosen.append((String(1_000 + extra), "Endringsmelding \(extra)"))
        }
        return hasMaterials ? chosen + [Self.materials] : chosen
    }

    private mutating func task(
        _ chosen: (code: String, text: String), of project: ProjectRecord, index: Int, internalID: Int
    ) -> TaskRecord {
        let (created, lastModified) = times.createdAndModified(&random)
        let isMaterials = chosen.code == DemoContractor.materialsTaskID
        return TaskRecord(
            internalID: internalID, projectInternalID: project.internalID, taskID: chosen.code,
            description: chosen.text, status: status(of: project, isMaterials: isMaterials, index: index),
            visibleInProjects: isMaterials || !random.chance(percent: 2), created: created, lastModified: lastModified)
    }

    private mutating func status(of project: ProjectRecord, isMaterials: Bool, index: Int) -> String {
        switch project.status {
        case "Completed": return "Completed"
        case "Cancelled": return random.pick(["Cancelled", "Canceled"])
        case "Planned", "PendingApproval": return "Planned"
        default: break
        }
        if isMaterials { return index % 20 == 13 ? "Completed" : "Active" }
        switch random.below(100) {
        case ..<78: return "Active"
        case ..<88: return "Planned"
        case ..<96: return "Completed"
        case ..<98: return "Cancelled"
        default: return "Canceled"
        }
    }
}
