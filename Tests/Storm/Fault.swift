import VismaNetSandbox

/// What goes wrong around the process, by the numbers of the project's fault matrix.
public enum Fault: String, CaseIterable, Sendable, Hashable {
    case resetBefore = "F01"
    case resetAfter = "F02"
    case timeoutBefore = "F03"
    case timeoutAfter = "F04"
    case arrivesLate = "F05"
    case tooMany = "F06"
    case tooManyTokens = "F07"
    case serverErrorBefore = "F08"
    case serverErrorAfter = "F09"
    case gateway = "F10"
    case noNumber = "F11"
    case htmlAnswer = "F12"
    case queued = "F13"
    case malformed = "F14"
    case cutBody = "F15"
    case wrongLength = "F16"
    case bomb = "F17"
    case wrongCharset = "F18"
    case hugeAnswer = "F19"
    case duplicatePage = "F20"
    case pageDrift = "F21"
    case endlessPages = "F22"
    case cappedPages = "F23"
    case lyingTotal = "F24"
    case outOfOrder = "F25"
    case listLags = "F26"
    case tokenExpires = "F27"
    case refreshAnswerLost = "F28"
    case reuseRevokes = "F29"
    case grantRevoked = "F30"
    case otherCompany = "F31"
    case periodCloses = "F32"
    case recordLocked = "F33"
    case otherVersion = "F34"
    case projectCloses = "F35"
    case textChanged = "F36"
    case clockJumps = "F37"
    case slowLoris = "F38"
    case halfOpen = "F39"
    case staleKeepAlive = "F40"
    case redirect = "F41"
    case everythingTouched = "F42"
    case emptyList = "F43"
    case numberReused = "F44"
    case deletedAndBack = "F45"
    case hook = "F46"
    case erpUser = "F47"
    case database = "F48"

    /// The requests that it can strike; empty for what happens between requests.
    var traffic: Set<Traffic> {
        switch self {
        case .resetBefore, .resetAfter, .timeoutBefore, .timeoutAfter, .slowLoris, .halfOpen, .staleKeepAlive:
            Set(Traffic.allCases)
        case .tooMany, .serverErrorBefore, .gateway, .tokenExpires, .redirect: Traffic.api
        case .tooManyTokens, .refreshAnswerLost, .reuseRevokes, .otherCompany: [.token]
        case .arrivesLate, .serverErrorAfter, .recordLocked: Traffic.writes
        case .noNumber, .htmlAnswer, .queued, .periodCloses, .projectCloses, .textChanged: [.post]
        case .malformed, .cutBody, .wrongLength, .bomb, .wrongCharset, .hugeAnswer: Traffic.reads
        case .duplicatePage, .endlessPages, .cappedPages, .lyingTotal, .outOfOrder, .listLags: Traffic.lists
        case .pageDrift, .everythingTouched, .emptyList: [.page]
        case .otherVersion: [.put]
        case .grantRevoked: Traffic.api
        case .clockJumps, .numberReused, .deletedAndBack, .hook, .erpUser, .database: []
        }
    }

    /// After which a document may rightly wait for a person, who then decides by what stands in the ERP.
    var mayNeedPerson: Bool {
        switch self {
        case .textChanged, .erpUser, .reuseRevokes, .grantRevoked, .refreshAnswerLost: true
        default: false
        }
    }

    /// Stores the document and tells nothing of it.
    var storesInSilence: Bool {
        [.resetAfter, .timeoutAfter, .halfOpen, .serverErrorAfter, .noNumber, .htmlAnswer].contains(self)
    }

    /// Needs an interactive sign-in, or ends it.
    var isAboutGrants: Bool {
        [.refreshAnswerLost, .reuseRevokes, .grantRevoked, .otherCompany].contains(self)
    }

    /// What a strike on this request does; nil when it cannot strike here.
    func blow(on traffic: Traffic, latestArrival: Int64, dice: inout Dice) -> Blow? {
        guard self.traffic.contains(traffic) else { return nil }
        let limit: Int64 = Traffic.writes.contains(traffic) ? 100 : 60
        switch self {
        case .resetBefore: return .rule(FaultRule(.resetBeforeCommit))
        case .resetAfter: return .rule(FaultRule(.resetAfterCommit))
        case .timeoutBefore: return .rule(FaultRule(.timeoutBeforeCommit, seconds: limit))
        case .timeoutAfter: return .rule(FaultRule(.timeoutAfterCommit, seconds: limit))
        case .arrivesLate:
            guard latestArrival > 5 else { return nil }
            return .late(Int64(dice.between(5...Int(latestArrival))))
        case .tooMany:
            let variant = dice.pick(["seconds", "date", "absurd", "none"])
            return .rule(FaultRule(.tooManyRequests, variant: variant, seconds: Int64(dice.between(1...90))))
        case .tooManyTokens: return .rule(FaultRule(.tooManyTokenRequests, seconds: Int64(dice.between(1...90))))
        case .serverErrorBefore: return .rule(FaultRule(.serverErrorBeforeCommit))
        case .serverErrorAfter: return .rule(FaultRule(.serverErrorAfterCommit))
        case .gateway: return .rule(FaultRule(.gatewayError, status: dice.pick([502, 503, 504])))
        case .noNumber: return .rule(FaultRule(.createdWithoutNumber))
        case .htmlAnswer: return .rule(FaultRule(.createdWithHTML))
        case .queued: return .rule(FaultRule(.queuedUnasked, variant: dice.pick(["succeeds", "fails", "vanishes"])))
        case .malformed: return .rule(FaultRule(.malformedJSON))
        case .cutBody: return .rule(FaultRule(.cutBody))
        case .wrongLength: return .rule(FaultRule(.wrongLength))
        case .bomb: return .tooLarge
        case .wrongCharset: return .rule(FaultRule(.wrongCharset))
        case .hugeAnswer: return .rule(FaultRule(.hugeBody, size: 20_000))
        case .duplicatePage: return .rule(FaultRule(.duplicatePage))
        case .pageDrift: return .rule(FaultRule(.pageDrift, variant: dice.pick(["touch", "insert"])))
        case .endlessPages: return .rule(FaultRule(.endlessPages))
        case .cappedPages: return .rule(FaultRule(.cappedPageSize, size: dice.between(1...3)))
        case .lyingTotal: return .rule(FaultRule(.totalLies, size: dice.between(1...9)))
        case .outOfOrder: return .rule(FaultRule(.rowsOutOfOrder))
        case .listLags: return .rule(FaultRule(.listLagsWrites, seconds: Int64(dice.between(5...Int(Self.longestLag)))))
        case .tokenExpires: return .rule(FaultRule(.tokenExpires))
        case .refreshAnswerLost: return .rule(FaultRule(.refreshAnswerLost))
        case .reuseRevokes: return .rule(FaultRule(.reuseRevokesFamily))
        case .grantRevoked: return .rule(FaultRule(.grantRevoked))
        case .otherCompany: return .rule(FaultRule(.otherCompany, text: Haven.tenants[1]))
        case .periodCloses: return .rule(FaultRule(.periodCloses))
        case .recordLocked: return .rule(FaultRule(.recordLocked))
        case .otherVersion: return .rule(FaultRule(.preconditionFails))
        case .projectCloses: return .rule(FaultRule(.projectCloses))
        case .textChanged:
            return .rule(FaultRule(.textChanged, variant: dice.pick(["cut", "case"]), size: dice.pick([12, 30, 60])))
        case .slowLoris: return .rule(FaultRule(.timeoutBeforeCommit, seconds: 20))
        case .halfOpen: return .rule(FaultRule(.timeoutAfterCommit, seconds: 60))
        case .staleKeepAlive: return .notDelivered
        case .redirect:
            return .rule(FaultRule(.redirect, status: dice.pick([301, 302, 307]), text: "https://example.net/"))
        case .everythingTouched: return .rule(FaultRule(.everythingTouched))
        case .emptyList: return .rule(FaultRule(.emptyList))
        case .clockJumps, .numberReused, .deletedAndBack, .hook, .erpUser, .database: return nil
        }
    }

    /// How many seconds a list may hide a new row.
    static let longestLag: Int64 = 60
}

/// What happens to one request.
enum Blow: Sendable {
    /// The sandbox does it.
    case rule(FaultRule)
    /// The connection ends now; the request takes effect so many seconds later.
    case late(Int64)
    /// The request has its effect, the answer is too large to be read.
    case tooLarge
    /// Written into a connection that the other side had closed.
    case notDelivered
}
