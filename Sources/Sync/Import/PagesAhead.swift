/// The pages of one reading, some of them asked for while the one before is written. They are handed out in their order,
/// and an answer that failed counts when its turn comes.
///
/// A page that does not exist costs a call of the hour's, so only that is asked for which follows for sure, which the list's
/// own total or the reading before promises, and one guess for every eight pages that were full.
struct PagesAhead<Record: ImportedRecord> {
    typealias Answer = (number: Int, page: Result<ERPPage<Record.Row>, any Error>)
    typealias Asked = ThrowingTaskGroup<Answer, any Error>

    private let record: Record
    private let connector: any ERPConnector
    private let start: ERPTime?
    private let most: Int
    /// Pages of the reading before.
    private let expected: Int
    private let fullForOneGuess = 8
    private var current = 0
    private var asked = 0
    private var arrived: [Int: Result<ERPPage<Record.Row>, any Error>] = [:]

    init(of record: Record, from connector: any ERPConnector, since start: ERPTime?, most: Int, expected: Int = 0) {
        self.record = record
        self.connector = connector
        self.start = start
        self.most = most
        self.expected = expected
    }

    /// The next page, which is now in hand.
    mutating func next(_ group: inout Asked) async throws -> ERPPage<Record.Row> {
        current += 1
        ask(&group, upTo: current)
        while true {
            if let page = arrived.removeValue(forKey: current) { return try page.get() }
            guard let answer = try await group.next() else { throw CancellationError() }
            arrived[answer.number] = answer.page
        }
    }

    /// Asks for what follows the page in hand, as far as it is known to.
    mutating func askAhead(_ group: inout Asked, after page: ERPPage<Record.Row>) {
        let size = page.rows.count + page.unreadable.count
        let untold = expected > 0 ? expected : current + 1 + current / fullForOneGuess
        let last = page.total.map { size > 0 ? ($0 + size - 1) / size : 0 } ?? untold
        ask(&group, upTo: min(max(current + 1, last), current + most - 1))
    }

    private mutating func ask(_ group: inout Asked, upTo last: Int) {
        while asked < last {
            asked += 1
            let (record, connector) = (record, connector)
            let request = ERPPageRequest(changedSince: start, number: asked)
            group.addTask {
                do {
                    return (request.number, .success(try await record.page(request, from: connector)))
                } catch {
                    return (request.number, .failure(error))
                }
            }
        }
    }
}
