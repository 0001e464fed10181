import FarShore
import Persistence
import Proresult
import Sync
import Synchronization
import TestSupport
import VismaNet
import VismaNetSandbox

/// One seed's world: the real engine, connector, client and store of one or several processes, against the sandbox, on
/// time that only passes when somebody waits. Everything happens one after the other, so that one seed has one history.
public final class World: Sendable {
    let weather: Weather
    let bite: Bite?
    let clock: StormClock
    let sandbox: Sandbox
    let place: Haven.Place
    let haven: Haven
    let state: Mutex<State>
    private let base: Mutex<any SQLDatabase>

    struct State: Sendable {
        var dice: Dice
        var chronicle: Chronicle
        var watch = Watch()
        var faults: [Weather.PlannedFault]
        var crashes: [Weather.PlannedCrash]
        var agenda: [(at: Timestamp, what: Weather.Happening)]
        var workers: [Worker] = []
        var started = 0
        /// How many processes are paused: while one is, another works.
        var depth = 0
        var isCalm = false
        /// When a process that had stood still went on, by its name.
        var wentOn: [String: Timestamp] = [:]
        var lingering: [Lingering] = []
        /// Until then a request that was given up may still take effect.
        var lateUntil = Timestamp(milliseconds: 0)
        var isUpgraded = false
        var hasBackup = false
        var wasRestored = false
        /// How long after the storm everything had come to its end.
        var restedAfter = Duration.zero
        var struck: Set<Fault> = []
        var reached: Set<CrashPoint> = []
    }

    /// A change that was given up by its sender and is still on its way.
    struct Lingering: Sendable {
        var due: Timestamp
        var request: HTTPTransportRequest
    }

    var database: any SQLDatabase { base.withLock { $0 } }

    init(_ weather: Weather, at place: Haven.Place, in haven: Haven, bite: Bite?, keepsLines: Bool) throws {
        self.weather = weather
        self.place = place
        self.haven = haven
        self.bite = bite
        let start = Haven.begin + weather.start
        let clock = StormClock(start)
        self.clock = clock
        let waiting = Waiting()
        sandbox = try Haven.sandbox(
            { clock.erp.milliseconds }, seed: weather.seed &+ 5, sleep: { await waiting.pass(.milliseconds($0)) }
        ) { configuration in
            configuration.hourlyQuota = weather.hourlyQuota
            configuration.wallClockOffset = weather.erpOffset.milliseconds
            configuration.acceptsEmptyDocuments = true
            configuration.listsEmptyDocuments = weather.seed % 3 != 0
            configuration.backgroundDuration = weather.seed % 5 == 0 ? 400_000 : 45_000
        }
        state = Mutex(
            State(
                dice: Dice(seed: weather.seed &+ 0x5157_0421),
                chronicle: Chronicle(start: start, keepsLines: keepsLines),
                faults: weather.faults, crashes: weather.crashes,
                agenda: weather.agenda.map { (start + $0.at, $0.what) }))
        base = Mutex(try place.open(clock.own))
        waiting.world = self
    }

    /// The sandbox waits by the world's time, and is made before the world.
    private final class Waiting: Sendable {
        private let held = Mutex<World?>(nil)
        var world: World? {
            get { held.withLock { $0 } }
            set { held.withLock { $0 = newValue } }
        }
        func pass(_ duration: Duration) async { await world?.pass(duration) }
    }

    func tell(_ who: String, _ what: String) {
        let now = clock.erp
        state.withLock { $0.chronicle.tell(who, what, at: now) }
    }

    func violate(_ invariant: String, _ what: String) {
        tell("judge", "\(invariant) BROKEN: \(what)")
        state.withLock { $0.watch.violations.append(Violation(invariant: invariant, what: what)) }
    }

    func flip() -> Bool { state.withLock { $0.dice.chance(50) } }

    func replaceDatabase(_ work: (any SQLDatabase) async throws -> any SQLDatabase) async throws {
        let fresh = try await work(database)
        base.withLock { $0 = fresh }
    }

    // MARK: - Time

    /// Lets time pass; what is on its way arrives when it is due.
    func pass(_ duration: Duration) async {
        let target = clock.erp + max(.zero, duration)
        while let next = takeLingering(until: target) {
            clock.pass(next.due - clock.erp)
            let answer = await carry(next.request, from: nil)
            tell("network", "a request that was given up arrives: \(answer.words)")
        }
        clock.pass(target - clock.erp)
    }

    private func takeLingering(until target: Timestamp) -> Lingering? {
        state.withLock { state in
            guard
                let index = state.lingering.indices.filter({ state.lingering[$0].due <= target }).min(by: {
                    state.lingering[$0].due < state.lingering[$1].due
                })
            else { return nil }
            return state.lingering.remove(at: index)
        }
    }

    /// Everything that is due happens, then time goes to the next thing that is.
    func live(until end: Timestamp) async throws {
        while true {
            try await happen()
            try await work()
            guard let next = try await nextMoment(), next < end else { break }
            await pass(next - clock.erp)
        }
        if clock.erp < end { await pass(end - clock.erp) }
    }

    private func nextMoment() async throws -> Timestamp? {
        let rows = try await database.transactionAcrossCompanies { connection in
            try connection.query("SELECT next_run_at, lease_until FROM job WHERE enabled_at IS NOT NULL")
        }
        let (erp, offset) = (clock.erp, clock.offset)
        var moments: [Timestamp] = []
        for row in rows {
            if let next: Timestamp = try row.get("next_run_at") { moments.append(next - offset) }
            moments.append(try row.get("lease_until", as: Timestamp.self) - offset)
        }
        moments += state.withLock { state in state.agenda.first.map { [$0.at] } ?? [] }
        // A job may be due and not be taken, where something keeps failing: never stand still.
        return moments.filter { $0 > erp }.min().map { max($0, erp + .milliseconds(1)) }
    }

    // MARK: - Work

    private static let mostTicks = 40

    private func work() async throws {
        for _ in 0..<Self.mostTicks {
            let worker = try await someWorker()
            do {
                let run = try await worker.engine.tick()
                if !worker.node.isDead {
                    guard let run else { return }
                    tell(worker.node.name, "\(run.job.rawValue): \(run.outcome.error ?? "done")")
                }
            } catch is LeaseLost {
                tell(worker.node.name, "lost its lease")
            } catch  where worker.node.isDead {
                tell(worker.node.name, "is dead")
            } catch {
                tell(worker.node.name, "could not work: \(error)")
                await pass(.seconds(5))
            }
        }
    }

    func someWorker() async throws -> Worker {
        let wanted = state.withLock { $0.depth } > 0 ? 1 : weather.workers
        let alive: [Worker] = state.withLock { state in
            state.workers.removeAll { $0.node.isDead }
            return state.workers.filter { !$0.node.isPaused }
        }
        if alive.count >= wanted { return state.withLock { $0.dice.pick(alive) } }
        return try await startWorker()
    }

    func startWorker() async throws -> Worker {
        for _ in 0..<20 {
            let number = state.withLock { state in
                state.started += 1
                return state.started
            }
            let node = Node("process \(number)")
            if number > weather.workers { await pass(.seconds(state.withLock { $0.dice.between(1...60) })) }
            do {
                let worker = try await Worker.start(node, in: self, number: number)
                try await rescue(worker)
                state.withLock { $0.workers.append(worker) }
                tell(node.name, "starts")
                return worker
            } catch {
                tell(node.name, "did not start: \(error)")
                await pass(.seconds(2))
            }
        }
        throw SQLError.storage("no process starts any more")
    }

    /// One process alone on a SQLite file knows at its start that all others are dead.
    private func rescue(_ worker: Worker) async throws {
        let alone = state.withLock { state in
            state.depth == 0 && state.workers.allSatisfy(\.node.isDead)
        }
        if place.kind == .sqlite, alone, weather.workers == 1 { try await worker.engine.rescueAll() }
    }

    /// A process stands still, longer than its lease; another one works meanwhile.
    func pause(_ node: Node, for pause: Weather.Pause) async {
        let end = clock.erp + pause.length
        state.withLock { $0.depth += 1 }
        node.setPaused(true)
        tell(node.name, "stands still for \(pause.length.components.seconds) s")
        do {
            try await live(until: end)
        } catch {
            violate("live", "nothing goes on while a process stands still: \(error)")
        }
        node.setPaused(false)
        let now = clock.erp
        state.withLock { state in
            state.depth -= 1
            state.wentOn[node.name] = now
        }
        tell(node.name, "goes on")
    }

    func end() async {
        state.withLock { $0.workers = [] }
        try? await database.close()
    }
}

extension Result<HTTPTransportResponse, TransportFailure> {
    var words: String {
        switch self {
        case .success(let answer): "\(answer.status)"
        case .failure(let failure): "\(failure)"
        }
    }
}
