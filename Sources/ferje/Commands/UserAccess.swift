import ArgumentParser
import Foundation
import Persistence
import Proresult
import Sync

extension UserCommand {
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a user in again.")

        @Argument(help: "The user name.") var username: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let user = try await installation.database.transaction(company: company.id) { transaction in
                    let user = try AppUser.named(username, in: transaction)
                    try transaction.setUser(user.id, enabled: true, by: Operator.name)
                    return try AppUser.get(user.id, in: transaction)
                }
                installation.console.say(.userEnabled(user.username))
                try installation.console.answer(Told(user))
            }
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an address where a user chooses a password.")

        @Argument(help: "The user name.") var username: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let (company, user) = try await installation.user(username, of: companyOption)
                let token = try await installation.signInDesk.invite(
                    user.id, in: company.id, by: Operator.actor, at: installation.surroundings.clock.now)
                let link = "\(installation.configuration.web.origin)/invitasjon/\(token)"
                installation.console.say(.invitationLink(user.username))
                installation.console.say(link)
                try installation.console.answer(["username": user.username, "link": link])
            }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a user's password; it is asked for, or read as one line from the standard input.")

        @Argument(help: "The user name.") var username: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let (company, user) = try await installation.user(username, of: companyOption)
                try await installation.signInDesk.setPassword(
                    of: user.id, in: company.id, to: Self.ask(installation.console), by: Operator.actor, keeping: nil,
                    at: installation.surroundings.clock.now)
                installation.console.say(.passwordSet(user.username))
                try installation.console.answer(Told(user))
            }
        }

        /// Never an argument: those can be read by every user of the machine.
        private static func ask(_ console: Console) throws -> String {
            guard isatty(STDIN_FILENO) == 1 else {
                guard let line = readLine() else { throw Failure(.needsPerson, "passwordMissing", .passwordMissing) }
                return line
            }
            let typed = try [Text.newPassword, .newPasswordAgain].map { prompt in
                guard let line = getpass(console.text(prompt)) else {
                    throw Failure(.needsPerson, "passwordMissing", .passwordMissing)
                }
                return String(cString: line)
            }
            guard let password = typed.first, typed.last == password else {
                throw Failure(.needsPerson, "passwordsDiffer", .passwordsDiffer)
            }
            return password
        }
    }
}

extension Installation {
    fileprivate func user(_ username: String, of option: CompanyOption) async throws -> (Company, AppUser) {
        let company = try await company(option.company)
        return (company, try await database.read(company: company.id) { try AppUser.named(username, in: $0) })
    }
}

extension AppUser {
    static func named(_ username: String, in transaction: CompanyTransaction) throws -> AppUser {
        guard let user = try find(username: username, in: transaction) else {
            throw ProresultError.notFound(.user, key: username)
        }
        return user
    }
}

extension Operator {
    /// Whoever can give commands on the machine may do what an administrator may.
    static var actor: Actor { Actor(username: name, role: .administrator) }
}
