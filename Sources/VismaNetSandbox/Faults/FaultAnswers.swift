/// The answers and accidents that a fault puts in place of the real ones.
extension SandboxState {
    /// The rule that strikes this call, if any.
    mutating func faultStriking(_ call: SandboxCall) -> FaultRule? {
        var struck: FaultRule?
        for index in faults.indices where faults[index].matches(call) {
            let strikes = faults[index].strikes(&random)
            if strikes && struck == nil { struck = faults[index] }
        }
        return struck
    }

    func deliveryBeforeWork(_ fault: FaultRule) -> Delivery {
        switch fault.kind {
        case .resetBeforeCommit: return .lost(afterMilliseconds: 0)
        case .timeoutBeforeCommit: return .lost(afterMilliseconds: (fault.seconds ?? 30) * 1000)
        case .tooManyRequests, .tooManyTokenRequests: return .whole(tooMany(fault))
        case .gatewayError: return .whole(SandboxState.gatewayError(fault.status ?? 503))
        case .recordLocked:
            return .whole(.message("Another process has updated the record. Your changes will be lost.", status: 500))
        case .preconditionFails: return .whole(SandboxAnswer(status: 412))
        case .redirect:
            let location = SandboxHeader("Location", fault.text ?? "/")
            return .whole(SandboxAnswer(status: fault.status ?? 307, headers: [location]))
        default: return .whole(.message("An error has occurred.", status: 500))
        }
    }

    private static func gatewayError(_ status: Int) -> SandboxAnswer {
        let page = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>"
        return SandboxAnswer(status: status, headers: [.init("Content-Type", "text/html")], body: Array(page.utf8))
    }

    private func tooMany(_ fault: FaultRule) -> SandboxAnswer {
        let seconds = fault.seconds ?? 2
        var answer = SandboxAnswer.gateway("Rate limit is exceeded. Try again in \(seconds) seconds.", status: 429)
        switch fault.variant {
        case "none": break
        case "absurd": answer.replaceHeader("Retry-After", fault.text ?? "999999999999")
        case "date": answer.replaceHeader("Retry-After", HTTPDate.text(clockNow() + seconds * 1000))
        default: answer.replaceHeader("Retry-After", String(seconds))
        }
        return answer
    }

    func deliveryAfterWork(_ answer: SandboxAnswer, _ fault: FaultRule?) -> Delivery {
        guard let fault else { return .whole(answer) }
        var answer = answer
        let succeeded = (200..<300).contains(answer.status)
        switch fault.kind {
        case .resetAfterCommit, .refreshAnswerLost, .lateCommit: return .lost(afterMilliseconds: 0)
        case .timeoutAfterCommit: return .lost(afterMilliseconds: (fault.seconds ?? 30) * 1000)
        case .serverErrorAfterCommit where succeeded: return .whole(.message("An error has occurred.", status: 500))
        case .createdWithoutNumber where succeeded: answer.replaceHeader("Location", nil)
        case .createdWithHTML where succeeded:
            answer.replaceHeader("Location", nil)
            answer.replaceHeader("Content-Type", "text/html")
            answer.body = Array("<html><body>OK</body></html>".utf8)
        case .malformedJSON: answer.body = Array("[{\"number\":".utf8)
        case .cutBody:
            let half = answer.body.count / 2
            let announced = max(answer.body.count, 2)
            answer.body = Array(answer.body.prefix(half))
            return .cut(answer, announced: announced)
        case .wrongLength: answer.body = Array(answer.body.dropLast(max(1, answer.body.count / 3)))
        case .wrongCharset: answer.replaceHeader("Content-Type", "application/json; charset=utf-16")
        case .hugeBody: answer.body = Array(repeating: 0x20, count: max(0, fault.size ?? 1_000_000)) + answer.body
        default: break
        }
        return .whole(answer)
    }
}
