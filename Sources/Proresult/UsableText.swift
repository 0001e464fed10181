import Foundation
import Persistence

/// What a text from outside must be before it is stored.
enum TextNeed {
    case required, optional
}

extension String {
    /// The text without white space at its ends. Refuses an empty one that is required, the character NUL, which
    /// PostgreSQL cannot store, and more than 4,000 characters, so that no field can carry a file.
    func usable(_ record: RecordKind, _ field: String, _ need: TextNeed = .optional) throws -> String {
        let text = trimmingCharacters(in: .whitespacesAndNewlines)
        if need == .required, text.isEmpty { throw ProresultError.required(record, field: field) }
        guard !text.utf8.contains(0), text.utf8.count <= 4000 else {
            throw ProresultError.unusableText(record, field: field)
        }
        return text
    }
}

extension String? {
    /// The same for a text that may be missing; an empty one is none.
    func usable(_ record: RecordKind, _ field: String) throws -> String? {
        guard let text = try self?.usable(record, field), !text.isEmpty else { return nil }
        return text
    }
}
