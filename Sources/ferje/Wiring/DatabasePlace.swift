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
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw ConfigurationError(.dataFolder, "\(folder.path) cannot be made")
            }
            return try SQLiteDatabase(path: folder.appending(path: "ferje.sqlite").path, clock: clock)
        case .postgres(let url):
            do {
                return try PostgresDatabase(url: url)
            } catch SQLError.storage(let why) {
                throw ConfigurationError(.databaseURL, why)
            }
        }
    }

    var isOneProcess: Bool {
        if case .sqlite = self { true } else { false }
    }
}
