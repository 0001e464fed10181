/// Norwegian organisation numbers: nine digits, the last one a MOD11 check digit.
enum OrganisationNumber {
    private static let weights = [3, 2, 7, 6, 5, 4, 3, 2]

    /// The first valid numbers after 310 000 00x, in order. Real companies have numbers that begin with 8 or 9.
    struct Series {
        private var next: Int

        init(start: Int) {
            next = 31_000_000 + start
        }

        mutating func take() -> String {
            while true {
                let digits = padded(next, 8)
                next += 1
                if let check = OrganisationNumber.checkDigit(of: digits) { return digits + String(check) }
            }
        }
    }

    /// Nil when the eight digits cannot be the start of any number (the check digit would be 10).
    static func checkDigit(of eightDigits: String) -> Int? {
        let digits = eightDigits.compactMap(\.wholeNumberValue)
        guard digits.count == weights.count else { return nil }
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let check = (11 - sum % 11) % 11
        return check == 10 ? nil : check
    }
}
