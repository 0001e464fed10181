import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct HourApprovalTests {
    enum Move: String, Sendable, CaseIterable { case approve, reject, edit, delete, hold, transfer, reverse }

    /// From each state, what may be done; all else is refused. Two-step approval, by two people.
    static let legal: [ApprovalState: [Move: ApprovalState?]] = [
        .registered: [.approve: .approvedStep1, .reject: .rejected, .edit: .registered, .delete: nil],
        .approvedStep1: [.approve: .approved, .reject: .rejected, .edit: .registered],
        .approved: [.reject: .rejected, .edit: .registered, .hold: .approved, .transfer: .transferred],
        .rejected: [.edit: .registered, .delete: nil],
        .transferred: [.reverse: .transferred],
    ]

    static let moves = ApprovalState.allCases.flatMap { state in Move.allCases.map { (state, $0) } }

    @Test(arguments: TestDatabaseKind.allCases, moves)
    func eachStateHasItsMoves(kind: TestDatabaseKind, tried: (state: ApprovalState, move: Move)) async throws {
        let (state, move) = tried
        try await withShore(kind) { shore in
            let entry = try await shore.run { transaction throws in
                try CompanySetting.set("hours.approvalSteps", "2", in: transaction)
                return try makeEntry(in: state, shore, transaction)
            }
            let isLegal = Self.legal[state]?.keys.contains(move) ?? false
            do {
                try await shore.run { try perform(move, on: entry, shore, $0) }
                #expect(isLegal, "\(state) took \(move)")
            } catch let error as ProresultError {
                #expect(!isLegal, "\(state) refused \(move): \(error)")
            }
            let after = try await shore.run { try HourEntry.find(entry.id, in: $0) }
            let expected = isLegal ? (Self.legal[state]?[move] ?? nil) : state
            #expect(after?.state == expected)
        }
    }

    private func makeEntry(
        in state: ApprovalState, _ shore: Shore, _ transaction: CompanyTransaction
    ) throws -> HourEntry {
        try shore.register(try shore.hours(), in: transaction)
        if state == .rejected { try shore.reject(in: transaction) }
        if [.approvedStep1, .approved, .transferred].contains(state) { try shore.approve(in: transaction) }
        if [.approved, .transferred].contains(state) { try shore.approve(by: shore.otherLeader, in: transaction) }
        if state == .transferred { try shore.transfer("h1", in: transaction) }
        let entry = try HourEntry.get(HourEntryID("h1"), in: transaction)
        #expect(entry.state == state)
        return entry
    }

    private func perform(
        _ move: Move, on entry: HourEntry, _ shore: Shore, _ transaction: CompanyTransaction
    ) throws {
        switch move {
        case .approve: try shore.approve(by: shore.otherLeader, in: transaction)
        case .reject: try shore.reject(in: transaction)
        case .edit: try shore.edit(try shore.hours(7), in: transaction)
        case .delete: try HourEntry.delete(entry.id, by: shore.leader, today: shore.today, in: transaction)
        case .hold: try HourEntry.hold([entry], run: "r1", in: transaction)
        case .transfer: try shore.transfer("h1", reference: "PRX-2", in: transaction)
        case .reverse:
            try HourEntry.reverse(
                entry.id, reversalID: HourEntryID("h9"), by: shore.leader, at: shore.now, in: transaction)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func twoStepsAreDoneByTwoPeople(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try CompanySetting.set("hours.approvalSteps", "2", in: transaction)
                try shore.register(try shore.hours(), in: transaction)
                #expect(throws: ProresultError.wrongStep(expected: 1)) { try shore.approve(step: 2, in: transaction) }
                #expect(try shore.approve(step: 1, in: transaction).state == .approvedStep1)
                #expect(throws: ProresultError.wrongStep(expected: 2)) {
                    try shore.approve(step: 1, by: shore.otherLeader, in: transaction)
                }
                #expect(throws: ProresultError.sameApprover(username: "leif")) {
                    try shore.approve(step: 2, in: transaction)
                }
                #expect(try shore.approve(step: 2, by: shore.otherLeader, in: transaction).state == .approved)
                let decisions = try Approval.of(HourEntryID("h1"), in: transaction)
                #expect(decisions.map(\.decidedBy) == ["leif", "lise"])
                #expect(decisions.map(\.step) == [1, 2])
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func oneStepIsEnoughUnlessTheCompanyWantsTwo(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(), in: transaction)
                #expect(try shore.approve(in: transaction).state == .approved)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRejectionNeedsAReason(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(), in: transaction)
                #expect(throws: ProresultError.required(.approval, field: "comment")) {
                    try shore.reject(comment: " ", in: transaction)
                }
                try shore.reject(comment: "Feil dag", in: transaction)
                #expect(try Approval.of(HourEntryID("h1"), in: transaction).map(\.comment) == ["Feil dag"])
                // Handing the same in again is how a worker disagrees.
                let again = try shore.edit(try shore.hours(), in: transaction)
                #expect(again.state == .registered)
                #expect(again.version == 2)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWeekIsMondayToSunday(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let wednesday = try #require(CalendarDate("2026-11-11"))
            try await shore.run { transaction throws in
                for (id, date) in [
                    ("h0", "2026-11-08"), ("h1", "2026-11-09"), ("h2", "2026-11-12"), ("h3", "2026-11-15"),
                    ("h4", "2026-11-16"),
                ] { try shore.register(try shore.hours(on: date), id: id, in: transaction) }
                try shore.reject("h2", in: transaction)
                let approved = try HourEntry.approveWeek(
                    of: shore.kari.id, containing: wednesday, by: shore.leader, at: shore.now,
                    randomness: shore.randomness, in: transaction)
                #expect(approved.map(\.id.text) == ["h1", "h3"])
                #expect(
                    try HourEntry.waitingForTransfer(in: transaction).map(\.state)
                        == [.registered, .approved, .rejected, .approved, .registered])
            }
        }
    }
}
