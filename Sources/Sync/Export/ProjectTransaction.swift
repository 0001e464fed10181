import Foundation
import Persistence

/// One document as it will stand in the ERP: one project, one period, one kind, at most 100 lines. Frozen as JSON
/// before it is sent and never changed afterwards.
public struct ProjectTransaction: Sendable, Hashable, Codable {
    /// Starts with the reference by which we find the document again.
    public var description: String
    public var project: String
    /// `YYYYPP`
    public var period: String
    public var lines: [Line]

    public init(description: String, project: String, period: String, lines: [Line]) {
        self.description = description
        self.project = project
        self.period = period
        self.lines = lines
    }

    public struct Line: Sendable, Hashable, Codable {
        public var date: CalendarDate
        public var employee: String
        public var item: String
        public var quantity: ExactDecimal
        /// Hours only.
        public var billableQuantity: ExactDecimal?
        public var rate: ExactDecimal
        public var task: String
        public var accountGroup: String
        public var debitAccount: String
        public var creditAccount: String
        public var debitSubaccount: String?
        public var creditSubaccount: String?
        /// Ends with the line's tag; holds no name of a person.
        public var description: String

        public init(
            date: CalendarDate, employee: String, item: String, quantity: Decimal, billableQuantity: Decimal?,
            rate: Decimal, task: String, accountGroup: String, debitAccount: String, creditAccount: String,
            debitSubaccount: String?, creditSubaccount: String?, description: String
        ) {
            self.date = date
            self.employee = employee
            self.item = item
            self.quantity = ExactDecimal(quantity)
            self.billableQuantity = billableQuantity.map(ExactDecimal.init)
            self.rate = ExactDecimal(rate)
            self.task = task
            self.accountGroup = accountGroup
            self.debitAccount = debitAccount
            self.creditAccount = creditAccount
            self.debitSubaccount = debitSubaccount
            self.creditSubaccount = creditSubaccount
            self.description = description
        }

        /// Quantity × rate, rounded to øre half away from zero: the only place where money is rounded.
        public var amount: Decimal { (quantity.value * rate.value).roundedToOre }
    }
}

/// A decimal whose JSON is text, so that no JSON library can pass it through a binary number.
public struct ExactDecimal: Sendable, Hashable, Codable {
    public let value: Decimal
    public init(_ value: Decimal) { self.value = value }

    public init(from decoder: any Decoder) throws {
        let text = try String(from: decoder)
        guard let value = Decimal(exact: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(text) is not a decimal"))
        }
        self.value = value
    }
    public func encode(to encoder: any Encoder) throws { try value.description.encode(to: encoder) }
}

extension Decimal {
    /// Two decimals, half away from zero (Norwegian book-keeping's rounding).
    public var roundedToOre: Decimal {
        var exact = self
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 2, .plain)
        return rounded
    }
}
