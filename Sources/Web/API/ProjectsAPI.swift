import Foundation
import Persistence
import Proresult

enum ProjectsAPI {
    static let project = Resource<ProjectList.Row>(
        "Project",
        [
            .init("id") { $0.project.id },
            .init("number", "What hours and withdrawals name the project by.") { $0.project.number },
            .init("name") { $0.project.name },
            .init("address") { $0.project.address },
            .init("postalCode") { $0.project.postalCode },
            .init("city") { $0.project.city },
            .init("startDate") { $0.project.startDate },
            .init("customerNumber") { $0.customerNumber },
            .init("customerName") { $0.customerName },
            .init("manager", "The project manager's name.") { $0.managerName },
            .init("parentNumber") { $0.parentNumber },
            .init("kind", "Hours on absence are never sent on.") { $0.project.kind },
            .init("billingMode") { $0.project.billingMode },
            .init("state", "On a closed project nothing new can be registered.") { $0.project.state },
            .init("fromVisma", "Hours of a project that did not come from Visma are never sent.") { !$0.isUnlinked },
        ])

    static let workType = Resource<ProjectWorkType>(
        "ProjectWorkType",
        [
            .init("id") { $0.id },
            .init("name") { $0.name },
            .init("origin", "Only hours on a work type from Visma are sent.") { $0.origin },
            .init("task", "The task's number in Visma; what hours name it by.") { $0.vismaTaskID },
            .init("open", "Whether new hours may be registered on it.") { $0.isOpen },
        ])

    static let companyWorkType = Resource<WorkType>(
        "WorkType",
        [
            .init("id") { $0.id },
            .init("number", "What hours name it by, on projects that have it.") { $0.number },
            .init("name") { $0.name },
            .init("active") { $0.isActive },
        ])

    static let routes: [APIRoute] = [
        .get(
            "/projects", "Projects, by number",
            query: [QueryFields.search, Shape.Member("closed", .truth, "true: closed ones too.")] + QueryFields.paging,
            [.ok(project.pageShape)]
        ) { call in
            let list = ProjectList(search: call.query.text("search") ?? "", showsClosed: call.query.truth("closed"))
            return try call.answer(try await call.visit.read { try list.page(call.query.page, in: $0) }, project)
        },
        .get("/projects/{id}", "One project", [.ok(project.shape), .notFound]) { call in
            let id: ProjectID = try call.visit.id()
            return try call.answer(try await call.visit.read { try ProjectList.row(id, in: $0) }, project)
        },
        .get(
            "/projects/{id}/work-types", "The work types of a project, closed ones too",
            [.ok(.object(name: "ProjectWorkTypes", [.needed("items", .list(workType.shape))])), .notFound]
        ) { call in
            let id: ProjectID = try call.visit.id()
            let found = try await call.visit.read { transaction in
                try ProjectWorkType.find(projectIDs: [Project.get(id, in: transaction).id], in: transaction)
            }
            return try .json(["items": .list(found.map { workType.value($0, seesRates: false) })] as JSONValue)
        },
        .get(
            "/work-types", "The company's own work types, inactive ones too",
            [.ok(.object(name: "WorkTypes", [.needed("items", .list(companyWorkType.shape))]))]
        ) { call in
            let found = try await call.visit.read { try WorkType.all(in: $0) }
            return try .json(["items": .list(found.map { companyWorkType.value($0, seesRates: false) })] as JSONValue)
        },
    ]
}
