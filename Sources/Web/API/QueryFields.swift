import Foundation
import Persistence
import Proresult

/// What stands behind the `?` of an API address, checked against its description. A name that is not described is
/// refused: a misspelt filter would otherwise show everything.
struct QueryFields: Sendable {
    private let fields: Fields

    init(_ fields: Fields, _ members: [Shape.Member]) throws(BadField) {
        for (name, value) in fields.pairs {
            guard let member = members.first(where: { $0.name == name }) else {
                throw BadField(field: name, text: .unknownField)
            }
            guard member.shape.takes(word: value) else { throw BadField(field: name, text: .expected(member.shape)) }
            guard member.shape.isList || fields.all(name).count == 1 else {
                throw BadField(field: name, text: Text("Feltet står to ganger.", "The field stands twice."))
            }
        }
        for member in members where member.isRequired && !fields.has(member.name) {
            throw BadField(field: member.name, text: .fieldMissing)
        }
        self.fields = fields
    }

    func text(_ name: String) -> String? { fields.has(name) ? fields[name] : nil }
    func all(_ name: String) -> [String] { fields.all(name) }
    func truth(_ name: String) -> Bool { fields[name] == "true" }
    func date(_ name: String) -> CalendarDate? { CalendarDate(fields[name]) }

    /// The day that the description says is there.
    func neededDate(_ name: String) throws(BadField) -> CalendarDate {
        guard let date = date(name) else { throw BadField(field: name, text: .fieldMissing) }
        return date
    }

    var page: PageRequest { PageRequest(number: Int(fields["page"]) ?? 1, size: Int(fields["size"]) ?? 100) }

    static let paging: [Shape.Member] = [
        Shape.Member("page", .whole(1...1_000_000), "The first is 1. A page behind the last is empty."),
        Shape.Member("size", .whole(1...500), "Records on a page; 100 when left out."),
    ]
    static let search = Shape.Member("search", .text(longest: 200), "Words that number, name and the like must have.")
}

extension Shape {
    fileprivate var isList: Bool { if case .list = self { true } else { false } }

    fileprivate func takes(word: String) -> Bool {
        switch self {
        case .text(let longest): word.unicodeScalars.count <= longest && !word.utf8.contains(0)
        case .whole(let range): Int(word).map(range.contains) ?? false
        case .truth: word == "true" || word == "false"
        case .date: CalendarDate(word) != nil
        case .choice(let words): words.contains(word)
        case .list(let shape, _): shape.takes(word: word)
        case .instant: Timestamp(iso8601: word) != nil
        default: false
        }
    }
}

extension Timestamp {
    /// As the API writes instants.
    init?(iso8601 text: String) {
        let forms = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
        guard text.utf8.count <= 40, let date = forms.lazy.compactMap({ try? Date(text, strategy: $0) }).first else {
            return nil
        }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard abs(milliseconds) < 1e15 else { return nil }
        self.init(milliseconds: Int64(milliseconds))
    }
}
