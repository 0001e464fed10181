import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

/// What a worker can choose when hours are entered.
@Suite struct ChoiceTests {
    private func withProjects(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Project.insert(
                    [
                        Project(id: ProjectID("p2"), number: "9", name: "Ås skole", erpID: "e2", erpNumber: "9"),
                        Project(id: ProjectID("p3"), number: "100", name: "Kai"),
                        Project(
                            id: ProjectID("p4"), number: "11", name: "Ferdig", state: .closed, closedAt: shore.now,
                            closedBy: .user),
                    ], in: transaction)
                try WorkType.insert(
                    [
                        WorkType(id: WorkTypeID("w1"), number: "1", name: "Rydding"),
                        WorkType(id: WorkTypeID("w2"), number: "2", name: "Gammelt", inactiveAt: shore.now),
                    ], in: transaction)
                for project in ["p1", "p2"] {
                    try ProjectWorkType.insert(
                        ["w1", "w2"].map {
                            ProjectWorkType(
                                id: ProjectWorkTypeID(project + $0), projectID: ProjectID(project), origin: .proresult,
                                workTypeID: WorkTypeID($0), name: $0)
                        }, in: transaction)
                    try ProjectWorkType.insert(
                        [
                            ProjectWorkType(
                                id: ProjectWorkTypeID(project + "v"), projectID: ProjectID(project), origin: .visma,
                                vismaTaskID: "200", name: "Rigg"),
                            ProjectWorkType(
                                id: ProjectWorkTypeID(project + "c"), projectID: ProjectID(project), origin: .visma,
                                vismaTaskID: "300", name: "Ferdig", closedAt: shore.now),
                        ], in: transaction)
                }
            }
            try await body(shore)
        }
    }

    private func workTypes(_ project: String, _ shore: Shore) async throws -> [String] {
        try await shore.run {
            try ChoosableWorkType.all(on: ProjectID(project), for: shore.kari.id, in: $0).map(\.workType.id.text)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onAProjectOfTheERPOnlyItsOpenTasksCanBeChosen(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            #expect(try await workTypes("p2", shore) == ["p2v"])
            #expect(try await workTypes("p1", shore) == ["p1w1", "t1", "p1v"])
            #expect(try await workTypes("p4", shore) == [])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theWorkTypeUsedLastComesFirst(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(1, on: "2026-11-12"), id: "h1", in: transaction)
                var draft = try shore.hours(1, on: "2026-11-13")
                draft.projectWorkTypeID = ProjectWorkTypeID("p1v")
                try shore.register(draft, id: "h2", in: transaction)
            }
            #expect(try await workTypes("p1", shore) == ["p1v", "t1", "p1w1"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theWorkersOwnProjectsComeFirstTheLastUsedBeforeAll(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(1, on: "2026-11-12"), id: "h1", in: transaction)
                var draft = try shore.hours(1, on: "2026-11-13")
                (draft.projectID, draft.projectWorkTypeID) = (ProjectID("p2"), ProjectWorkTypeID("p2v"))
                try shore.register(draft, id: "h2", in: transaction)
            }
            for (search, numbers) in [
                ("", ["9", "10", "100"]), ("KAI", ["100"]), ("ferdig", []), ("1", ["10", "100"]),
            ] {
                let found = try await shore.run {
                    try ChoosableProject.all(for: shore.kari.id, search: search, today: shore.today, in: $0)
                }
                #expect(found.map(\.project.number) == numbers)
                #expect(found.map { $0.lastUsed != nil } == numbers.map { $0 != "100" })
            }
            let one = try await shore.run {
                try ChoosableProject.all(for: shore.kari.id, today: shore.today, limit: 1, in: $0)
            }
            #expect(one.map(\.project.number) == ["9"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aProjectThatGoodsWereTakenForLastComesFirst(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(1, on: "2026-11-13"), in: transaction)
                var draft = shore.goods(1)
                (draft.projectID, draft.date) = (ProjectID("p3"), try #require(CalendarDate("2026-11-14")))
                try shore.takeOut(draft, in: transaction)
            }
            let found = try await shore.run {
                try ChoosableProject.all(for: shore.kari.id, today: shore.today, in: $0)
            }
            #expect(found.map(\.project.number) == ["100", "10", "9"])
            #expect(found.map { $0.lastUsed?.description } == ["2026-11-14", "2026-11-13", nil])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theItemsThatAWorkerTookLastComeFirst(kind: TestDatabaseKind) async throws {
        try await withProjects(kind) { shore async throws in
            try await shore.run { transaction throws in
                let group = shore.group.id
                try Item.insert(
                    [
                        Item(id: ItemID("i2"), number: "S10", name: "Skrue", itemGroupID: group),
                        Item(id: ItemID("i3"), number: "S2", name: "Ørespiker", itemGroupID: group),
                        Item(
                            id: ItemID("i4"), number: "S3", name: "Gammel spiker", itemGroupID: group,
                            inactiveAt: shore.now),
                    ], in: transaction)
                var draft = shore.goods(1)
                draft.itemID = ItemID("i2")
                try shore.takeOut(draft, in: transaction)
            }
            for (search, numbers) in [
                ("", ["S10", "S1", "S2"]), ("SPIKER", ["S1", "S2"]), ("ø", ["S2"]), ("gammel", []),
            ] {
                let found = try await shore.run {
                    try ChoosableItem.all(for: shore.kari.id, search: search, today: shore.today, in: $0)
                }
                #expect(found.map(\.item.number) == numbers)
                #expect(found.map { $0.lastUsed != nil } == numbers.map { $0 == "S10" })
            }
        }
    }
}
