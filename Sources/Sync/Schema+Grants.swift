import Persistence

extension SyncSchema {
    /// When the grant of a company that does nothing is renewed; 0: at the next look.
    static let idleGrants = Migration(
        21, "idle grants", ["ALTER TABLE connection ADD COLUMN next_refresh_at BIGINT NOT NULL DEFAULT 0"])
}
