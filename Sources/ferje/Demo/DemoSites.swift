import Persistence
import Proresult
import Sync
import VismaNetSandbox

/// A project with the work types that hours may be registered on.
struct DemoSite: Sendable {
    var project: Project
    var workTypes: [ProjectWorkType]

    var number: String { project.erpNumber ?? project.number }
    var tasks: [ProjectWorkType] { workTypes.filter { $0.vismaTaskID != DemoContractor.materialsTaskID } }
    var hasMaterials: Bool { workTypes.contains { $0.vismaTaskID == DemoContractor.materialsTaskID } }
}

/// Where the demonstration's people work: ordinary projects, and one for each thing that can stand in the way.
struct DemoSites: Sendable {
    static let ordinaryCount = 11

    var ordinary: [DemoSite] = []
    /// On hold in Visma.
    var suspended: DemoSite?
    /// Visma takes lines from some employees only, and these are they.
    var restricted: DemoSite?
    var admitted: Set<String> = []
    /// Without the task for materials.
    var withoutMaterials: DemoSite?
    /// Closed in Visma while the hours wait.
    var closing: DemoSite?
    /// One of its tasks is closed in Visma while the hours wait.
    var losingTask: DemoSite?

    /// Chooses among the imported projects.
    /// `restrictions` tells which employees Visma takes on a project that does not take all.
    init(restrictions: [String: [String]], numbers: SeededNumbers, in transaction: CompanyTransaction) throws {
        var numbers = numbers
        let projects = try Project.all(in: transaction).filter { $0.erpNumber != nil && $0.kind == .ordinary }
        let workTypes = Dictionary(
            grouping: try ProjectWorkType.find(projectIDs: projects.map(\.id), in: transaction).filter(\.isOpen),
            by: \.projectID)
        var sites = projects.map { DemoSite(project: $0, workTypes: workTypes[$0.id] ?? []) }
            .filter { !$0.tasks.isEmpty }
        func take(_ fits: (DemoSite) -> Bool) -> DemoSite? {
            sites.firstIndex(where: fits).map { sites.remove(at: $0) }
        }
        suspended = take { $0.project.erpState == .suspended }
        restricted = take { restrictions[$0.number] != nil }
        admitted = Set(restricted.flatMap { restrictions[$0.number] } ?? [])
        sites.removeAll { $0.project.erpState != .active || restrictions[$0.number] != nil }
        withoutMaterials = take { !$0.hasMaterials }
        sites.removeAll { !$0.hasMaterials }
        closing = take { $0.tasks.count > 1 }
        losingTask = take { $0.tasks.count > 1 }
        sites.shuffle(using: &numbers)
        ordinary = Array(sites.prefix(Self.ordinaryCount))
    }
}
