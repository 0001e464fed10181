/// What a database refused, sorted by what happens next.
public enum SQLError: Error, Sendable, Hashable {
    /// The row breaks a rule of the schema; nothing was written. The name of the constraint or index where the
    /// database tells it, else its message.
    case constraint(Constraint, String)
    /// Somebody else holds the lock or the transaction must be run again: try later.
    case busy(String)
    /// The connection is gone and nothing was committed: try later.
    case connectionLost(String)
    /// COMMIT was sent and its answer was lost: the caller must read the row again before it does anything.
    case commitOutcomeUnknown(String)
    /// The disk is full, the file is read-only, the data are damaged: stop.
    case storage(String)
    /// A stored value or a column is not what the program expects: our bug.
    case unreadable(String)
    /// The text of the statement is wrong: our bug.
    case statement(String)
    /// The database was written by a newer program than this one: stop.
    case newerSchema(found: Int, known: Int)
    /// Another process has this SQLite file open: stop.
    case inUse(String)

    public enum Constraint: String, Sendable, Hashable {
        case unique, foreignKey, notNull, check
    }
}
