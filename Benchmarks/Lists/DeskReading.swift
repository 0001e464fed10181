import Persistence
import Sync

/// Every reading of a page of the accounting link, as the pages do it.
enum DeskReading: String, CaseIterable {
    case readyBoard, readyBoardOfHours, dashboard, supervision, documents, runs

    func read(in transaction: CompanyTransaction) throws {
        switch self {
        case .readyBoard:
            let since = try transaction.now() - Board.sentStays
            _ = try Board.read(sentSince: since, in: transaction).page(BoardFilter(), number: 1)
        case .readyBoardOfHours:
            let since = try transaction.now() - Board.sentStays
            _ = try Board.read(.hours, sentSince: since, in: transaction).page(BoardFilter(), number: 1)
        case .dashboard: _ = try Dashboard.read(in: transaction)
        case .supervision: _ = try Supervision.read(in: transaction)
        case .documents: _ = try DocumentList().page(1, in: transaction)
        case .runs: _ = try RunLog.page(number: 1, in: transaction)
        }
    }
}
