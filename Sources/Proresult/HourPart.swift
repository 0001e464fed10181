import Foundation

/// The hours of an entry that are paid alike.
public struct HourPart: Hashable, Sendable {
    public enum Part: String, Sendable, CaseIterable {
        case ordinary, overtime50, overtime100

        /// What the hourly wage is multiplied with: 1, 1.5 or 2.
        public var wageFactor: Decimal {
            switch self {
            case .ordinary: 1
            // From whole digits: a literal 1.5 would pass through a binary fraction.
            case .overtime50: Decimal(sign: .plus, exponent: -1, significand: 15)
            case .overtime100: 2
            }
        }
    }

    public let part: Part
    public let hours: Decimal
    public let billableHours: Decimal
    public var wageFactor: Decimal { part.wageFactor }

    public init(part: Part, hours: Decimal, billableHours: Decimal) {
        self.part = part
        self.hours = hours
        self.billableHours = billableHours
    }
}

extension HourEntry {
    /// The entry as up to three parts, without empty ones. Their hours add up to the total and their billable hours to
    /// the entry's; ordinary hours are billed first. A reversal gives the same parts with the sign turned.
    public var hourParts: [HourPart] {
        let sign: Decimal = total < 0 ? -1 : 1
        let hours: [(HourPart.Part, Decimal)] = [
            (.ordinary, total - overtime50 - overtime100), (.overtime50, overtime50), (.overtime100, overtime100),
        ]
        var unbilled = billableHours * sign
        return hours.filter { $0.1 != 0 }.map { part, hours in
            let billed = min(unbilled, hours * sign)
            unbilled -= billed
            return HourPart(part: part, hours: hours, billableHours: billed * sign)
        }
    }
}
