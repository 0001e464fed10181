import Foundation
import Persistence

/// One project with all that its page shows. Five statements.
public struct ProjectCard: Sendable {
    public let row: ProjectList.Row
    /// Of both origins, closed ones too: the open first.
    public let workTypes: [ProjectWorkType]
    /// The sub-projects right below.
    public let children: [Project]
    public let hours: HourSums
    public let withdrawals: WithdrawalSum

    public var project: Project { row.project }

    /// Throws `ProresultError.notFound`.
    public init(_ id: ProjectID, in transaction: CompanyTransaction) throws {
        row = try ProjectList.row(id, in: transaction)
        let workTypes = try ProjectWorkType.find(projectIDs: [id], in: transaction)
        self.workTypes = workTypes.filter(\.isOpen) + workTypes.filter { !$0.isOpen }
        children = try Project.children(of: id, in: transaction)
        hours = try HourSums(
            try transaction.query(
                """
                SELECT \(raw: HourSum.columns("h")) FROM hour_entry h
                WHERE h.company_id = \(transaction.company) AND h.project_id = \(id)
                GROUP BY \(raw: HourSum.groups("h"))
                """))
        withdrawals = try WithdrawalSum(
            where: "w.company_id = \(transaction.company) AND w.project_id = \(id)", in: transaction)
    }
}
