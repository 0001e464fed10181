import Foundation
import Persistence
import Proresult
import Sync

/// A value that the API writes, and how it is described.
protocol JSONWritable: Sendable {
    static var shape: Shape { get }
    var json: JSONValue { get }
}

/// A kind of record as the API shows it: each field with its name, its description and where it comes from. What is not
/// in the list does not go out.
struct Resource<Row: Sendable>: Sendable {
    struct Field: Sendable {
        let member: Shape.Member
        /// Wages, and the amounts that tell them: left out for others than those who keep the books.
        let tellsRate: Bool
        let read: @Sendable (Row, _ seesRates: Bool) -> JSONValue

        init<Value: JSONWritable>(
            _ name: String, _ about: String = "", tellsRate: Bool = false, _ read: @escaping @Sendable (Row) -> Value
        ) {
            member = Shape.Member(name, Value.shape, required: !tellsRate, about)
            self.tellsRate = tellsRate
            self.read = { row, _ in read(row).json }
        }

        init<Part>(
            _ name: String, _ about: String = "", each part: Resource<Part>,
            _ read: @escaping @Sendable (Row) -> [Part]
        ) {
            member = Shape.Member(name, .list(part.shape), required: true, about)
            tellsRate = false
            self.read = { row, seesRates in .list(read(row).map { part.value($0, seesRates: seesRates) }) }
        }
    }

    let name: String
    let fields: [Field]

    init(_ name: String, _ fields: [Field]) { (self.name, self.fields) = (name, fields) }

    var shape: Shape { .object(name: name, fields.map(\.member)) }

    func value(_ row: Row, seesRates: Bool) -> JSONValue {
        let shown = fields.filter { seesRates || !$0.tellsRate }
        return .object(Dictionary(shown.map { ($0.member.name, $0.read(row, seesRates)) }) { first, _ in first })
    }

    /// One page of a list.
    var pageShape: Shape {
        .object(
            name: "\(name)Page",
            [
                .needed("items", .list(shape)), .needed("page", .whole(1...Int(Int32.max))),
                .needed("pages", .whole(1...Int(Int32.max)), "The number of the last page."),
                .needed("total", .whole(0...Int(Int32.max)), "How many there are in all."),
            ])
    }
}

extension String: JSONWritable {
    static var shape: Shape { .text() }
    var json: JSONValue { .text(self) }
}

extension Bool: JSONWritable {
    static var shape: Shape { .truth }
    var json: JSONValue { .truth(self) }
}

extension Int: JSONWritable {
    static var shape: Shape { .whole(Int(Int32.min)...Int(Int32.max)) }
    var json: JSONValue { .whole(self) }
}

extension Decimal: JSONWritable {
    static var shape: Shape { .exact }
    var json: JSONValue { .text(description) }
}

extension CalendarDate: JSONWritable {
    static var shape: Shape { .date }
    var json: JSONValue { .text(description) }
}

extension TimeOfDay: JSONWritable {
    static var shape: Shape { .time }
    var json: JSONValue { .text(description) }
}

extension Timestamp: JSONWritable {
    static var shape: Shape { .instant }
    var json: JSONValue { .text(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))) }
}

extension Identifier: JSONWritable {
    static var shape: Shape { .text(longest: 100) }
    var json: JSONValue { .text(text) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    static var shape: Shape { .nullable(Wrapped.shape) }
    var json: JSONValue { self?.json ?? .null }
}

extension JSONWritable where Self: RawRepresentable & CaseIterable, RawValue == String {
    static var shape: Shape { .choice(allCases.map(\.rawValue)) }
    var json: JSONValue { .text(rawValue) }
}

extension Role: JSONWritable {}
extension ApprovalState: JSONWritable {}
extension WithdrawalState: JSONWritable {}
extension ProjectState: JSONWritable {}
extension ProjectKind: JSONWritable {}
extension BillingMode: JSONWritable {}
extension WorkTypeOrigin: JSONWritable {}
extension Delivery.Outcome: JSONWritable {}
extension JobName: JSONWritable {}
extension RunRow.Outcome: JSONWritable {}
extension BoardStanding: JSONWritable {}
