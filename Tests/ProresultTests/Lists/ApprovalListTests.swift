import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct ApprovalListTests {
    /// Two-step approval: one entry of last week, and three of this, of which `leif` has approved one.
    private func withWaiting(
        _ kind: TestDatabaseKind, steps: String = "2", _ body: (Shore) async throws -> Void
    ) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try CompanySetting.set("hours.approvalSteps", steps, in: transaction)
                try shore.register(try shore.hours(4, on: "2026-11-13"), id: "h0", in: transaction)
                for id in ["h1", "h2", "h3"] {
                    try shore.register(try shore.hours(decimal("2.5")), id: id, in: transaction)
                }
                try shore.approve("h1", by: shore.leader, in: transaction)
                try shore.reject("h3", in: transaction)
            }
            try await body(shore)
        }
    }

    private func list(_ actor: Actor, _ week: String? = nil, _ shore: Shore) async throws -> ApprovalList {
        try await shore.run { try ApprovalList(for: actor, week: week.flatMap { ISOWeek($0) }, in: $0) }
    }

    private func entries(_ actor: Actor, _ week: String, _ shore: Shore) async throws -> [String] {
        let week = try #require(ISOWeek(week))
        return try await shore.run {
            try ApprovalList.entries(for: actor, week: week, in: $0).map(\.entry.id.text).sorted()
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func stepTwoDoesNotWaitForTheOneWhoDidStepOne(kind: TestDatabaseKind) async throws {
        try await withWaiting(kind) { shore async throws in
            let first = try await list(shore.leader, "2026-W47", shore)
            #expect(first.weeks.map(\.entries) == [1, 1] && first.entries == 2)
            #expect(first.rows.map { $0.hours[.registered].entries } == [1])
            #expect(first.rows.map { $0.hours[.approvedStep1].entries } == [0])
            let second = try await list(shore.otherLeader, "2026-W47", shore)
            #expect(second.weeks.map(\.entries) == [1, 2])
            #expect(second.rows.map { $0.hours.awaitingApproval.total } == [5])
            #expect(try await entries(shore.leader, "2026-W47", shore) == ["h2"])
            #expect(try await entries(shore.otherLeader, "2026-W47", shore) == ["h1", "h2"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anApprovalOfAnOlderVersionDoesNotCount(kind: TestDatabaseKind) async throws {
        try await withWaiting(kind) { shore async throws in
            try await shore.run { transaction throws in
                try shore.edit(try shore.hours(3), id: "h1", in: transaction)
                try shore.approve("h1", by: shore.otherLeader, in: transaction)
            }
            #expect(try await entries(shore.leader, "2026-W47", shore) == ["h1", "h2"])
            #expect(try await entries(shore.otherLeader, "2026-W47", shore) == ["h2"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theOldestWeekIsShownFirst(kind: TestDatabaseKind) async throws {
        try await withWaiting(kind) { shore async throws in
            let oldest = try await list(shore.leader, nil, shore)
            #expect(oldest.week?.description == "2026-W46" && oldest.rows.map(\.workerName) == ["Kari Nordmann"])
            let empty = try await list(shore.leader, "2026-W40", shore)
            #expect(empty.rows.isEmpty && empty.weeks.count == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingWaitsForAWorker(kind: TestDatabaseKind) async throws {
        try await withWaiting(kind) { shore async throws in
            let none = try await list(shore.worker, nil, shore)
            #expect(none.weeks.isEmpty && none.rows.isEmpty && none.week == nil)
            #expect(try await entries(shore.worker, "2026-W47", shore) == [])
        }
    }

    /// What the list shows is what the button does.
    @Test(arguments: TestDatabaseKind.allCases, ["1", "2"])
    func whatIsListedIsWhatAWholeWeeksApprovalApproves(kind: TestDatabaseKind, steps: String) async throws {
        try await withWaiting(kind, steps: steps) { shore async throws in
            for actor in [shore.leader, shore.otherLeader] {
                let listed = try await entries(actor, "2026-W47", shore)
                let approved = try await shore.run { transaction throws in
                    try HourEntry.approveWeek(
                        of: shore.kari.id, containing: shore.today, by: actor, at: shore.now,
                        randomness: shore.randomness, in: transaction
                    ).map(\.id.text).sorted()
                }
                #expect(listed == approved)
            }
        }
    }
}
