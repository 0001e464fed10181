import Foundation
import Persistence
import Proresult

/// A person has looked in the ERP and says that the records which are missing in a list really are gone. Until a full
/// reading misses few of them again, that list marks records as gone however many they are: each still only when it was
/// missing twice and the ERP answers a direct read with "no such record".
public enum BrakeRelease {
    public enum Refused: Error, Sendable, Hashable {
        /// The list is not held back; a later reading may have found its records.
        case notHeldBack
        case reasonMissing
    }

    public static func release(
        _ resource: ImportResource, by person: String, because reason: String, in transaction: CompanyTransaction
    ) throws {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refused.reasonMissing }
        guard try TombstoneBrake.standing(in: transaction).contains(where: { $0.resource == resource }) else {
            throw Refused.notHeldBack
        }
        try transaction.execute(
            """
            INSERT INTO brake_release (company_id, resource, released_at)
            VALUES (\(transaction.company), \(resource), \(transaction.now()))
            """)
        // Only a whole reading sees what is missing.
        try ImportCursor.forget(resource, in: transaction)
        try transaction.audit(
            by: person, "marking as gone released", of: "import", resource.rawValue, because: reason)
    }

    static func stands(_ resource: ImportResource, in transaction: CompanyTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT released_at FROM brake_release
            WHERE company_id = \(transaction.company) AND resource = \(resource)
            """) != nil
    }

    static func end(_ resource: ImportResource, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            "DELETE FROM brake_release WHERE company_id = \(transaction.company) AND resource = \(resource)")
    }
}

extension SyncSchema {
    static let brakeRelease = Migration(
        40, "brake release",
        [
            """
            CREATE TABLE brake_release (
                company_id TEXT NOT NULL REFERENCES company (id),
                resource TEXT NOT NULL CHECK (resource IN ('customers', 'projects', 'tasks', 'items')),
                released_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, resource)
            )
            """
        ])
}
