/// What a transaction says first, as statements that the server keeps.
enum PostgresOpening: String, CaseIterable {
    case writing, reading, ofOneCompany, ofAll

    /// Its name in a session.
    var name: String { "begin_\(rawValue)" }

    var text: String {
        switch self {
        case .writing: "BEGIN ISOLATION LEVEL READ COMMITTED"
        // All statements of a reading see one state of the database, as on SQLite.
        case .reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .ofOneCompany: "SELECT \(Self.time) AS now, \(Self.setting)"
        // What looks over all companies is the same whichever is found: a plan for its values is the general plan.
        case .ofAll:
            "SELECT \(Self.time) AS now, \(Self.setting), set_config('plan_cache_mode', 'force_generic_plan', true)"
        }
    }

    /// The setting that policies of rows ask for ends with the transaction; without one no row can be seen.
    private static let setting = "set_config('\(PostgresRowSecurity.setting)', $1, true)"

    /// Milliseconds since 1970 by the server's clock.
    static let time = "CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)"
}
