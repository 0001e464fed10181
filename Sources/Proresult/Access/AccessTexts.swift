import Foundation
import Persistence

extension ProresultError {
    var wordsOfAccess: Words? {
        switch self {
        case .passwordTooShort(let least):
            (
                "The password must have at least \(least) characters. A few words in a row are fine.",
                "Passordet må ha minst \(least) tegn. Noen ord etter hverandre er fint."
            )
        case .passwordTooLong(let most):
            ("The password can have at most \(most) characters.", "Passordet kan ha høyst \(most) tegn.")
        case .passwordEasilyGuessed:
            (
                "This password is among the first that others would try. Use words that have nothing to do with you.",
                "Dette passordet er blant de første andre ville prøve. Bruk ord som ikke har noe med deg å gjøre."
            )
        case .passwordWrong:
            ("The password is wrong.", "Passordet er feil.")
        case .tooManyTries(let until):
            (
                "Too many wrong passwords. Try again at \(until.timeInNorway).",
                "For mange feil passord. Prøv igjen klokka \(until.timeInNorway)."
            )
        case .invitationVoid:
            (
                "This link has been used or is too old. Ask an administrator for a new one.",
                "Denne lenken er brukt eller for gammel. Be en administrator om en ny."
            )
        case .alreadySetUp:
            (
                "The company has an administrator already, who can invite others.",
                "Firmaet har alt en administrator, som kan invitere andre."
            )
        case .lastAdministrator:
            (
                "This is the last administrator. Make another one first.",
                "Dette er den siste administratoren. Lag en til først."
            )
        case .expiryOutOfRange(let most):
            (
                "An API key must expire later than now and within \(most) days.",
                "En API-nøkkel må utløpe fram i tid og innen \(most) dager."
            )
        default: nil
        }
    }
}

extension Timestamp {
    /// The time of day where people work, to the second.
    fileprivate var timeInNorway: String {
        var style = Date.VerbatimFormatStyle(
            format:
                "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
            timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
        style.timeZone = TimeZone(identifier: "Europe/Oslo") ?? .gmt
        return date.formatted(style)
    }
}
