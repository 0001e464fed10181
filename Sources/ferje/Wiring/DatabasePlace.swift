import Foundation
import Persistence

/// Where the rows are: a file in the data folder, or PostgreSQL.
enum DatabasePlace: Sendable {
    case sqlite(folder: URL)
    case postgres(url: String)

    init(_ configuration: Configuration) {
        self =
            if let url = configuration.databaseURL { .postgres(url: url) } else {
                .sqlite(folder: configuration.dataFolder)
            }
    }

    /// On PostgreSQL the server's own clock counts, so that all nodes agree.
    func open(clock: WallClock) throws -> any SQLDatabase {
        switch self {
        case .sqlite(let folder):
            try prepareFolder()
            return try SQLiteDatabase(path: Self.file(in: folder), clock: clock)
        case .postgres(let url):
            do {
                return try PostgresDatabase(url: url)
            } catch SQLError.storage(let why) {
                throw ConfigurationError(.databaseURL, why)
            }
        }
    }

    func prepareFolder() throws {
        guard case .sqlite(let folder) = self else { return }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ConfigurationError(.dataFolder, "\(folder.path) cannot be made")
        }
    }

    /// The database's file, for what is done to the file itself. PostgreSQL has its own tools for that.
    func demandFile() throws -> String {
        guard case .sqlite(let folder) = self else {
            throw Failure(.needsPerson, "databaseIsPostgres", .backupOfPostgres)
        }
        return Self.file(in: folder)
    }

    private static func file(in folder: URL) -> String { folder.appending(path: "ferje.sqlite").path }

    var isOneProcess: Bool {
        if case .sqlite = self { true } else { false }
    }
}
