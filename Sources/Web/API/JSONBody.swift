import Foundation
import Persistence
import Proresult

/// What a program sent is not what the description of the route says. The field is named by its path, as `[3].total`.
struct BadField: Error, Sendable, Hashable {
    var field: String
    var text: Text
}

/// An object that came in, checked against its description: nothing that is not described, nothing missing, and every
/// value of its kind. Null is the same as nothing.
struct JSONBody: Sendable {
    private var values: [String: JSONNode.Value] = [:]
    private let path: String

    init(_ node: JSONNode, _ members: [Shape.Member], at path: String = "") throws(BadField) {
        self.path = path
        guard case .object(let given) = node.value else {
            throw BadField(field: path, text: Text("Her skal det stå et objekt.", "An object is expected here."))
        }
        for one in given {
            let place = path + (path.isEmpty ? "" : ".") + one.name
            guard let member = members.first(where: { $0.name == one.name }) else {
                throw BadField(field: place, text: .unknownField)
            }
            try member.shape.check(one.node, at: place)
            if one.node.value != .null { values[one.name] = one.node.value }
        }
        for member in members where member.isRequired && values[member.name] == nil {
            throw BadField(field: path + (path.isEmpty ? "" : ".") + member.name, text: .fieldMissing)
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    func decimal(_ name: String) -> Decimal? { values[name].flatMap(Decimal.init(json:)) }

    func whole(_ name: String) -> Int? {
        if case .number(let text)? = values[name] { Int(text) } else { nil }
    }

    func truth(_ name: String) -> Bool? {
        if case .truth(let truth)? = values[name] { truth } else { nil }
    }

    func date(_ name: String) -> CalendarDate? { text(name).flatMap { CalendarDate($0) } }
    func time(_ name: String) -> TimeOfDay? { text(name).flatMap { TimeOfDay($0) } }

    /// A value that the description says is there.
    func needed<Value>(_ name: String, _ read: (String) -> Value?) throws(BadField) -> Value {
        guard let value = read(name) else {
            throw BadField(field: path + (path.isEmpty ? "" : ".") + name, text: .fieldMissing)
        }
        return value
    }
}

extension Shape {
    fileprivate func check(_ node: JSONNode, at place: String) throws(BadField) {
        if case .nullable(let shape) = self {
            if node.value == .null { return }
            return try shape.check(node, at: place)
        }
        guard takes(node.value) else { throw BadField(field: place, text: .expected(self)) }
    }

    private func takes(_ value: JSONNode.Value) -> Bool {
        switch (self, value) {
        case (.text(let longest), .text(let text)): text.unicodeScalars.count <= longest
        case (.decimal, _): Decimal(json: value) != nil
        case (.whole(let range), .number(let text)): Int(text).map(range.contains) ?? false
        case (.truth, .truth): true
        case (.date, .text(let text)): CalendarDate(text) != nil
        case (.time, .text(let text)): TimeOfDay(text) != nil
        case (.choice(let words), .text(let text)): words.contains(text)
        default: false
        }
    }
}

extension Decimal {
    /// From a number or a text of digits. An exponent is taken where it is small; what no record of ours can be is not.
    fileprivate init?(json value: JSONNode.Value) {
        let found: Decimal?
        switch value {
        case .text(let text): found = text.hasPrefix("+") ? nil : Decimal(exact: text)
        case .number(let text): found = Decimal(number: text)
        default: return nil
        }
        guard let found, abs(found) < Decimal(Shape.largestDecimal) else { return nil }
        self = found
    }

    private init?(number text: String) {
        let halves = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let digits = halves.first, let significand = Decimal(exact: String(digits)) else { return nil }
        guard halves.count > 1 else {
            self = significand
            return
        }
        guard let exponent = Int(halves[1]), abs(exponent) <= 20 else { return nil }
        self = Decimal(sign: .plus, exponent: exponent, significand: significand)
    }
}

extension Text {
    static let unknownField = Text("Feltet finnes ikke.", "There is no such field.")
    static let fieldMissing = Text("Feltet mangler.", "The field is missing.")

    static func expected(_ shape: Shape) -> Text {
        switch shape {
        case .text(let longest):
            Text("En tekst på høyst \(longest) tegn ventes.", "A text of at most \(longest) characters is expected.")
        case .decimal, .exact:
            Text(
                "Et tall som 7.5 ventes, som tall eller tekst.", "A number such as 7.5 is expected, as number or text.")
        case .whole(let range):
            Text(
                "Et heltall fra \(range.lowerBound) til \(range.upperBound) ventes.",
                "A whole number from \(range.lowerBound) to \(range.upperBound) is expected.")
        case .truth: Text("true eller false ventes.", "true or false is expected.")
        case .date: Text("En dato som 2026-11-24 ventes.", "A date such as 2026-11-24 is expected.")
        case .time: Text("Et klokkeslett som 07:30 ventes.", "A time such as 07:30 is expected.")
        case .instant:
            Text(
                "Et tidspunkt som 2026-11-24T12:00:00Z ventes.", "An instant such as 2026-11-24T12:00:00Z is expected.")
        case .choice(let words):
            Text(
                "Ett av disse ventes: \(words.joined(separator: ", ")).",
                "One of these is expected: \(words.joined(separator: ", ")).")
        case .list: Text("En liste ventes.", "A list is expected.")
        case .object, .any: Text("Et objekt ventes.", "An object is expected.")
        case .nullable(let inner): expected(inner)
        }
    }
}
