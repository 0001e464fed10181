/// An account group of projects (API.md 3.6). Its type is not in the API.
public struct ProjectAccountGroup: Sendable, Equatable {
    /// A short code such as `5`.
    public var id: String
    public var description: String?
    public var isActive: Bool?
}

extension ProjectAccountGroup: RowDecodable {
    static let keyNames = ["accountGroupId"]

    init(row: RowReader) throws(UnreadableField) {
        id = try row.key("accountGroupId")
        description = try row.optionalText("description")
        isActive = try row.optionalFlag("active")
    }
}

extension VismaNetClient {
    /// Account groups. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func projectAccountGroups(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<ProjectAccountGroup> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page(
            "project account groups", ["v1", "projectaccountgroup"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func projectAccountGroupPages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<ProjectAccountGroup> {
        pages("project account groups", ["v1", "projectaccountgroup"]) { (number) async throws(VismaNetError) in
            try await projectAccountGroups(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }

    /// One account group. Nil if there is none.
    public func projectAccountGroup(id: String) async throws(VismaNetError) -> ProjectAccountGroup? {
        let call = try call("project account group", path: ["v1", "projectaccountgroup"], key: id)
        let found: Versioned<ProjectAccountGroup>? = try await one(call)
        return found?.record
    }
}
