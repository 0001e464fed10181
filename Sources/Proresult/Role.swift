import Persistence

/// What a person may do. Access to pages is the web's matter; the rules here ask only where the record itself does.
public enum Role: String, SQLConvertible, CaseIterable {
    case worker, leader, administrator, bookkeeper
}

/// Who does something: the user name that is written down, and the role that the rules ask for.
public struct Actor: Sendable, Hashable {
    public let username: String
    public let role: Role

    public init(username: String, role: Role) {
        self.username = username
        self.role = role
    }
}
