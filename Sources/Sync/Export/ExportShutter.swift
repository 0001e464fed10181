import Foundation
import Persistence

/// Keeps a company's exports shut while the database may be older than what was sent from it: until the ERP has been
/// read and every document there is known again, or a person opens them.
public struct ExportShutter: Sendable, Hashable {
    public enum Refused: Error, Sendable, Hashable {
        case notShut
        case reasonMissing
    }

    public let shutAt: Timestamp
    public let because: String
    /// When the newest document that was known at the shutting was made: what the ERP holds from before is known.
    public let knownUntil: Timestamp

    init(_ row: SQLRow) throws {
        shutAt = try row.get("shut_at")
        because = try row.get("because")
        knownUntil = try row.get("known_until")
    }

    /// Shuts the exports of every company and lets their export jobs look at the ERP as soon as they can. For the start
    /// after a step back, and for the command that restores a backup; with `only` one company's, that came from another
    /// database. Tells how many companies that were.
    @discardableResult
    public static func shut(
        only company: CompanyID? = nil, because reason: String, by actor: String, in connection: any SQLConnection
    ) throws -> Int {
        let now = try connection.now()
        let companies =
            try company.map { [$0] }
            ?? connection.query("SELECT id FROM company ORDER BY id").map { try $0.get("id", as: CompanyID.self) }
        for company in companies {
            // Shut once more before it was opened: what was unknown then is unknown still.
            try connection.execute(
                """
                INSERT INTO export_shutter (company_id, shut_at, because, known_until)
                SELECT id, CAST(\(now) AS BIGINT), CAST(\(reason) AS TEXT), coalesce(
                    (SELECT max(created_at) FROM export_document WHERE export_document.company_id = company.id),
                    created_at)
                FROM company WHERE id = \(company)
                ON CONFLICT (company_id) DO UPDATE SET shut_at = excluded.shut_at, because = excluded.because,
                    opened_at = NULL,
                    known_until = CASE
                        WHEN export_shutter.opened_at IS NULL AND export_shutter.known_until < excluded.known_until
                        THEN export_shutter.known_until ELSE excluded.known_until END
                """)
            try connection.execute(
                """
                UPDATE job SET next_run_at = \(now)
                WHERE company_id = \(company) AND name IN ('hours', 'withdrawals') AND enabled_at IS NOT NULL
                """)
            try CompanyTransaction(company: company, connection: connection)
                .audit(by: actor, "exports shut", of: "exports", company.text, because: reason)
        }
        return companies.count
    }

    /// Opens a company's exports: a person answers for what the ERP holds and nobody here knows.
    public static func open(by person: String, because reason: String, in transaction: CompanyTransaction) throws {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refused.reasonMissing }
        let opened = try transaction.execute(
            """
            UPDATE export_shutter SET opened_at = \(transaction.now())
            WHERE company_id = \(transaction.company) AND opened_at IS NULL
            """)
        guard opened == 1 else { throw Refused.notShut }
        try transaction.audit(
            by: person, "exports opened", of: "exports", transaction.company.text, because: reason)
    }

    /// What a run says that must not send.
    var error: ERPError {
        ERPError(.askPerson, "exports are shut: \(because)", request: "exports", fault: .exportsShut)
    }

    /// Nil while the exports are open.
    public static func standing(in transaction: CompanyTransaction) throws -> ExportShutter? {
        try transaction.first(
            """
            SELECT shut_at, because, known_until FROM export_shutter
            WHERE company_id = \(transaction.company) AND opened_at IS NULL
            """
        ).map(ExportShutter.init)
    }
}
