import Persistence
import Sync

/// What one seed brings: who works, what is sent, what goes wrong and when. All of it is thrown before the world begins.
public struct Weather: Sendable {
    public enum Theme: String, CaseIterable, Sendable {
        case exports, imports, tokens, companies, restore, users
        /// Has a goal.
        case directed
    }

    struct PlannedFault: Sendable {
        var fault: Fault
        /// The nth request that it can strike; of our own database the nth transaction.
        var nth: Int
        /// Only these of the requests that it can strike.
        var only = Set(Traffic.allCases)
    }

    struct PlannedCrash: Sendable {
        var point: CrashPoint
        /// The nth time that the point is reached.
        var nth: Int
        /// For a lost answer to COMMIT: whether it was committed.
        var wasCommitted = true
        var pause = Pause(length: .zero, mayDelayWrites: false)
        /// The pause is one while a token is asked for.
        var atToken = false
    }

    struct Pause: Sendable {
        var length: Duration
        /// Whether a write may leave only after it.
        var mayDelayWrites: Bool
    }

    enum Happening: Sendable {
        case hours(Record), withdrawal(Record), goodsBack(of: Int, id: String)
        case request(JobName, company: Int)
        case edit(Record)
        case jump(Duration)
        case backup, restore, upgrade
        case erp(ERPEdit)
        case hook(HookWay)
        /// A webhook that is on its way: what it says, and whether Visma has signed it.
        case hookArrives(HookMail)
    }

    struct Record: Sendable {
        var id: String
        var company = 0
        var worker: Int
        var project: Int
        var day: Int
        var hours: Int
        var overtime: Int
    }

    enum ERPEdit: Sendable {
        case renameCustomer, renameProject, changePrice, closeTask, everythingTouched, numberReused, deleteAndBack
        case newCustomer, deleteCustomer
        case changeDocument, reverseDocument, releaseDocument, deleteDocument
    }

    public let seed: UInt64
    public let theme: Theme
    let goal: Goal?
    let mode: ExportMode
    let workers: Int
    let pageSize: Int
    let hourlyQuota: Int
    let erpOffset: Duration
    /// After the template's own time.
    let start: Duration
    let isInteractive: Bool
    let isAutomatic: Bool
    var faults: [PlannedFault] = []
    /// Faults that strike by chance, and how often, per hundred requests.
    var mix: [Fault] = []
    var rate = 0
    var crashes: [PlannedCrash] = []
    var agenda: [(at: Duration, what: Happening)] = []
    /// How long faults go on.
    let length: Duration

    public init(seed: UInt64) {
        var dice = Dice(seed: seed)
        self.seed = seed
        let goal = Goal.of(seed: seed)
        let theme = goal == nil ? dice.pick(Self.themes) : .directed
        self.goal = goal
        self.theme = theme
        mode = goal?.needsShell == true || dice.chance(35) ? .shell : .plain
        workers = dice.chance(55) ? 1 : dice.between(2...3)
        pageSize = dice.pick([2, 3, 50, 500])
        hourlyQuota = dice.chance(15) ? dice.between(60...200) : 15_000
        erpOffset = dice.chance(20) ? .seconds(dice.between(-26...26) * 3600) : .zero
        start = dice.chance(6) ? .seconds(45 * 86_400 + 50_000) : .seconds(dice.below(3600))
        isInteractive = goal?.faults.contains(where: \.isAboutGrants) ?? (theme == .tokens && dice.chance(60))
        isAutomatic = dice.chance(70)
        // Who is directed goes on until it has got there.
        length = .seconds((goal == nil ? dice.between(1...3) : 1) * 3600)
        plan(&dice)
    }

    /// Whether the schema changes or the database is replaced.
    var needsOwnServer: Bool {
        agenda.contains { happening in
            switch happening.what {
            case .backup, .restore, .upgrade: true
            default: false
            }
        }
    }

    private static let themes: [Theme] = [
        .exports, .exports, .exports, .imports, .imports, .tokens, .companies, .restore, .users, .users,
    ]

    private mutating func plan(_ dice: inout Dice) {
        planRecords(&dice)
        switch theme {
        case .exports: planExports(&dice)
        case .imports: planImports(&dice)
        case .tokens: planTokens(&dice)
        case .companies: planCompanies(&dice)
        case .restore: planRestore(&dice)
        case .users: planUsers(&dice)
        case .directed: if let goal { plan(goal, &dice) }
        }
        if dice.chance(12), !restores { add(.jump(Self.jump(&dice)), at: dice.below(Int(length.components.seconds))) }
        if theme != .directed, crashes.contains(where: { $0.point == .migration }) {
            add(.upgrade, at: dice.below(3600))
        }
        agenda.sort { $0.at < $1.at }
    }

    private mutating func add(_ what: Happening, at seconds: Int) { agenda.append((.seconds(seconds), what)) }

    private var restores: Bool { theme == .restore || goal?.points.contains(.restore) == true }

    static func jump(_ dice: inout Dice) -> Duration {
        .seconds(dice.pick([-2, -1, 1, 2]) * 3600 + dice.between(-900...900))
    }

    // MARK: - What is sent

    private mutating func planRecords(_ dice: inout Dice) {
        let companies = theme == .companies ? 2 : 1
        let count = dice.between(theme == .imports ? 1...4 : 3...14)
        // What is registered after the backup is lost with it, so there all of it comes before.
        let spread = restores ? 1 : theme == .directed ? 2400 : 5400
        for index in 0..<count {
            let record = record("h\(index)", companies, &dice)
            add(.hours(record), at: dice.chance(60) ? 0 : dice.below(spread))
            if dice.chance(10), !restores { add(.edit(record), at: dice.below(spread + 1800)) }
        }
        guard dice.chance(60) else { return }
        for index in 0..<dice.between(1...4) {
            let at = dice.chance(60) ? 0 : dice.below(spread)
            add(.withdrawal(record("w\(index)", companies, &dice)), at: at)
            if dice.chance(30) { add(.goodsBack(of: index, id: "r\(index)"), at: at + 1) }
        }
    }

    func record(_ id: String, _ companies: Int, _ dice: inout Dice) -> Record {
        let project = dice.below(2)
        let hours = dice.between(1...3)
        return Record(
            id: id, company: dice.below(companies), worker: project == 1 ? 0 : dice.below(2), project: project,
            day: dice.between(2...13), hours: hours, overtime: dice.chance(25) ? dice.between(0...hours) : 0)
    }

    private mutating func requests(_ jobs: [JobName], _ dice: inout Dice, company: Int = 0) {
        let spread = theme == .directed ? 3000 : 7200
        for _ in 0..<dice.between(1...3) {
            for job in jobs { add(.request(job, company: company), at: 2 + dice.below(spread)) }
        }
        for job in jobs { add(.request(job, company: company), at: 2) }
    }

    // MARK: - What goes wrong

    static let exportFaults: [Fault] = Fault.allCases.filter { fault in
        !fault.isAboutGrants && !fault.traffic.isEmpty && fault != .emptyList || fault == .database
    }

    private mutating func planExports(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        mixed(Self.exportFaults, &dice)
    }

    /// What the goal needs is planned here for the first time, and by `World.insist` again as long as it has not happened.
    private mutating func plan(_ goal: Goal, _ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        if goal.faults.contains(where: \.isAboutLists) { requests([.customers, .projects, .items], &dice) }
        if dice.chance(30) {
            let left = restores ? Self.needsReading : []
            mix = dice.some(dice.between(1...3), of: Self.exportFaults.filter { !left.contains($0) })
            rate = dice.pick([3, 8, 15])
        }
        var aim = Aim()
        for fault in goal.faults where !goal.mustWait(fault, reached: []) {
            aim.add(fault, nth: dice.pick([1, 1, 2, 3]), within: 3000, &dice)
        }
        for point in goal.points { aim.add(point, in: self, &dice) }
        faults = aim.faults
        crashes = aim.crashes
        agenda += aim.agenda
    }

    /// What leaves documents that a reading after a restore cannot match.
    static let needsReading: Set<Fault> = [.textChanged, .queued]

    private mutating func mixed(_ faults: [Fault], _ dice: inout Dice) {
        mix = dice.some(dice.between(1...6), of: faults)
        rate = dice.pick([3, 8, 15, 20, 35])
        for _ in 0..<dice.below(4) { crashes.append(crash(dice.pick(CrashPoint.planned), &dice)) }
    }

    func crash(_ point: CrashPoint, _ dice: inout Dice) -> PlannedCrash {
        var crash = PlannedCrash(point: point, nth: dice.pick([1, 1, 1, 2, 3]))
        crash.wasCommitted = dice.chance(50)
        if point == .absentOnce { crash.nth = 1 }
        if point == .anywhere { crash.nth = dice.between(1...150) }
        if point == .paused {
            crash.nth = dice.between(1...4)
            let delays = dice.chance(50)
            // Frozen before the socket write for longer than lease, request limit and settle time together: the printed
            // limit of the plain way, harmless in the harder mode.
            let longest = delays && mode == .plain ? 450 : 7200
            crash.pause = Pause(length: .seconds(dice.between(65...longest)), mayDelayWrites: delays)
        }
        return crash
    }

    static let importFaults: [Fault] =
        exportFaults.filter { !$0.traffic.isDisjoint(with: [.page, .facts]) } + [.emptyList]

    private mutating func planImports(_ dice: inout Dice) {
        requests([.customers, .projects, .items], &dice)
        if dice.chance(50) { requests([.hours], &dice) }
        mixed(Self.importFaults, &dice)
        let edits: [ERPEdit] = [
            .renameCustomer, .renameProject, .changePrice, .closeTask, .everythingTouched, .numberReused,
            .deleteAndBack,
            .newCustomer, .deleteCustomer,
        ]
        for _ in 0..<dice.between(2...10) { add(.erp(dice.pick(edits)), at: dice.below(7200)) }
        for _ in 0..<dice.below(3) { add(.hook(dice.pick(HookWay.allCases)), at: dice.below(7200)) }
    }

    private mutating func planTokens(_ dice: inout Dice) {
        requests([.hours, .customers], &dice)
        let faults: [Fault] = [
            .tooManyTokens, .tokenExpires, .resetAfter, .timeoutAfter, .serverErrorBefore, .tokenExpires, .gateway,
        ]
        mix = dice.some(dice.between(2...4), of: faults)
        rate = dice.pick([5, 15, 25])
        if isInteractive, dice.chance(60) {
            let grants: [Fault] = [.refreshAnswerLost, .reuseRevokes, .grantRevoked, .otherCompany]
            self.faults = [PlannedFault(fault: dice.pick(grants), nth: dice.between(1...3))]
        }
        if dice.chance(40) {
            // Longer than the lease of the job, shorter than that of the refresh.
            var crash = crash(.paused, &dice)
            crash.atToken = true
            crash.nth = dice.between(1...2)
            crash.pause = Pause(length: .seconds(dice.between(62...80)), mayDelayWrites: false)
            crashes.append(crash)
        }
        for _ in 0..<dice.below(2) { crashes.append(crash(dice.pick(CrashPoint.planned), &dice)) }
    }

    private mutating func planCompanies(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        requests([.hours, .customers], &dice, company: 1)
        mixed(Self.exportFaults, &dice)
    }

    private mutating func planRestore(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        let backup = dice.between(1...1200)
        add(.backup, at: backup)
        add(.restore, at: backup + dice.between(60...5400))
        if dice.chance(60) { mixed(Self.exportFaults.filter { !Self.needsReading.contains($0) }, &dice) }
    }

    private mutating func planUsers(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        mixed(Self.exportFaults, &dice)
        let edits: [ERPEdit] = [.changeDocument, .reverseDocument, .releaseDocument, .deleteDocument]
        for _ in 0..<dice.between(1...2) { add(.erp(dice.pick(edits)), at: dice.between(10...7200)) }
    }
}
