import Foundation
import Persistence

/// Notices that the database is older than what this installation has already done.
///
/// A counter stands in the database and in a small file beside it. It grows at every start and with every document, in
/// the transaction that marks the document as being sent; the file follows before the first byte leaves. So a database
/// that is behind the file has forgotten something. PostgreSQL also tells a failover or a recovery by its timeline.
public actor BootMark {
    /// Why the database cannot be trusted to know everything that was sent.
    public enum StepBack: String, Sendable, Hashable, CustomStringConvertible {
        case older = "the database is older than the mark beside it"
        case markLost = "the database has forgotten its mark"
        case fileLost = "the mark beside the database is missing or cannot be read"
        case otherInstallation = "the mark beside the database belongs to another database"
        case otherTimeline = "the database server took over from another or was recovered"

        public var description: String { rawValue }
    }

    /// Nil when the database knows everything that this installation has done.
    public nonisolated let stepBack: StepBack?
    private let file: BootMarkFile
    private let mark: String
    private var written: Int

    private init(file: BootMarkFile, content: BootMarkFile.Content, stepBack: StepBack?) {
        self.file = file
        self.stepBack = stepBack
        mark = content.mark
        written = content.counter
    }

    /// Compares database and file at the start of a process, after the migrations and before any export. After a step
    /// back the exports of all companies are shut in the same transaction. Throws `SQLError.storage` when the file
    /// cannot be written.
    public static func check(
        database: any SQLDatabase, file url: URL, randomness: Randomness
    ) async throws -> BootMark {
        let file = BootMarkFile(url: url)
        try file.prepareFolder()
        let beside = try file.read()
        let timeline = try await timeline(of: database)
        let fresh = Identifier<BootMark>(using: randomness).text
        let (content, stepBack) = try await database.transactionAcrossCompanies { connection in
            let row = try connection.first("SELECT mark, counter, timeline FROM installation WHERE one = 1")
            let stepBack = try judge(row, beside: beside, timeline: timeline)
            if let stepBack { try ExportShutter.shut(because: stepBack.rawValue, by: "start", in: connection) }
            let mark = if case .content(let known) = beside { known } else { BootMarkFile.Content(fresh, 0) }
            let kept = try connection.first(
                """
                INSERT INTO installation (one, mark, counter, timeline)
                VALUES (1, \(mark.mark), \(mark.counter + 1), \(timeline))
                ON CONFLICT (one) DO UPDATE SET timeline = excluded.timeline, counter = CASE
                    WHEN installation.counter >= excluded.counter THEN installation.counter + 1
                    ELSE excluded.counter END
                RETURNING mark, counter
                """)
            guard let kept else { throw SQLError.unreadable("the installation's mark cannot be read back") }
            return (BootMarkFile.Content(try kept.get("mark"), try kept.get("counter")), stepBack)
        }
        try file.write(content)
        return BootMark(file: file, content: content, stepBack: stepBack)
    }

    /// Writes beside the database how far it has come. Must have returned before the first byte of a document leaves.
    func reached(_ counter: Int) throws {
        guard counter > written else { return }
        // Another process may share the file.
        if case .content(let known) = try file.read(), known.mark == mark, known.counter >= counter { return }
        try file.write(BootMarkFile.Content(mark, counter))
        written = counter
    }

    private static func judge(_ row: SQLRow?, beside: BootMarkFile.Reading, timeline: String?) throws -> StepBack? {
        guard let row else { return beside == .none ? nil : .markLost }
        let known: String? = try row.get("timeline")
        let sameTimeline = known.flatMap { known in timeline.map { $0 == known } }
        switch beside {
        case .content(let content):
            if try content.mark != row.get("mark", as: String.self) {
                // Beside a PostgreSQL that goes on as it was, a file of another database says nothing.
                if sameTimeline == nil { return .otherInstallation }
            } else if try row.get("counter", as: Int.self) < content.counter {
                return .older
            }
        case .none:
            // Nor does it matter that a new node has no file yet.
            if sameTimeline == nil { return .fileLost }
        case .garbled:
            return .fileLost
        }
        return sameTimeline == false ? .otherTimeline : nil
    }

    /// PostgreSQL's system and timeline; nil on SQLite, and where the server does not tell.
    private static func timeline(of database: any SQLDatabase) async throws -> String? {
        do {
            return try await database.transactionAcrossCompanies { connection in
                try connection.first(
                    """
                    SELECT CAST(cluster.system_identifier AS TEXT) || '/' || CAST(last.timeline_id AS TEXT) AS timeline
                    FROM pg_control_system() cluster, pg_control_checkpoint() last
                    """
                )?.get("timeline")
            }
        } catch let error as SQLError {
            switch error {
            case .busy, .connectionLost: throw error
            default: return nil
            }
        }
    }
}

extension CompanyTransaction {
    /// Counts one more document; nil in a database that was never checked at a start.
    func raiseBootCounter() throws -> Int? {
        try first("UPDATE installation SET counter = counter + 1 WHERE one = 1 RETURNING counter")?.get("counter")
    }
}
