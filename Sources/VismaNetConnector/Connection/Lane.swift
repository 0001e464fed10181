import Sync

/// What a call is made for. Each lane has its share of the hour's calls, so that none starves another.
enum Lane: String, Sendable, CaseIterable {
    /// Scheduled reading of customers, projects, tasks and items.
    case imports
    /// Scheduled sending: the facts it needs, the documents, and reading each back.
    case exports
    /// Looking for documents in doubt, and proving after a new token which organisation it reaches. The sign-in server
    /// itself is not counted here: the quota is the API's.
    case upkeep
    /// Whatever a person has started.
    case manual

    init(_ job: JobName, isBackground: Bool) {
        self = !isBackground ? .manual : job.isExport ? .exports : .imports
    }

    /// The lane of what proves and reconciles in a run of this one.
    var proving: Lane { self == .manual ? .manual : .upkeep }

    /// Per cent of the window.
    var share: Int {
        switch self {
        case .imports: 50
        case .exports: 30
        case .upkeep, .manual: 10
        }
    }

    /// Calls lent to this lane in the window that the row tells of.
    var column: String { "\(rawValue)_calls" }
}
