import Persistence

/// Opens what a bench is told to work on.
public enum BenchDatabase {
    /// Path of a SQLite file, or the address of a PostgreSQL database. There the server's own clock counts, as in use,
    /// unless another is given.
    public static func open(_ place: String, clock: WallClock? = nil) throws -> any SQLDatabase {
        place.hasPrefix("postgres:")
            ? try PostgresDatabase(url: place, clock: clock) : try SQLiteDatabase(path: place, clock: clock ?? .real)
    }
}
