import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct ProjectTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aProjectClosesAndReopensOnceAndSaysByWhom(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let id = shore.project.id
                #expect(throws: ProresultError.projectNotClosed(number: "10")) {
                    try Project.reopen(id, by: .user, name: "Anna", at: shore.now, in: transaction)
                }
                try Project.close(id, by: .user, name: "Anna", at: shore.now, in: transaction)
                #expect(throws: ProresultError.projectClosed(number: "10")) {
                    try Project.close(id, by: .visma, name: "import", at: shore.now, in: transaction)
                }
                #expect(try Project.all(in: transaction).isEmpty)
                #expect(try Project.all(includingClosed: true, in: transaction).count == 1)
                let open = try Project.reopen(id, by: .visma, name: "import", at: shore.now, in: transaction)
                #expect(open.state == .active)
                #expect(open.closedBy == .user)
                #expect(open.reopenedBy == .visma)
                #expect(try Project.find(id, in: transaction) == open)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aProjectIsNeverUnderItself(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let child = try Project.create(
                    Project(id: ProjectID("p2"), number: "", name: "Del", parentProjectID: shore.project.id),
                    in: transaction)
                #expect(child.number == "11")
                #expect(try Project.children(of: shore.project.id, in: transaction) == [child])
                for parent in [shore.project.id, child.id] {
                    var circle = shore.project
                    circle.parentProjectID = parent
                    #expect(throws: ProresultError.projectUnderItself(number: "10")) {
                        try Project.update(circle, in: transaction)
                    }
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNumberMayChangeWhileTheNewOneIsFree(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Project.create(Project(id: ProjectID("p2"), number: "20", name: "Vei"), in: transaction)
                var project = shore.project
                project.number = "20"
                #expect(throws: ProresultError.taken(.project, field: "number", value: "20", holder: "Vei")) {
                    try Project.update(project, in: transaction)
                }
                project.number = "21"
                // An update is no way around closing.
                project.state = .closed
                #expect(try Project.update(project, in: transaction).state == .active)
                #expect(try Project.find(number: "21", in: transaction)?.id == project.id)
                project.customerID = CustomerID("none")
                #expect(throws: ProresultError.notFound(.customer, key: "none")) {
                    try Project.update(project, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func newHoursGoOnOpenWorkTypesOfActiveProjects(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let own = try WorkType.create(
                    WorkType(id: WorkTypeID("wt"), number: "", name: "Rigging"), in: transaction)
                let added = try ProjectWorkType.add(
                    own.id, to: shore.project.id, id: ProjectWorkTypeID("t2"), in: transaction)
                let again = try ProjectWorkType.add(
                    own.id, to: shore.project.id, id: ProjectWorkTypeID("t3"), in: transaction)
                #expect(again.id == added.id)
                func available() throws -> Set<String> {
                    Set(
                        try ProjectWorkType.availableForHours(on: shore.project.id, in: transaction).map(\.id.text))
                }
                #expect(try available() == ["t1", "t2"])
                try ProjectWorkType.close(shore.workType.id, at: shore.now, in: transaction)
                #expect(try available() == ["t2"])
                try WorkType.deactivate(own.id, at: shore.now, in: transaction)
                #expect(try available().isEmpty)
                #expect(throws: ProresultError.inactive(.workType, name: "Rigging")) {
                    try ProjectWorkType.add(
                        own.id, to: shore.project.id, id: ProjectWorkTypeID("t4"), in: transaction)
                }
                try ProjectWorkType.reopen(shore.workType.id, in: transaction)
                try Project.close(shore.project.id, by: .user, name: "Anna", at: shore.now, in: transaction)
                #expect(try available().isEmpty)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func groupsAreMadeOnceAndTwoLevelsDeep(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                func ensure(_ path: String...) throws -> ItemGroup {
                    try ItemGroup.ensure(path: path, randomness: shore.randomness, in: transaction)
                }
                let group = try ensure("Visma", "NonStockItem")
                #expect(try ensure("Visma", "NonStockItem") == group)
                #expect(try ensure("Visma").id == group.parentID)
                // The same name under another main group is another group.
                #expect(try ensure("Varer", "NonStockItem") != group)
                #expect(throws: ProresultError.itemGroupTooDeep(name: "a / b / c")) { try ensure("a", "b", "c") }
                #expect(try ItemGroup.all(in: transaction).count == 4)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMovedItemSaysThatAUserMovedIt(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let group = try ItemGroup.ensure(path: ["Stål"], randomness: shore.randomness, in: transaction)
                let moved = try Item.move(shore.item.id, to: group.id, at: shore.now, in: transaction)
                #expect(moved.movedByUserAt == shore.now)
                // The stale copy of the group does not come back with an edit.
                var edited = shore.item
                edited.salesPrice = 25
                #expect(try Item.update(edited, in: transaction).itemGroupID == group.id)
                edited.salesPrice = -1
                #expect(throws: ProresultError.negative(.item, field: "salesPrice")) {
                    try Item.update(edited, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func importsFindRecordsByLinkOrNumber(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Customer.insert(
                    (1...4).map { Customer(id: CustomerID("k\($0)"), number: "\($0)", name: "n", erpID: "e\($0)") },
                    in: transaction)
                #expect(
                    try Customer.find(erpIDs: ["e1"], numbers: ["2", "9"], in: transaction).map(\.id.text)
                        == ["k1", "k2"])
                #expect(try Customer.find(erpIDs: [], numbers: [], in: transaction).isEmpty)
                #expect(throws: ProresultError.taken(.customer, field: "number", value: "1", holder: "n")) {
                    try Customer.create(Customer(id: CustomerID("x"), number: "1", name: "x"), in: transaction)
                }
            }
        }
    }
}
