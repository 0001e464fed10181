import Foundation
import Persistence

/// The texts that lists search and order by. They are made here and stored, since the databases do not agree on lower
/// case and alphabets: SQLite knows only ASCII, PostgreSQL what its locale knows.
enum ListKey {
    /// Index entries of PostgreSQL hold about 2,700 bytes.
    static let longest = 200

    /// What a search looks through: the parts in lower case, as one line.
    static func search(_ parts: String?...) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ").folded
    }

    /// Alphabetical the Norwegian way: æ, ø and å stand after z, in that order, whatever the database's locale thinks.
    static func name(_ text: String) -> String {
        if let plain = PlainText(text) { return plain.alphabetical }
        return String(
            text.folded.replacing("æ", with: "zza").replacing("ø", with: "zzb").replacing("å", with: "zzc")
                .prefix(longest))
    }

    /// Numbers by size: the first digits are filled up to twelve, so that 999 comes before 1000 and S2 before S10.
    static func number(_ text: String) -> String {
        if let plain = PlainText(text) { return plain.bySize }
        let text = text.folded
        let before = text.prefix { !$0.isASCIIDigit }
        let digits = text.dropFirst(before.count).prefix { $0.isASCIIDigit }
        let zeros = String(repeating: "0", count: max(0, 12 - digits.count))
        return digits.isEmpty ? text : String((before + zeros + text.dropFirst(before.count)).prefix(longest))
    }
}

extension String {
    /// Lower case, with letters and their marks as one character, as keyboards that differ write them.
    var folded: String {
        PlainText(self)?.folded ?? String(precomposedStringWithCanonicalMapping.lowercased().prefix(ListKey.longest))
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Customer {
    public static var listColumns: [String] { ["search_text", "sort_number", "sort_name", "sort_place"] }
    public var listValues: [SQLValue] {
        [
            ListKey.search(number, name, city).sqlValue, ListKey.number(number).sqlValue,
            ListKey.name(name).sqlValue, ListKey.name(city ?? "").sqlValue,
        ]
    }
}

extension Project {
    public static var listColumns: [String] { ["search_text", "sort_number", "sort_name"] }
    public var listValues: [SQLValue] {
        [
            ListKey.search(number, name, city).sqlValue, ListKey.number(number).sqlValue,
            ListKey.name(name).sqlValue,
        ]
    }
}

extension Item {
    public static var listColumns: [String] { ["search_text", "sort_number", "sort_name"] }
    public var listValues: [SQLValue] {
        [ListKey.search(number, name).sqlValue, ListKey.number(number).sqlValue, ListKey.name(name).sqlValue]
    }
}

extension Withdrawal {
    public static var listColumns: [String] { ["search_text"] }
    public var listValues: [SQLValue] { [ListKey.search(text, extraText).sqlValue] }
}

extension AppUser {
    public static var listColumns: [String] { ["search_text", "sort_name"] }
    public var listValues: [SQLValue] { [ListKey.search(name, username).sqlValue, ListKey.name(name).sqlValue] }
}

extension Worker {
    public static var listColumns: [String] { ["search_text", "sort_number", "sort_name"] }
    public var listValues: [SQLValue] {
        [
            ListKey.search(employeeNumber, name, username, vismaEmployeeNumber).sqlValue,
            ListKey.number(employeeNumber).sqlValue, ListKey.name(name).sqlValue,
        ]
    }
}
