import Proresult

/// What came of an attempt, sorted for people; the original text stays beside it.
public enum AttemptAnswer: Sendable, Hashable {
    case created(number: String)
    case filled
    /// The shell had another version by then: nothing was changed.
    case outrun
    case queued
    case refused
    case notApplied
    case unknown

    init(_ answer: String) {
        if answer.hasPrefix("201 ") {
            self = .created(number: String(answer.dropFirst(4)))
        } else if answer == "\(ERPFillOutcome.done)" {
            self = .filled
        } else if answer == "\(ERPFillOutcome.stale)" {
            self = .outrun
        } else if answer.hasPrefix("queued as ") {
            self = .queued
        } else if answer.hasPrefix(Send.refusedPrefix) {
            self = .refused
        } else if answer.hasPrefix("not applied: ") || answer.hasPrefix("not sent: ") {
            self = .notApplied
        } else {
            self = .unknown
        }
    }

    public var text: Text {
        switch self {
        case .created(let number): Text("Visma tok imot det som \(number).", "Visma accepted it as \(number).")
        case .filled: Text("Visma la inn linjene.", "Visma put the lines in.")
        case .outrun:
            Text(
                "Dokumentet var endret i mellomtiden, så ingenting ble lagt inn.",
                "The document had been changed meanwhile, so nothing was put in.")
        case .queued: Text("Visma la det i kø.", "Visma queued it.")
        case .refused: Text("Visma leste det og avviste det.", "Visma read it and refused it.")
        case .notApplied:
            Text("Det kom aldri inn i Visma, så det prøves igjen.", "It never got into Visma, so it is tried again.")
        case .unknown:
            Text(
                "Det kom ikke noe klart svar. Det kan stå i Visma likevel.",
                "There was no clear answer. It may stand in Visma all the same.")
        }
    }
}

extension ExportTrail.Attempt {
    /// Nil while it has not been answered.
    public var outcome: AttemptAnswer? { answer.map(AttemptAnswer.init) }
}
