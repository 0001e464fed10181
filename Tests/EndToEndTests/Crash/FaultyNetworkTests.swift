import Foundation
import TestSupport
import Testing

/// The network between the program and Visma resets, cuts, delays and throttles: Visma has every line once.
@Suite struct FaultyNetworkTests {
    @Test func whateverTheNetworkDoesEveryLineArrivesOnce() async throws {
        try await CrashWorld.with(.sqlite) { world in
            let target = try #require(URL(string: world.sandbox.address)?.port)
            let network = try await FaultyNetwork.start(target: target)
            let address = "http://127.0.0.1:\(network.port)"
            let program = world.program.with(["FERJE_VISMA_API_URL": address, "FERJE_VISMA_AUTHORITY": address])
            for _ in 0..<CrashWorld.cycles {
                try await program.succeed("company", "import", world.nextFile())
                for job in ["customers", "projects", "hours"] {
                    let outcome = try await program.run("run", job, "--json")
                    #expect([0, 3, 4].contains(outcome.status), "\(outcome.output)\(outcome.errors)")
                }
            }
            try await world.settle(program)
            try await network.stop()
            let struck = network.counts.filter { $0.key != .none }.values.reduce(0, +)
            #expect(struck >= CrashWorld.cycles, "accidents: \(network.counts)")
            try await world.expectEveryLineOnce()
            try await world.expectNoPostWithoutRecord()
        }
    }
}
