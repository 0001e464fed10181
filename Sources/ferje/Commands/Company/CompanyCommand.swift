import ArgumentParser

/// `ferje company …`
struct CompanyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "company", abstract: "Companies, their settings, jobs and connection.",
        subcommands: [
            CompanyCreate.self, CompanyList.self, CompanyCode.self, CompanySetUpSecret.self, CompanyImport.self,
            CompanyConnect.self, CompanyDisconnect.self, CompanyPause.self, CompanyResume.self, CompanyExport.self,
            CompanyMoveCommand.self, CompanyDelete.self,
            SettingCommand.self, JobCommand.self,
        ])
}
