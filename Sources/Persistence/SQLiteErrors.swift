import GRDB

extension SQLError {
    /// Sorts SQLite's result codes. Only its message is kept, which names columns but never values.
    init(_ error: DatabaseError) {
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            self = .constraint(Constraint(error.extendedResultCode), Self.constraintName(in: message))
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_INTERRUPT:
            self = .busy(message)
        case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN,
            .SQLITE_PERM, .SQLITE_PROTOCOL, .SQLITE_NOMEM, .SQLITE_NOLFS:
            self = .storage(message)
        default:
            self = .statement(error.sql.map { "\(message) in: \($0)" } ?? message)
        }
    }

    package static func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw SQLError(error)
        }
    }

    /// `UNIQUE constraint failed: worker.company_id, worker.number` → `worker.company_id, worker.number`.
    private static func constraintName(in message: String) -> String {
        guard let mark = message.firstRange(of: "failed: ") else { return message }
        return String(message[mark.upperBound...])
    }
}

extension SQLError.Constraint {
    fileprivate init(_ code: ResultCode) {
        switch code {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: self = .unique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .foreignKey
        case .SQLITE_CONSTRAINT_NOTNULL: self = .notNull
        default: self = .check
        }
    }
}
