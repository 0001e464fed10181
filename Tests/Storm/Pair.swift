/// One fault with one crash point: a directed world goes on until both have happened in it.
public struct Pair: Sendable, Hashable {
    public var fault: Fault
    public var point: CrashPoint

    /// All of them, so that neighbours share neither fault nor point: 48 and 15 have the divisor 3 in common, so that a lap
    /// of each with the other is a third of them, and the next lap begins one point later.
    public static let all: [Pair] = {
        let (faults, points) = (Fault.allCases, CrashPoint.allCases)
        var pairs: [Pair] = []
        var seen = Set<Pair>()
        var place = 0
        while pairs.count < faults.count * points.count {
            let pair = Pair(fault: faults[place % faults.count], point: points[(place + place / lap) % points.count])
            if seen.insert(pair).inserted { pairs.append(pair) }
            place += 1
        }
        return pairs
    }()

    private static var lap: Int { Fault.allCases.count * CrashPoint.allCases.count / 3 }

    /// Seeds come in sixes. 0, 2 and 4 are directed, each at the next pair; as every third seed lives on PostgreSQL, the
    /// pairs are walked through there by the first alone, and by the other two on SQLite. 1, 3 and 5 have no aim.
    static func of(seed: UInt64) -> Pair? {
        let six = Int(seed / 6 % UInt64(all.count))
        switch seed % 6 {
        case 0: return all[six]
        case 2: return all[six * 2 % all.count]
        case 4: return all[(six * 2 + 1) % all.count]
        default: return nil
        }
    }

    /// What a restore makes the ERP's documents unknown by: from the printed limits of G9, so that the fault comes after it.
    var faultComesAfterRestore: Bool {
        point == .restore && [.queued, .textChanged, .erpUser, .clockJumps].contains(fault)
    }
}
