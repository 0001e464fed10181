import FarShore
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// Machines whose clocks are wrong share one token with those that are right.
struct WrongClockTests {
    private static let hour: Int64 = 3_600_000

    private func refused(_ firm: Firm) -> Int { firm.transport.exchanges.filter { $0.answer.status == 401 }.count }

    @Test(arguments: TestDatabaseKind.allCases, [3, -3])
    func aMachineHoursOffNeitherUsesADeadTokenNorRenewsALivingOne(kind: TestDatabaseKind, hours: Int64) async throws {
        try await withFirm(kind) { firm, database in
            let clock = firm.clock
            let wrong = WallClock { Timestamp(milliseconds: clock.now.milliseconds + hours * Self.hour) }
            let nodes = [
                try firm.connections(database), try firm.connections(database, seed: 2, clock: wrong),
            ]
            _ = try await firm.signIn(nodes[0])
            // The first answer tells each how late it is; the wrong one may renew once before that.
            for node in nodes { _ = try await node.connect(Firm.company, .items).items(.everything) }
            let settled = (tokens: firm.tokenCalls.count, refused: refused(firm))
            for _ in 0..<5 {
                clock.advance(by: .seconds(600))
                for node in nodes { _ = try await node.connect(Firm.company, .items).items(.everything) }
            }
            #expect(firm.tokenCalls.count == settled.tokens)
            for _ in 0..<12 {
                clock.advance(by: .seconds(600))
                for node in nodes.reversed() { _ = try await node.connect(Firm.company, .items).items(.everything) }
            }
            #expect(firm.tokenCalls.count <= settled.tokens + 3, "once an hour")
            #expect(refused(firm) == settled.refused, "no dead token was used")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [2, -2])
    func aJumpOfTheOwnClockCostsOneRenewalAtMost(kind: TestDatabaseKind, hours: Int64) async throws {
        try await withFirm(kind) { firm, database in
            let jump = TestClock(Timestamp(milliseconds: 0))
            let clock = firm.clock
            let jumping = WallClock { Timestamp(milliseconds: clock.now.milliseconds + jump.now.milliseconds) }
            let connections = try firm.connections(database, clock: jumping)
            _ = try await firm.signIn(connections)
            _ = try await connections.connect(Firm.company, .items)
            jump.set(Timestamp(milliseconds: hours * Self.hour))
            let before = firm.tokenCalls.count
            for _ in 0..<5 { _ = try await connections.connect(Firm.company, .items).items(.everything) }
            #expect(firm.tokenCalls.count <= before + 1)
        }
    }
}
