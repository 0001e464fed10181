import Foundation
import Persistence
import Proresult

/// What people type, read as they mean it: a decimal comma, a date from a date field, a time with a colon.
extension Fields {
    /// Nil when the field is empty. Throws for what is no number.
    func decimal(_ name: String, _ label: Text) throws -> Decimal? {
        let text = self[name].replacing(",", with: ".")
        guard !text.isEmpty else { return nil }
        guard let number = Decimal(exact: text) else { throw Misread(label, self[name]) }
        return number
    }

    /// A whole number; nil when the field is empty. Throws for anything else.
    func whole(_ name: String, _ label: Text) throws -> Int? {
        guard !self[name].isEmpty else { return nil }
        guard let number = Int(self[name]) else { throw Misread(label, self[name]) }
        return number
    }

    func date(_ name: String, _ label: Text) throws -> CalendarDate {
        guard let date = CalendarDate(self[name]) else { throw Misread(label, self[name]) }
        return date
    }

    func time(_ name: String, _ label: Text) throws -> TimeOfDay? {
        guard !self[name].isEmpty else { return nil }
        guard let time = TimeOfDay(self[name].replacing(".", with: ":")) else { throw Misread(label, self[name]) }
        return time
    }
}

extension Language {
    /// A number as it is typed, to be typed over.
    func plain(_ number: Decimal) -> String {
        self == .norwegian ? number.description.replacing(".", with: ",") : number.description
    }
}

/// A field that could not be read: which, and what stood there.
struct Misread: Error, Sendable, Hashable {
    let text: Text

    init(_ label: Text, _ typed: String) {
        text = Text(
            "\(label.norwegian): «\(typed)» kan ikke leses.", "\(label.english): “\(typed)” cannot be read.")
    }
}
