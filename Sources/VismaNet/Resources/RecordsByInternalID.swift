/// Single records by the id that survives renumbering, for the resources whose lists show it.
extension VismaNetClient {
    /// One task. Nil if there is none.
    public func projectTask(internalID: Int64) async throws(VismaNetError) -> ProjectTask? {
        let call = try call("project task", path: ["v1", "projecttask"], key: String(internalID))
        let found: Versioned<ProjectTask>? = try await one(call)
        return found?.record
    }

    /// One item. Nil if there is none.
    public func inventoryItem(internalID: Int64) async throws(VismaNetError) -> InventoryItem? {
        let call = try call("inventory item", path: ["v1", "inventory", "internal"], key: String(internalID))
        let found: Versioned<InventoryItem>? = try await one(call)
        return found?.record
    }
}
