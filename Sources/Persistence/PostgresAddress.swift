import CLibpq

/// Where PostgreSQL is: `postgres://user:password@host/database` or `host=… dbname=…`. Keeps its password to itself.
struct PostgresAddress: Sendable {
    let text: String
    private let password: String?

    init(_ text: String) throws {
        guard let options = PQconninfoParse(text, nil) else {
            // libpq's own message repeats pieces of the text, and with them perhaps the password.
            throw SQLError.storage(
                "the address of PostgreSQL cannot be read: postgres://user@host/database or key=value pairs expected")
        }
        defer { PQconninfoFree(options) }
        var password: String?
        var option = options
        while let keyword = option.pointee.keyword {
            if String(cString: keyword) == "password" { password = option.pointee.val.map { String(cString: $0) } }
            option += 1
        }
        self.text = text
        self.password = password
    }

    /// A message of libpq on one line, without the password.
    func cleaned(_ message: String) -> String {
        let line = message.split(separator: "\n").joined(separator: " ")
        guard let password, !password.isEmpty else { return line }
        return line.replacing(password, with: "***")
    }
}
