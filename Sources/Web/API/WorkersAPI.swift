import Foundation
import Persistence
import Proresult

enum WorkersAPI {
    static let worker = Resource<WorkerList.Row>(
        "Worker",
        [
            .init("id") { $0.worker.id },
            .init("employeeNumber", "What hours and withdrawals name the worker by.") { $0.worker.employeeNumber },
            .init("name") { $0.worker.name },
            .init("username") { $0.worker.username },
            .init("email") { $0.worker.email },
            .init("phone") { $0.worker.phone },
            .init("role") { $0.worker.role },
            .init("active") { $0.worker.isActive },
            .init("vismaEmployeeNumber", "Null: nothing of this worker can be sent.") { $0.worker.vismaEmployeeNumber },
            .init("hourlyWage", "Valid today. Only for administrator and bookkeeper.", tellsRate: true) {
                $0.hourlyWage
            },
        ])

    static let routes: [APIRoute] = [
        .get(
            "/workers", "Workers, by name",
            query: [QueryFields.search, Shape.Member("inactive", .truth, "true: those who have left too.")]
                + QueryFields.paging, [.ok(worker.pageShape)]
        ) { call in
            let list = WorkerList(search: call.query.text("search") ?? "", showsInactive: call.query.truth("inactive"))
            let today = try call.visit.today
            return try call.answer(
                try await call.visit.read { try list.page(call.query.page, today: today, in: $0) }, worker)
        },
        .get("/workers/{id}", "One worker", [.ok(worker.shape), .notFound]) { call in
            let (id, today): (WorkerID, CalendarDate) = (try call.visit.id(), try call.visit.today)
            return try call.answer(
                try await call.visit.read { try WorkerList.row(id, today: today, in: $0) }, worker)
        },
    ]
}
