import Persistence
import Proresult

/// What can be chosen when lines are mended together: in two statements, however many lines there are.
public struct MendingChoices: Sendable {
    /// The ERP's open work types, by project.
    public var workTypes: [ProjectID: [ProjectWorkType]]
    /// The ERP's active employees; empty when it has never been read.
    public var employees: [ERPEmployee]
    public var workers: [WorkerID: Worker]

    public init(for lines: [BoardLine], in transaction: CompanyTransaction) throws {
        let projects = Array(Set(lines.map(\.projectID))).sorted { $0.text < $1.text }
        let open = try ProjectWorkType.find(projectIDs: projects, in: transaction).filter {
            $0.isOpen && $0.origin == .visma
        }
        workTypes = Dictionary(grouping: open, by: \.projectID)
        let ids = Array(Set(lines.map(\.workerID)))
        workers = Dictionary(try Worker.find(ids, in: transaction).map { ($0.id, $0) }) { first, _ in first }
        employees = try ERPFacts.stored(in: transaction)?.employees.filter(\.isActive) ?? []
    }
}
