/// One fault with one crash point: of all of them worlds must be found in which both have happened.
public struct Pair: Sendable, Hashable {
    public var fault: Fault
    public var point: CrashPoint

    public static let all: [Pair] = CrashPoint.allCases.flatMap { point in
        Fault.allCases.map { Pair(fault: $0, point: point) }
    }
}

/// What a directed world is after: it goes on until each of its faults and each of its crash points has happened.
struct Goal: Sendable {
    var faults: [Fault]
    var points: [CrashPoint]

    /// Two faults with three points are six pairs, so that 120 worlds have all of them.
    static let lap = Fault.allCases.count / 2 * (CrashPoint.allCases.count / 3)

    /// Seeds come in sixes. 0, 2 and 4 are directed, 1, 3 and 5 have no goal. Where the first of all sixes of a lap live on
    /// PostgreSQL (`Storm`), they walk through all pairs there.
    static func of(seed: UInt64) -> Goal? {
        switch seed % 6 {
        case 0: Goal(number: seed / 6)
        case 2: Goal(number: seed / 6 * 2)
        case 4: Goal(number: seed / 6 * 2 + 1)
        default: nil
        }
    }

    /// Each lap brings others together.
    private init(number: UInt64) {
        let (lap, place) = (number / UInt64(Self.lap), Int(number % UInt64(Self.lap)))
        var dice = Dice(seed: lap &+ 0x00C0_FFEE)
        let (faults, points) = (dice.shuffled(Fault.allCases), dice.shuffled(CrashPoint.allCases))
        let (pair, three) = (place % (faults.count / 2), place / (faults.count / 2))
        self.faults = Array(faults[(pair * 2)..<(pair * 2 + 2)])
        self.points = Array(points[(three * 3)..<(three * 3 + 3)])
    }

    /// Only a shell has a second half, and an `If-Match`.
    var needsShell: Bool { points.contains(.shell) || faults.contains(.otherVersion) }

    /// From the printed limits of G9: what a reading after a restore cannot match comes after the restore.
    func mustWait(_ fault: Fault, reached: Set<CrashPoint>) -> Bool {
        points.contains(.restore) && !reached.contains(.restore)
            && [.queued, .textChanged, .erpUser, .clockJumps].contains(fault)
    }
}
