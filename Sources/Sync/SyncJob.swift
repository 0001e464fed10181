import Persistence

/// The five jobs of a company, in the order in which they build on each other.
public enum JobName: String, SQLConvertible, CaseIterable, Codable {
    case customers, projects, items, hours, withdrawals

    public var isExport: Bool { self == .hours || self == .withdrawals }
}

public enum SyncRunKey {}
public typealias SyncRunID = Identifier<SyncRunKey>

/// The claim on a job was taken over by somebody else while this one was busy or paused: stop at once, write nothing.
public struct LeaseLost: Error, Sendable, Hashable {
    public init() {}
}
