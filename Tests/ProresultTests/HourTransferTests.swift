import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct HourTransferTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func markingIsRepeatableAndOnlyForApproved(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try shore.register(try shore.hours(), id: "h1", in: transaction)
                try shore.register(try shore.hours(), id: "h2", in: transaction)
                try shore.approve("h1", in: transaction)
                #expect(throws: ProresultError.notApproved) { try shore.transfer("h1", "h2", in: transaction) }
                #expect(try HourEntry.get(HourEntryID("h1"), in: transaction).state == .approved)
                try shore.transfer("h1", in: transaction)
                let marked = try HourEntry.get(HourEntryID("h1"), in: transaction)
                #expect(marked.transferredReference == "PRX-1")
                try shore.transfer("h1", in: transaction)
                #expect(try HourEntry.get(HourEntryID("h1"), in: transaction) == marked)
                #expect(throws: ProresultError.transferredElsewhere(.hourEntry, reference: "PRX-1")) {
                    try shore.transfer("h1", reference: "PRX-2", in: transaction)
                }
                #expect(throws: ProresultError.vanished(.hourEntry)) { try shore.transfer("h1", "h9", in: transaction) }
                #expect(try HourEntry.waitingForTransfer(in: transaction).map(\.id.text) == ["h2"])
                #expect(throws: ProresultError.locked(.hourEntry)) {
                    try shore.edit(try shore.hours(7), in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsOnItsWayDoesNotChange(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let approved = try await shore.run { transaction throws in
                try shore.register(try shore.hours(), in: transaction)
                let approved = try shore.approve(in: transaction)
                try HourEntry.hold([approved], run: "r1", in: transaction)
                try HourEntry.hold([approved], run: "r1", in: transaction)
                #expect(throws: ProresultError.beingTransferred(.hourEntry)) {
                    try shore.edit(try shore.hours(7), in: transaction)
                }
                #expect(throws: ProresultError.beingTransferred(.hourEntry)) { try shore.reject(in: transaction) }
                return approved
            }
            await #expect(throws: ProresultError.vanished(.hourEntry)) {
                try await shore.run { try HourEntry.hold([approved], run: "r2", in: $0) }
            }
            try await shore.run { transaction throws in
                try HourEntry.release([approved.id], in: transaction)
                #expect(try shore.edit(try shore.hours(7), in: transaction).version == 2)
                try shore.approve(in: transaction)
            }
            // The version that was read is not the one that stands there now.
            await #expect(throws: ProresultError.vanished(.hourEntry)) {
                try await shore.run { try HourEntry.hold([approved], run: "r2", in: $0) }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func waitingHoursComeByDate(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                for (id, date) in [("b", "2026-11-16"), ("c", "2026-11-02"), ("a", "2026-11-16")] {
                    try shore.register(try shore.hours(on: date), id: id, in: transaction)
                }
                #expect(try HourEntry.waitingForTransfer(in: transaction).map(\.id.text) == ["c", "a", "b"])
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func transferredHoursAreReversedOnceAndThenCorrected(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var draft = try shore.hours(10)
                (draft.overtime50, draft.billableHours) = (2, 9)
                let entry = try shore.register(draft, in: transaction)
                func reverse(by actor: Actor, id: String = "h2") throws -> HourEntry {
                    try HourEntry.reverse(
                        entry.id, reversalID: HourEntryID(id), by: actor, at: shore.now, in: transaction)
                }
                func correct(_ hours: Decimal, id: String = "h3") throws -> HourEntry {
                    try HourEntry.correct(
                        entry.id, with: try shore.hours(hours), correctionID: HourEntryID(id), by: shore.leader,
                        today: shore.today, at: shore.now, in: transaction)
                }
                #expect(throws: ProresultError.notTransferred) { try reverse(by: shore.leader) }
                try shore.approve(in: transaction)
                try shore.transfer("h1", in: transaction)
                #expect(throws: ProresultError.notReversed) { try correct(9) }
                #expect(throws: ProresultError.notAllowed(.hourEntry, username: "kari")) {
                    try reverse(by: shore.worker)
                }

                let reversal = try reverse(by: shore.leader)
                #expect(
                    [reversal.total, reversal.overtime50, reversal.overtime100, reversal.billableHours]
                        == [-10, -2, 0, -9])
                #expect(reversal.state == .registered)
                #expect(reversal.reversesEntryID == entry.id)
                #expect(throws: ProresultError.alreadyReversed) { try reverse(by: shore.leader, id: "h9") }
                #expect(throws: ProresultError.reversalIsFixed) {
                    try shore.edit(try shore.hours(7), id: "h2", in: transaction)
                }

                // The day holds 24 hours again, since the reversal counts.
                let correction = try correct(24)
                #expect(correction.correctsEntryID == entry.id)
                #expect(throws: ProresultError.hasCorrection) { try correct(1, id: "h9") }
                #expect(throws: ProresultError.hasCorrection) {
                    try HourEntry.delete(reversal.id, by: shore.leader, today: shore.today, in: transaction)
                }
                try shore.approve("h2", in: transaction)
                try shore.transfer("h2", reference: "PRX-2", in: transaction)
                #expect(throws: ProresultError.reversalIsFixed) {
                    try HourEntry.reverse(
                        reversal.id, reversalID: HourEntryID("h9"), by: shore.leader, at: shore.now, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [1, 2])
    func transferredHoursArePutRightInOneGo(kind: TestDatabaseKind, steps: Int) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let entry = try shore.register(try shore.hours(24), in: transaction)
                func putRight(_ hours: Decimal, by actor: Actor) throws -> HourEntry {
                    try HourEntry.putRight(
                        entry.id, with: try shore.hours(hours), by: actor, today: shore.today, at: shore.now,
                        randomness: shore.randomness, in: transaction)
                }
                try shore.approve(in: transaction)
                #expect(throws: ProresultError.notTransferred) { try putRight(20, by: shore.leader) }
                try shore.transfer("h1", in: transaction)
                try CompanySetting.set("hours.approvalSteps", "\(steps)", in: transaction)
                #expect(throws: ProresultError.notAllowed(.hourEntry, username: "kari")) {
                    try putRight(20, by: shore.worker)
                }
                let correction = try putRight(20, by: shore.leader)
                let reversal = try #require(try HourEntry.reversal(of: entry.id, in: transaction))
                #expect([correction.total, reversal.total] == [20, -24])
                let expected: ApprovalState = steps == 1 ? .approved : .approvedStep1
                #expect([correction.state, reversal.state] == [expected, expected])
                #expect(correction.correctsEntryID == entry.id && reversal.reversesEntryID == entry.id)
                #expect(throws: ProresultError.hasCorrection) { try putRight(19, by: shore.leader) }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursTakenBackCanStillBePutRight(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let entry = try shore.register(try shore.hours(8), in: transaction)
                try shore.approve(in: transaction)
                try shore.transfer("h1", in: transaction)
                let reversal = try HourEntry.takeBack(
                    entry.id, by: shore.leader, at: shore.now, randomness: shore.randomness, in: transaction)
                #expect(reversal.total == -8 && reversal.state == .approved)
                #expect(throws: ProresultError.alreadyReversed) {
                    try HourEntry.takeBack(
                        entry.id, by: shore.leader, at: shore.now, randomness: shore.randomness, in: transaction)
                }
                let correction = try HourEntry.putRight(
                    entry.id, with: try shore.hours(7), by: shore.leader, today: shore.today, at: shore.now,
                    randomness: shore.randomness, in: transaction)
                #expect(correction.total == 7 && correction.state == .approved)
                let all = try HourEntry.of(shore.kari.id, from: shore.today, to: shore.today, in: transaction)
                #expect(all.count == 3)
            }
        }
    }
}
