import Persistence

/// Records that another system hands over under a number of its own. The same number says the same record, however
/// often it comes: a delivery that got no answer is simply made again.
public enum Delivery {
    public enum Outcome: String, Sendable, CaseIterable {
        case created, changed, unchanged
    }

    public static let longestID = 200

    /// What a caller's number of a record is stored as, once no other delivery of the same caller is under way: the second
    /// finds what the first has written.
    static func begin(
        _ externalID: String, of record: RecordKind, from caller: String, in transaction: CompanyTransaction
    ) throws -> String {
        let reference = reference(try externalID.usableExternalID(record), from: caller)
        try transaction.execute(
            "UPDATE program_key SET id = id WHERE company_id = \(transaction.company) AND name = \(caller)")
        return reference
    }

    /// What a caller's number is stored as. Callers are told apart by the name of their key, so that a new key of the
    /// same name goes on where the old one stopped; the digest keeps one name from being the beginning of another.
    public static func reference(_ externalID: String, from caller: String) -> String {
        prefix(of: caller) + externalID
    }

    /// The caller's own number of a record; nil when somebody else brought it.
    public static func externalID(_ reference: String?, of caller: String) -> String? {
        let prefix = prefix(of: caller)
        guard let reference, reference.hasPrefix(prefix) else { return nil }
        return String(reference.dropFirst(prefix.count))
    }

    private static func prefix(of caller: String) -> String {
        "api:\(AccessSecret.digest(of: caller).prefix(16)):"
    }
}

extension String {
    /// A caller's own number: something, and short enough for an index.
    func usableExternalID(_ record: RecordKind) throws -> String {
        let text = try usable(record, "externalID", .required)
        guard text.utf8.count <= Delivery.longestID else {
            throw ProresultError.unusableText(record, field: "externalID")
        }
        return text
    }
}
