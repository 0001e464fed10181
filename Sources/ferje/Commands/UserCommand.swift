import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje user …`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people who may do things in a company.",
        subcommands: [Add.self, List.self, Disable.self, Enable.self, Invite.self, Password.self])

    struct Told: Encodable {
        var username: String
        var name: String
        var role: String
        var enabled: Bool

        init(_ user: AppUser) {
            (username, name, role, enabled) = (user.username, user.name, user.role.rawValue, user.isEnabled)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a user.")

        @Argument(help: "The user name.") var username: String
        @Argument(help: "The person's name.") var name: String
        @Option(help: "worker, leader, administrator or bookkeeper.") var role: Role
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let id = AppUserID(using: installation.surroundings.randomness)
                let user = try await installation.database.transaction(company: company.id) { transaction in
                    try transaction.makeUser(
                        AppUser(id: id, username: username, name: name, role: role), by: Operator.name)
                }
                installation.console.say(.userAdded(user.username))
                try installation.console.answer(Told(user))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the users.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let users = try await installation.database.transaction(company: company.id) {
                    try AppUser.all(in: $0)
                }
                let console = installation.console
                var table = Table([.left, .left, .left, .left])
                for user in users {
                    table.add([
                        user.username, user.name, user.role.rawValue,
                        user.isEnabled ? "" : console.text(.disabled),
                    ])
                }
                console.say(table)
                try console.answer(["users": users.map(Told.init)])
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shuts a user out.")

        @Argument(help: "The user name.") var username: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let user = try await installation.database.transaction(company: company.id) { transaction in
                    let user = try AppUser.named(username, in: transaction)
                    try transaction.setUser(user.id, enabled: false, by: Operator.name)
                    return try AppUser.get(user.id, in: transaction)
                }
                installation.console.say(.userDisabled(user.username))
                try installation.console.answer(Told(user))
            }
        }
    }
}

extension Role: ExpressibleByArgument {}
