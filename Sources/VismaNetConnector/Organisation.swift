import VismaNet

/// Which company a sign-in reaches: shown to people, and compared so that a connection never changes company unseen.
struct Organisation: Sendable, Hashable, CustomStringConvertible {
    var name: String
    /// The organisation number; it stays when the name changes.
    var number: String?

    /// `Rør og Tak AS (999888777)`
    var description: String { number.map { "\(name) (\($0))" } ?? name }

    /// Whether a stored description speaks of this company.
    func isSame(as stored: String) -> Bool {
        number.map { stored.hasSuffix("(\($0))") } ?? (stored == name)
    }
}

extension VismaNetClient {
    /// The organisation that the token reaches; of several the one with the lowest code, which is the company itself.
    func organisation() async throws -> Organisation {
        let found = try await organizations().rows.min { $0.code < $1.code }
        guard let found else {
            throw VismaNetError(
                call: VismaNetCall(operation: "organizations", method: "GET", path: "/v1/organization"),
                // A wrong company gives a successful empty list instead of an error (API.md 1.5).
                failure: .refused(Refusal(status: 401, kind: .unauthorized, message: "no organisation is shown")))
        }
        return Organisation(name: found.name?.trimmed ?? found.code, number: found.corporateID?.trimmed)
    }
}
