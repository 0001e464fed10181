import ArgumentParser
import Persistence
import Proresult

/// `ferje key …`
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The keys by which programs use a company's API.",
        subcommands: [Create.self, List.self, Revoke.self])

    private struct Told: Encodable {
        var id: String
        var name: String
        var role: String
        var expiresAt: String
        var lastUsedAt: String?
        var revokedAt: String?
        /// Only where it was made.
        var key: String?

        init(_ key: ProgramKey, text: String? = nil) {
            (id, name, role, expiresAt) = (key.id.text, key.name, key.role.rawValue, key.expiresAt.utc)
            (lastUsedAt, revokedAt, self.key) = (key.lastUsedAt?.utc, key.revokedAt?.utc, text)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a key and shows it, once.")

        @Argument(help: "The program's name. A new key of the same name goes on where the old one stopped.")
        var name: String
        @Option(help: "leader, bookkeeper or administrator.") var role: Role
        @Option(help: "How many days it is good for, at most 366.") var days = 365
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let randomness = installation.surroundings.randomness
                let days = min(max(days, 0), ProgramKey.longestLifeDays + 1)
                let (text, key) = try await installation.database.transaction(company: company.id) { transaction in
                    let now = try transaction.now()
                    return try ProgramKey.create(
                        name: name, role: role, expiresAt: now + .seconds(days * 86_400), maker: nil,
                        by: Operator.actor, at: now, randomness: randomness, in: transaction)
                }
                installation.console.say(.keyMade(key.name, until: key.expiresAt.shown))
                installation.console.say(text)
                try installation.console.answer(Told(key, text: text))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the keys, also those that are over.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let (keys, now) = try await installation.database.transaction(company: company.id) {
                    (try ProgramKey.all(in: $0), try $0.now())
                }
                let console = installation.console
                var table = Table([.left, .left, .left, .left, .left])
                for key in keys {
                    let isOver = key.revokedAt != nil || key.expiresAt <= now
                    table.add([
                        key.id.text, key.name, key.role.rawValue, key.expiresAt.shown,
                        isOver ? console.text(.keyOver) : key.lastUsedAt?.shown ?? "",
                    ])
                }
                console.say(table)
                try console.answer(["keys": keys.map { Told($0) }])
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key at once.")

        @Argument(help: "The key's id, as `ferje key list` shows it.") var id: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let key = try await installation.database.transaction(company: company.id) { transaction in
                    let id = ProgramKeyID(id)
                    try ProgramKey.revoke(id, at: transaction.now(), in: transaction)
                    return try ProgramKey.get(id, in: transaction)
                }
                installation.console.say(.keyRevoked(key.name))
                try installation.console.answer(Told(key))
            }
        }
    }
}
