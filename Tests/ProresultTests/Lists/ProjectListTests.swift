import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct ProjectListTests {
    /// Beside the shore's own project 10: a closed one, one that the ERP reopened, and a sub-project with a link.
    private func withProjects(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let customer = Customer(id: CustomerID("k1"), number: "500", name: "Øygard AS")
                try Customer.insert([customer], in: transaction)
                try Project.insert(
                    [
                        Project(id: ProjectID("p2"), number: "9", name: "Ås skole"),
                        Project(id: ProjectID("p3"), number: "100", name: "Kai", managerWorkerID: shore.kari.id),
                        Project(
                            id: ProjectID("p4"), number: "11", name: "Brygge nord", customerID: customer.id,
                            parentProjectID: shore.project.id, erpID: "e4", erpNumber: "11"),
                    ], in: transaction)
                try Project.close(ProjectID("p2"), by: .user, name: "Leif", at: shore.now, in: transaction)
                try Project.close(ProjectID("p3"), by: .user, name: "Leif", at: shore.now, in: transaction)
                try Project.reopen(ProjectID("p3"), by: .visma, name: "Visma", at: shore.now, in: transaction)
            }
            try await body(shore)
        }
    }

    private func numbers(_ list: ProjectList, _ shore: Shore) async throws -> [String] {
        try await shore.run { try list.page(in: $0).rows.map(\.project.number) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func closedProjectsAreShownOnlyWhenAskedFor(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            #expect(try await numbers(ProjectList(), shore) == ["10", "11", "100"])
            #expect(try await numbers(ProjectList(showsClosed: true), shore) == ["9", "10", "11", "100"])
            #expect(
                try await numbers(ProjectList(sort: .name, showsClosed: true), shore) == ["10", "11", "100", "9"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectsAreFoundByWordsManagerCustomerAndLink(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            #expect(try await numbers(ProjectList(search: "ÅS", showsClosed: true), shore) == ["9"])
            #expect(try await numbers(ProjectList(manager: shore.kari.id), shore) == ["100"])
            #expect(try await numbers(ProjectList(customer: CustomerID("k1")), shore) == ["11"])
            #expect(try await numbers(ProjectList(isLinked: true), shore) == ["11"])
            #expect(try await numbers(ProjectList(isLinked: false), shore) == ["10", "100"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRowTellsCustomerManagerParentOpenWorkTypesAndMarks(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore in
            let rows = try await shore.run { transaction throws in
                let inactive = WorkType(id: WorkTypeID("wt"), number: "1", name: "Rydding", inactiveAt: shore.now)
                try WorkType.insert([inactive], in: transaction)
                try ProjectWorkType.insert(
                    [
                        ProjectWorkType(
                            id: ProjectWorkTypeID("t2"), projectID: shore.project.id, origin: .visma,
                            vismaTaskID: "200", name: "Rigg", closedAt: shore.now),
                        ProjectWorkType(
                            id: ProjectWorkTypeID("t3"), projectID: shore.project.id, origin: .proresult,
                            workTypeID: inactive.id, name: "Rydding"),
                    ], in: transaction)
                return try ProjectList().page(in: transaction).rows
            }
            let own = try #require(rows.first)
            #expect(own.openWorkTypes == 1 && own.isUnlinked && !own.isReopenedByVisma)
            let sub = try #require(rows.first { $0.project.number == "11" })
            #expect(sub.customerName == "Øygard AS" && sub.customerNumber == "500")
            #expect(sub.parentNumber == "10" && sub.parentName == "Brygge" && !sub.isUnlinked)
            let reopened = try #require(rows.last)
            #expect(reopened.isReopenedByVisma && reopened.managerName == "Kari Nordmann")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aProjectsCardAddsUpItsHoursByStateAndItsWithdrawals(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore in
            let card = try await shore.run { transaction throws in
                for (id, hours) in [("h1", "7.25"), ("h2", "7.25"), ("h3", "0.1"), ("h4", "3")] {
                    try shore.register(try shore.hours(decimal(hours)), id: id, in: transaction)
                }
                try shore.approve("h3", in: transaction)
                try shore.reject("h4", in: transaction)
                var draft = shore.goods(3)
                draft.discountPercent = decimal("12.5")
                try shore.takeOut(draft, in: transaction)
                try shore.giveBack(1, in: transaction)
                return try ProjectCard(shore.project.id, in: transaction)
            }
            #expect(card.hours[.registered].total == decimal("14.5") && card.hours[.registered].entries == 2)
            #expect(card.hours[.approved].total == decimal("0.1"))
            #expect(card.hours.counted.total == decimal("14.6") && card.hours[.rejected].total == 3)
            // 3 × 20 less 12.5 % is 52.50, and one of them back 17.50.
            #expect(card.withdrawals.sales == 35 && card.withdrawals.cost == 24 && card.withdrawals.lines == 2)
            #expect(card.children.map(\.number) == ["11"])
            #expect(card.workTypes.map(\.name) == ["Graving"])
            await #expect(throws: ProresultError.notFound(.project, key: "nothing")) {
                try await shore.run { _ = try ProjectCard(ProjectID("nothing"), in: $0) }
            }
        }
    }
}
