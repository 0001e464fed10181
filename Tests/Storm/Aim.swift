/// What has to be planned so that a fault, or a crash point, really happens.
struct Aim {
    var faults: [Weather.PlannedFault] = []
    var crashes: [Weather.PlannedCrash] = []
    var agenda: [(at: Duration, what: Weather.Happening)] = []

    mutating func add(_ fault: Fault, nth: Int, within seconds: Int, _ dice: inout Dice) {
        let at = Duration.seconds(dice.between(5...seconds))
        switch fault {
        case .clockJumps: agenda.append((at, .jump(Weather.jump(&dice))))
        case .numberReused: agenda.append((at, .erp(.numberReused)))
        case .deletedAndBack: agenda.append((at, .erp(.deleteAndBack)))
        case .hook: agenda.append((at, .hook(dice.pick(HookWay.allCases))))
        case .erpUser:
            let edits: [Weather.ERPEdit] = [.changeDocument, .reverseDocument, .releaseDocument, .deleteDocument]
            agenda.append((at, .erp(dice.pick(edits))))
        case .database: faults.append(Weather.PlannedFault(fault: fault, nth: dice.between(5...60)))
        default: faults.append(Weather.PlannedFault(fault: fault, nth: nth))
        }
    }

    mutating func add(_ point: CrashPoint, in weather: Weather, _ dice: inout Dice) {
        switch point {
        case .restore:
            let backup = dice.between(1...900)
            agenda.append((.seconds(backup), .backup))
            agenda.append((.seconds(backup + dice.between(60...2000)), .restore))
            return
        case .migration: agenda.append((.seconds(dice.below(1800)), .upgrade))
        case .absentOnce:
            // Only what never arrived can be absent.
            let lost = dice.pick([Fault.resetBefore, .timeoutBefore, .serverErrorBefore, .staleKeepAlive])
            faults.append(Weather.PlannedFault(fault: lost, nth: 1, only: [.post]))
        default: break
        }
        crashes.append(weather.crash(point, &dice))
    }
}

extension Fault {
    /// Strikes what the imports read.
    var isAboutLists: Bool {
        traffic.contains(.page) && !traffic.contains(.post)
            || [.numberReused, .deletedAndBack, .hook].contains(self)
    }
}
