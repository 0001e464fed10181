extension SQLError {
    /// Sorts PostgreSQL's five-letter codes. Never takes the DETAIL of an error, which repeats values.
    init(_ result: PostgresResult, statement: String) {
        let code = result.errorField("C") ?? ""
        let message = "\(result.errorField("M") ?? "no message") (\(code))"
        switch code {
        case "23505", "23P01": self = .constraint(.unique, result.constraintName ?? message)
        case "23503", "23001": self = .constraint(.foreignKey, result.constraintName ?? message)
        case "23502": self = .constraint(.notNull, result.columnName ?? message)
        case "23514": self = .constraint(.check, result.constraintName ?? message)
        case "40001", "40P01", "55P03", "57014": self = .busy(message)
        case "25006", "53100", "58030", "XX001", "XX002": self = .storage(message)
        case "25P03", "25P04": self = .connectionLost(message)
        case _ where code.hasPrefix("08") || code.hasPrefix("57P"): self = .connectionLost(message)
        case _ where code.hasPrefix("53"): self = .busy(message)
        // These messages quote the value that does not fit.
        case _ where code.hasPrefix("22"):
            self = .statement("a value does not fit its column (\(code)) in: \(statement)")
        default: self = .statement("\(message) in: \(statement)")
        }
    }
}

extension PostgresResult {
    fileprivate var constraintName: String? { errorField("n") }

    /// `worker.name`, in SQLite's form.
    fileprivate var columnName: String? {
        guard let table = errorField("t"), let column = errorField("c") else { return nil }
        return "\(table).\(column)"
    }
}
