import Persistence

/// Everything that the pages work with, made once by the executable.
public struct Office: Sendable {
    public var database: any SQLDatabase
}
