import Persistence

/// A contractor. Everything else belongs to one of these.
public struct Company: Hashable, Sendable {
    public let id: CompanyID
    public var name: String
    /// The *bedrifts-id* that people sign in with: short, in lower case, one's own.
    public var code: String
    public let createdAt: Timestamp
    /// Whether anything is done for it, and who comes in.
    public var state: CompanyStanding

    public init(id: CompanyID, name: String, code: String, createdAt: Timestamp, state: CompanyStanding = .active) {
        self.id = id
        self.name = name
        self.code = code
        self.createdAt = createdAt
        self.state = state
    }

    /// Whether a person or program means it: by id, code in any case, or name.
    public func isCalled(_ text: String) -> Bool { id.text == text || code == text.lowercased() || name == text }

    init(row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        code = try row.get("code")
        createdAt = try row.get("created_at")
        state = try row.get("state")
    }
}

/// Companies stand above the transactions of one company, so these take the bare connection.
extension Company {
    @discardableResult
    public static func create(
        name: String, id: CompanyID, at now: Timestamp, in connection: any SQLConnection
    ) throws -> Company {
        let name = try name.usable(.company, "name", .required)
        guard !id.text.isEmpty else { throw ProresultError.required(.company, field: "id") }
        // PostgreSQL's policies know the star as all companies.
        guard id.text != "*", !id.text.utf8.contains(0) else {
            throw ProresultError.unusableText(.company, field: "id")
        }
        if let holder = try find(id, in: connection) {
            throw ProresultError.taken(.company, field: "id", value: id.text, holder: holder.name)
        }
        let company = Company(id: id, name: name, code: try freeCode(for: name, in: connection), createdAt: now)
        try connection.execute(
            """
            INSERT INTO company (id, name, code, created_at) VALUES (\(id), \(name), \(company.code), \(now))
            """)
        return company
    }

    public static func find(_ id: CompanyID, in connection: any SQLConnection) throws -> Company? {
        try connection.first("SELECT id, name, code, created_at, state FROM company WHERE id = \(id)")
            .map(Company.init(row:))
    }

    /// Nil also while nobody may come in.
    static func findOpen(_ id: CompanyID, in connection: any SQLConnection) throws -> Company? {
        try find(id, in: connection).flatMap { $0.state.isOpen ? $0 : nil }
    }

    public static func all(_ connection: any SQLConnection) throws -> [Company] {
        try connection.query("SELECT id, name, code, created_at, state FROM company ORDER BY name, id")
            .map(Company.init(row:))
    }

    /// The company that a person means by its id, code (in any case) or name; with nothing given the only one there
    /// is. Nil when none fits, or a name fits several.
    public static func meant(by text: String?, in connection: any SQLConnection) throws -> Company? {
        guard let text = try text.usable(.company, "id") else {
            let some = try connection.query("SELECT id, name, code, created_at, state FROM company ORDER BY id LIMIT 2")
            return some.count == 1 ? try some.first.map(Company.init(row:)) : nil
        }
        let found = try connection.query(
            """
            SELECT id, name, code, created_at, state FROM company
            WHERE id = \(text) OR code = \(text.lowercased()) OR name = \(text) ORDER BY id
            """
        ).map(Company.init(row:))
        if let exact = found.first(where: { $0.id.text == text }) { return exact }
        if let coded = found.first(where: { $0.code == text.lowercased() }) { return coded }
        return found.count == 1 ? found.first : nil
    }
}

extension Company {
    /// Gives the company another code. Refuses one that another company has.
    public static func setCode(_ code: String, of id: CompanyID, in connection: any SQLConnection) throws {
        let code = Self.code(from: try code.usable(.company, "code", .required))
        guard !code.isEmpty else { throw ProresultError.unusableText(.company, field: "code") }
        if let holder = try meant(by: code, in: connection), holder.id != id, holder.code == code {
            throw ProresultError.taken(.company, field: "code", value: code, holder: holder.name)
        }
        guard try connection.execute("UPDATE company SET code = \(code) WHERE id = \(id)") == 1 else {
            throw ProresultError.notFound(.company, key: id.text)
        }
    }

    /// The first word of the name, with a number behind it where another company has that.
    private static func freeCode(for name: String, in connection: any SQLConnection) throws -> String {
        let words = name.split(separator: " ").map { code(from: String($0)) }
        let stem = words.first { !$0.isEmpty } ?? "firma"
        let taken = try connection.query("SELECT code FROM company ORDER BY code").map {
            try $0.get("code", as: String.self)
        }
        guard taken.contains(stem) else { return stem }
        return "\(stem)\((2...taken.count + 2).first { !taken.contains("\(stem)\($0)") } ?? taken.count + 2)"
    }

    /// The letters a–z and digits of a text: what people can type on any keyboard.
    private static func code(from text: String) -> String {
        let spelled = text.lowercased().replacing("æ", with: "ae").replacing("ø", with: "o").replacing("å", with: "a")
        return String(spelled.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }.prefix(30))
    }
}
