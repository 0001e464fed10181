import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct HourRuleTests {
    /// Such hours never get to Visma: a person is told at once, and a file, which says what was, is held with a reason.
    @Test(arguments: TestDatabaseKind.allCases)
    func aPersonChoosesATaskOnAProjectFromVisma(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try WorkType.create(
                    WorkType(id: WorkTypeID("w1"), number: "1", name: "Rydding"), in: transaction)
                try ProjectWorkType.add(
                    WorkTypeID("w1"), to: shore.project.id, id: ProjectWorkTypeID("own"), in: transaction)
                var draft = try shore.hours()
                draft.projectWorkTypeID = ProjectWorkTypeID("own")
                let own = draft
                let before = try shore.register(own, id: "h1", in: transaction)
                var project = shore.project
                (project.erpID, project.erpNumber) = ("e1", "10")
                try Project.update([project], in: transaction)

                let refused = ProresultError.workTypeNotFromVisma(name: "Rydding")
                for actor in [shore.worker, shore.leader, shore.admin] {
                    #expect(throws: refused) { try shore.register(own, id: "h2", by: actor, in: transaction) }
                }
                let task = try shore.register(try shore.hours(4), id: "h2", in: transaction)
                #expect(throws: refused) { try shore.edit(own, id: task.id.text, in: transaction) }
                // What stood there before Visma had the project keeps its work type through an edit of something else.
                draft.comment = "grøft"
                #expect(try shore.edit(draft, id: before.id.text, in: transaction).comment == "grøft")
                draft.date = try #require(CalendarDate("2026-11-13"))
                let delivered = try HourEntry.register(
                    draft, id: HourEntryID("h3"), from: .delivery, by: shore.admin, today: shore.today, at: shore.now,
                    in: transaction)
                #expect(delivered.projectWorkTypeID == ProjectWorkTypeID("own"))
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDayHas24HoursInAllEntries(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(16), id: "h1", in: transaction)
                try shore.register(try shore.hours(8), id: "h2", in: transaction)
                #expect(
                    throws: ProresultError.moreThan24HoursOnDay(date: shore.today, total: decimal("24.25"))
                ) { try shore.register(try shore.hours(decimal("0.25")), id: "h3", in: transaction) }
                // An entry does not count against itself, a rejected one not at all, another day neither.
                try shore.edit(try shore.hours(7), id: "h2", in: transaction)
                try shore.reject("h1", in: transaction)
                try shore.register(try shore.hours(16), id: "h3", in: transaction)
                try shore.register(try shore.hours(24, on: "2026-11-15"), id: "h4", in: transaction)
                #expect(throws: ProresultError.self) { try shore.edit(try shore.hours(16), id: "h1", in: transaction) }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func twoEntriesAtOnceBothCount(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.openTwoConnections(kind)
            let days = try (1...9).map { try shore.hours(24, on: "2026-11-0\($0)") }
            let done = await withTaskGroup(of: Bool.self) { group in
                for draft in days {
                    for id in ["\(draft.date)-a", "\(draft.date)-b"] {
                        group.addTask { (try? await shore.run { try shore.register(draft, id: id, in: $0) }) != nil }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == days.count)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingNewOnWhatIsClosed(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let entry = try shore.register(try shore.hours(), in: transaction)
                let draft = try shore.hours(on: "2026-11-15")
                try ProjectWorkType.close(shore.workType.id, at: shore.now, in: transaction)
                #expect(throws: ProresultError.workTypeClosed(name: "Graving")) {
                    try shore.register(draft, id: "h2", in: transaction)
                }
                try Project.close(shore.project.id, by: .visma, name: "import", at: shore.now, in: transaction)
                #expect(throws: ProresultError.projectClosed(number: "10")) {
                    try shore.register(draft, id: "h2", in: transaction)
                }
                try Worker.deactivate(shore.kari.id, at: shore.now, in: transaction)
                #expect(throws: ProresultError.inactive(.worker, name: "Kari Nordmann")) {
                    try shore.register(draft, id: "h2", in: transaction)
                }
                // What stands there already may still be put right.
                var change = HourEntryDraft(entry)
                (change.total, change.billableHours) = (6, 6)
                #expect(try shore.edit(change, in: transaction).total == 6)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkTypeOfAnotherProjectIsRefused(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let other = try Project.create(
                    Project(id: ProjectID("p2"), number: "20", name: "Vei"), in: transaction)
                var draft = try shore.hours()
                draft.projectID = other.id
                #expect(throws: ProresultError.workTypeOfOtherProject(name: "Graving")) {
                    try shore.register(draft, in: transaction)
                }
            }
        }
    }

    static let dates: [(String, String?, String?)] = [
        ("2026-11-17", nil, nil), ("2026-11-18", nil, "future"), ("2020-01-01", nil, nil), ("2026-11-09", "7", nil),
        ("2026-11-08", "7", "old"),
    ]

    @Test(arguments: TestDatabaseKind.allCases, dates)
    func datesHaveTheirLimits(
        kind: TestDatabaseKind, of entry: (date: String, daysBack: String?, refusal: String?)
    ) async throws {
        let (date, daysBack, refusal) = entry
        try await withShore(kind) { shore in
            let day = try #require(CalendarDate(date))
            try await shore.run { transaction throws in
                try CompanySetting.set("hours.maxDaysBack", daysBack ?? "", in: transaction)
                let draft = try shore.hours(on: date)
                switch refusal {
                case "future":
                    #expect(throws: ProresultError.dateInFuture(.hourEntry, day)) {
                        try shore.register(draft, by: shore.worker, in: transaction)
                    }
                case "old":
                    #expect(throws: ProresultError.dateTooOld(day, daysBack: 7)) {
                        try shore.register(draft, by: shore.worker, in: transaction)
                    }
                    // A leader may.
                    try shore.register(draft, in: transaction)
                    #expect(throws: ProresultError.dateTooOld(day, daysBack: 7)) {
                        try shore.edit(try shore.hours(7), by: shore.worker, in: transaction)
                    }
                default: try shore.register(draft, by: shore.worker, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkerRegistersOnlyForOneself(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let other = Actor(username: "ola", role: .worker)
            try await shore.run { transaction throws in
                #expect(throws: ProresultError.notAllowed(.hourEntry, username: "ola")) {
                    try shore.register(try shore.hours(), by: other, in: transaction)
                }
                try shore.register(try shore.hours(), by: shore.worker, in: transaction)
                #expect(throws: ProresultError.notAllowed(.hourEntry, username: "ola")) {
                    try shore.edit(try shore.hours(7), by: other, in: transaction)
                }
                #expect(throws: ProresultError.notAllowed(.hourEntry, username: "ola")) {
                    try HourEntry.delete(HourEntryID("h1"), by: other, today: shore.today, in: transaction)
                }
                #expect(throws: ProresultError.notAllowed(.approval, username: "kari")) {
                    try shore.approve(by: shore.worker, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anEditDropsTheApprovalAndCountsTheVersion(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let entry = try shore.register(try shore.hours(), in: transaction)
                let approved = try shore.approve(in: transaction)
                // Saving without a change is not a change.
                #expect(try shore.edit(HourEntryDraft(approved), in: transaction) == approved)
                let edited = try shore.edit(try shore.hours(7), in: transaction)
                #expect(edited.state == .registered)
                #expect(edited.version == entry.version + 1)
                #expect(try HourEntry.find(entry.id, in: transaction) == edited)
                #expect(try Approval.of(entry.id, in: transaction).map(\.entryVersion) == [1])
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyWhatIsNotApprovedCanBeDeleted(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                func delete() throws {
                    try HourEntry.delete(HourEntryID("h1"), by: shore.leader, today: shore.today, in: transaction)
                }
                try shore.register(try shore.hours(), in: transaction)
                try shore.approve(in: transaction)
                #expect(throws: ProresultError.deleteOfApproved) { try delete() }
                try shore.reject(in: transaction)
                try delete()
                #expect(try HourEntry.find(HourEntryID("h1"), in: transaction) == nil)
                try shore.register(try shore.hours(), in: transaction)
                try shore.approve(in: transaction)
                try shore.transfer("h1", in: transaction)
                #expect(throws: ProresultError.locked(.hourEntry)) { try delete() }
            }
        }
    }
}
