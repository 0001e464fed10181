import Persistence

extension SyncSchema {
    /// How many calls of the window in `erp_gate` each lane has been lent.
    static let gateShares = Migration(
        4, "gate shares",
        ["imports", "exports", "upkeep", "manual"].map { lane in
            "ALTER TABLE erp_gate ADD COLUMN \(lane)_calls BIGINT NOT NULL DEFAULT 0"
        })
}
