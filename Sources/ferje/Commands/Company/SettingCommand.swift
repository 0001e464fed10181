import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje company setting …`
struct SettingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setting", abstract: "The company's choices for the link and for registering.",
        subcommands: [List.self, Set.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows every setting and its value.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let values = try await installation.database.transaction(company: company.id) {
                    try CompanySetting.all(in: $0)
                }
                var table = Table([.left, .left, .left])
                for key in KnownSetting.all {
                    table.add([key.name, values[key.name] ?? "–", installation.console.text(key.title)])
                }
                installation.console.say(table)
                try installation.console.answer(["settings": values])
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets one setting; an empty value takes the choice back.")

        @Argument(help: "The setting's name.") var key: String
        @Argument(help: "The value.") var value: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                guard let known = KnownSetting.named(key) else {
                    throw Failure(.needsPerson, "unknownSetting", .unknownSetting(key))
                }
                let warnings = try await installation.database.transaction(company: company.id) { transaction in
                    do {
                        return try transaction.saveSettings(
                            [(known, value)], facts: ERPFacts.stored(in: transaction), by: Operator.name)
                    } catch let refused as SettingsRefused {
                        throw refused.problems[key].map { Failure(.needsPerson, "badSetting", $0) } ?? refused
                    }
                }
                for warning in warnings { installation.console.say(warning) }
                installation.console.say(.settingSet(key, value))
                try installation.console.answer([key: value])
            }
        }
    }
}
