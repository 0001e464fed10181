/// A JSON value that keeps what Foundation's types lose: the exact text of numbers and the order of members.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The number's own text, checked against the grammar; never passed through binary floating point.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable, Sendable {
        var name: String
        var value: JSONValue

        init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name; of doubled names the last, as most readers do. Nil also for values that are not objects.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }
}
