import Persistence
import Sync

/// What one seed brings: who works, what is sent, what goes wrong and when. All of it is thrown before the world begins.
public struct Weather: Sendable {
    public enum Theme: String, CaseIterable, Sendable {
        case exports, imports, tokens, companies, restore, users
    }

    struct PlannedFault: Sendable {
        var fault: Fault
        /// The nth request that it can strike.
        var nth: Int
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
        case backup, restore
        case erp(ERPEdit)
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
        theme = Self.theme(of: seed)
        mode = dice.chance(35) ? .shell : .plain
        workers = dice.chance(55) ? 1 : dice.between(2...3)
        pageSize = dice.pick([2, 3, 50, 500])
        hourlyQuota = dice.chance(15) ? dice.between(60...200) : 15_000
        erpOffset = dice.chance(20) ? .seconds(dice.between(-26...26) * 3600) : .zero
        start = dice.chance(6) ? .seconds(45 * 86_400 + 50_000) : .seconds(dice.below(3600))
        isInteractive = theme == .tokens && dice.chance(60)
        isAutomatic = dice.chance(70)
        length = .seconds(dice.between(1...3) * 3600)
        plan(&dice)
    }

    static func theme(of seed: UInt64) -> Theme {
        switch seed % 12 {
        case 0...5: .exports
        case 6, 7: .imports
        case 8: .tokens
        case 9: .companies
        case 10: .restore
        default: .users
        }
    }

    private mutating func plan(_ dice: inout Dice) {
        planRecords(&dice)
        switch theme {
        case .exports: planExports(&dice)
        case .imports: planImports(&dice)
        case .tokens: planTokens(&dice)
        case .companies: planCompanies(&dice)
        case .restore: planRestore(&dice)
        case .users: planUsers(&dice)
        }
        if dice.chance(12), theme != .restore {
            let hours = dice.pick([-2, -1, 1, 2])
            add(
                .jump(.seconds(hours * 3600 + dice.between(-900...900))), at: dice.below(Int(length.components.seconds))
            )
        }
        agenda.sort { $0.at < $1.at }
    }

    private mutating func add(_ what: Happening, at seconds: Int) { agenda.append((.seconds(seconds), what)) }

    // MARK: - What is sent

    private mutating func planRecords(_ dice: inout Dice) {
        let companies = theme == .companies ? 2 : 1
        let count = dice.between(theme == .imports ? 1...4 : 3...14)
        // What is registered after the backup is lost with it, so there all of it comes before.
        let spread = theme == .restore ? 1 : 5400
        for index in 0..<count {
            let record = record("h\(index)", companies, &dice)
            add(.hours(record), at: dice.chance(60) ? 0 : dice.below(spread))
            if dice.chance(10), theme != .restore { add(.edit(record), at: dice.below(7200)) }
        }
        guard dice.chance(60) else { return }
        for index in 0..<dice.between(1...4) {
            let at = dice.chance(60) ? 0 : dice.below(spread)
            add(.withdrawal(record("w\(index)", companies, &dice)), at: at)
            if dice.chance(30) { add(.goodsBack(of: index, id: "r\(index)"), at: at + 1) }
        }
    }

    private func record(_ id: String, _ companies: Int, _ dice: inout Dice) -> Record {
        let project = dice.below(2)
        let hours = dice.between(1...3)
        return Record(
            id: id, company: dice.below(companies), worker: project == 1 ? 0 : dice.below(2), project: project,
            day: dice.between(2...13), hours: hours, overtime: dice.chance(25) ? dice.between(0...hours) : 0)
    }

    private mutating func requests(_ jobs: [JobName], _ dice: inout Dice, company: Int = 0) {
        for _ in 0..<dice.between(1...3) {
            for job in jobs { add(.request(job, company: company), at: 2 + dice.below(7200)) }
        }
        for job in jobs { add(.request(job, company: company), at: 2) }
    }

    // MARK: - What goes wrong

    static let exportFaults: [Fault] = Fault.allCases.filter { fault in
        !fault.isAboutGrants && ![.clockJumps, .numberReused, .deletedAndBack, .erpUser, .emptyList].contains(fault)
    }

    /// Every fault with every crash point in turn; between them mixes.
    private mutating func planExports(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        let number = Int(seed / 12 * 6 + seed % 12)
        if number.isMultiple(of: 2) {
            let pair = number / 2
            let (faults, points) = (Self.exportFaults, CrashPoint.planned)
            let fault = faults[pair % faults.count]
            self.faults = [PlannedFault(fault: fault, nth: dice.pick([1, 1, 2, 3]))]
            if dice.chance(50) { self.faults.append(PlannedFault(fault: dice.pick(faults), nth: dice.between(1...4))) }
            crashes = [crash(points[pair / faults.count % points.count], &dice)]
            if fault.traffic.isDisjoint(with: [.token, .post, .put, .search, .look, .facts]) {
                requests([.customers], &dice)
            }
        } else {
            mixed(Self.exportFaults, &dice)
        }
    }

    private mutating func mixed(_ faults: [Fault], _ dice: inout Dice) {
        mix = dice.some(dice.between(1...6), of: faults)
        rate = dice.pick([3, 8, 15, 20, 35])
        for _ in 0..<dice.below(4) { crashes.append(crash(dice.pick(CrashPoint.planned), &dice)) }
    }

    private func crash(_ point: CrashPoint, _ dice: inout Dice) -> PlannedCrash {
        var crash = PlannedCrash(point: point, nth: dice.pick([1, 1, 1, 2, 3]))
        crash.wasCommitted = dice.chance(50)
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
        if dice.chance(60) { mixed(Self.exportFaults.filter { ![.textChanged, .queued].contains($0) }, &dice) }
    }

    private mutating func planUsers(_ dice: inout Dice) {
        requests([.hours, .withdrawals], &dice)
        mixed(Self.exportFaults, &dice)
        let edits: [ERPEdit] = [.changeDocument, .reverseDocument, .releaseDocument, .deleteDocument]
        for _ in 0..<dice.between(1...2) { add(.erp(dice.pick(edits)), at: dice.between(10...7200)) }
    }
}
