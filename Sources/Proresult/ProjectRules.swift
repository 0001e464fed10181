import Persistence

extension Project {
    /// Makes a project; an empty number becomes the next free one.
    @discardableResult
    public static func create(_ project: Project, in transaction: CompanyTransaction) throws -> Project {
        var project = project
        if project.number.isEmpty { project.number = try nextNumber(column: "number", in: transaction) }
        project = try project.checked(in: transaction)
        try insert([project], in: transaction)
        return project
    }

    /// Everything but the state may change here, the number too while the new one is free.
    @discardableResult
    public static func update(_ project: Project, in transaction: CompanyTransaction) throws -> Project {
        let stored = try lock(project.id, in: transaction)
        var project = try project.checked(in: transaction)
        project.state = stored.state
        try update([project], in: transaction)
        return project
    }

    @discardableResult
    public static func close(
        _ id: ProjectID, by who: ClosedBy, name: String, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> Project {
        var project = try lock(id, in: transaction)
        try project.close(by: who, name: name, at: now)
        try update([project], in: transaction)
        return project
    }

    @discardableResult
    public static func reopen(
        _ id: ProjectID, by who: ClosedBy, name: String, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> Project {
        var project = try lock(id, in: transaction)
        try project.reopen(by: who, name: name, at: now)
        try update([project], in: transaction)
        return project
    }

    /// The step itself, for an import that writes many at once. Refused when the project is closed already.
    public mutating func close(by who: ClosedBy, name: String, at now: Timestamp) throws {
        guard state == .active else { throw ProresultError.projectClosed(number: number) }
        state = .closed
        (closedAt, closedBy, closedByName) = (now, who, name)
        (reopenedAt, reopenedBy, reopenedByName) = (nil, nil, nil)
    }

    /// Keeps who had closed it, so that the page can tell the whole story. Refused when the project is open.
    public mutating func reopen(by who: ClosedBy, name: String, at now: Timestamp) throws {
        guard state == .closed else { throw ProresultError.projectNotClosed(number: number) }
        state = .active
        (reopenedAt, reopenedBy, reopenedByName) = (now, who, name)
    }

    private func checked(in transaction: CompanyTransaction) throws -> Project {
        var project = self
        project.number = try number.usable(Self.kind, "number", .required)
        project.name = try name.usable(Self.kind, "name", .required)
        project.address = try address.usable(Self.kind, "address")
        project.postalCode = try postalCode.usable(Self.kind, "postalCode")
        project.city = try city.usable(Self.kind, "city")
        if let other = try Self.find(number: project.number, in: transaction), other.id != id {
            throw ProresultError.taken(Self.kind, field: "number", value: project.number, holder: other.name)
        }
        if let customerID { _ = try Customer.get(customerID, in: transaction) }
        if let managerWorkerID { _ = try Worker.get(managerWorkerID, in: transaction) }
        try refuseCircle(in: transaction)
        return project
    }

    /// Walks up from the parent; meeting this project, or any project twice, is a circle.
    private func refuseCircle(in transaction: CompanyTransaction) throws {
        var met: Set<ProjectID> = [id]
        var next = parentProjectID
        while let parent = next {
            guard met.insert(parent).inserted else { throw ProresultError.projectUnderItself(number: number) }
            next = try Self.get(parent, in: transaction).parentProjectID
        }
    }
}

extension Project {
    /// By number; closed ones only when asked for.
    public static func all(includingClosed: Bool = false, in transaction: CompanyTransaction) throws -> [Project] {
        try rows(
            """
            SELECT \(raw: columnList) FROM project WHERE company_id = \(transaction.company)
            AND (state = 'active' OR \(includingClosed ? "yes" : "no") = 'yes') ORDER BY number, id
            """, in: transaction)
    }

    /// The sub-projects right below a project, by number.
    public static func children(of id: ProjectID, in transaction: CompanyTransaction) throws -> [Project] {
        try rows(
            """
            SELECT \(raw: columnList) FROM project
            WHERE company_id = \(transaction.company) AND parent_project_id = \(id) ORDER BY number, id
            """, in: transaction)
    }
}
