/// The first error of a transaction's statements. A body that swallows an error must not commit the rest: PostgreSQL
/// has given the transaction up by then, and SQLite must not differ.
package struct FirstFailure {
    private var outcome: Result<Void, any Error> = .success(())

    /// Throws the failure, if there has been one.
    package func check() throws { try outcome.get() }

    mutating func keeping<Value>(_ work: () throws -> Value) throws -> Value {
        try check()
        do {
            return try work()
        } catch {
            outcome = .failure(error)
            throw error
        }
    }
}
