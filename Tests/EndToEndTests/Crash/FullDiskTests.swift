import Foundation
import TestSupport
import Testing

/// The disk takes no more: the program says so and ends, nothing goes out without a record, and with room again it goes on.
@Suite struct FullDiskTests {
    @Test func nothingIsSentWithoutARecordAndWithRoomItGoesOn() async throws {
        try await CrashWorld.with(.sqlite) { world in
            // Beginning with room for nothing, ending with room for nearly all.
            let limits = (0..<max(6, CrashWorld.cycles / 4)).map { 1 + $0 * 24 }
            var failures = 0
            for kibibytes in limits {
                let file = try world.nextFile()
                for command in [["company", "import", file], ["run", "hours", "--json"]] {
                    let outcome = try await world.program.start(command, largestFile: kibibytes).outcome()
                    // Never a signal, never a trap.
                    #expect([0, 1, 3, 4, 5, 6].contains(outcome.status), "\(outcome.output)\(outcome.errors)")
                    if outcome.status != 0 { failures += 1 }
                }
                try await world.program.succeed("company", "import", file)
            }
            #expect(failures > 0, "the limit was felt")
            try await world.settle()
            try await world.expectEveryLineOnce()
            try await world.expectNoPostWithoutRecord()
        }
    }

    @Test func aDatabaseThatCannotBeWrittenSendsNothing() async throws {
        try await CrashWorld.with(.sqlite) { world in
            let before = try await world.sandbox.documents().count
            let outcome = try await world.program.start(["run", "hours", "--json"], largestFile: 0).outcome()
            #expect([4, 5].contains(outcome.status), "\(outcome.output)\(outcome.errors)")
            #expect(try await world.sandbox.documents().count == before)
            try await world.settle()
            try await world.expectEveryLineOnce()
        }
    }
}
