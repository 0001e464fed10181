import Foundation

/// Why a document waits for a person: one wording stands in its row and in the audit trail, and from it the pages learn
/// what to tell.
public enum ReviewCause: Sendable, Hashable {
    /// Several documents in the ERP carry its reference.
    case doubled(numbers: String)
    /// A document without a reference has exactly its lines.
    case twin(number: String)
    /// A document carries its reference and other lines.
    case different(number: String)
    /// The document that was made of it does not carry its reference any more.
    case withoutReference(number: String)
    /// Of its shell: no version that could guard the filling; gone before it was filled; another one than was noted.
    case noVersion(number: String)
    case shellGone(number: String)
    case anotherShell(found: String, noted: String)
    /// Found after a step back, while its records were changed here.
    case recordsChanged
    /// Found after a step back, and its lines do not fit what lies here.
    case doesNotFit(String)

    var explanation: String {
        switch self {
        case .doubled(let numbers): "duplicate found: \(numbers) carry the same reference"
        case .twin(let number): "\(number) moves the same money but carries no reference of ours"
        case .different(let number): "\(number) carries our reference but is not what we sent"
        case .withoutReference(let number): "\(number) does not carry our reference"
        case .noVersion(let number): "the ERP tells no version of \(number)"
        case .shellGone(let number): "\(number) was to be filled, and is gone"
        case .anotherShell(let found, let noted): "\(found) carries our reference, but \(noted) was to be filled"
        case .recordsChanged: "it stands in the ERP, but its records have changed here"
        case .doesNotFit(let problems): problems
        }
    }

    init(explanation text: String) {
        func part(_ before: String, _ after: String) -> String? {
            guard text.hasPrefix(before), text.hasSuffix(after), text.count > before.count + after.count else {
                return nil
            }
            return String(text.dropFirst(before.count).dropLast(after.count))
        }
        let shells = text.components(separatedBy: " carries our reference, but ")
        if let numbers = part("duplicate found: ", " carry the same reference") {
            self = .doubled(numbers: numbers)
        } else if let number = part("", " moves the same money but carries no reference of ours") {
            self = .twin(number: number)
        } else if let number = part("", " carries our reference but is not what we sent") {
            self = .different(number: number)
        } else if let number = part("", " does not carry our reference") {
            self = .withoutReference(number: number)
        } else if let number = part("the ERP tells no version of ", "") {
            self = .noVersion(number: number)
        } else if let number = part("", " was to be filled, and is gone") {
            self = .shellGone(number: number)
        } else if shells.count == 2, shells[1].hasSuffix(" was to be filled") {
            self = .anotherShell(
                found: shells[0], noted: String(shells[1].dropLast(" was to be filled".count)))
        } else if text == Self.recordsChanged.explanation {
            self = .recordsChanged
        } else {
            self = .doesNotFit(text)
        }
    }

    /// The number in the ERP that is probably its, for the form of the decision.
    public var likelyNumber: String? {
        switch self {
        case .twin(let number), .different(let number), .withoutReference(let number), .noVersion(let number): number
        case .doubled, .shellGone, .anotherShell, .recordsChanged, .doesNotFit: nil
        }
    }
}

extension ExportDocument {
    /// Nil for a document that does not wait for a person.
    public var reviewCause: ReviewCause? {
        state == .needsReview ? ReviewCause(explanation: explanation ?? "") : nil
    }
}
