/// A call that was queued (API.md 2.4). It can be asked for during 24 hours.
public struct BackgroundJob: Sendable, Equatable {
    public var id: String
    public var state: Listed<State>?
    /// Zero until the job is done, then the status the call itself would have had. `Finished` alone does not mean success.
    public var statusCode: Int
    public var errorMessage: String?
    public var location: String?
    public var etag: ETag?
    public var hasResponseContent: Bool

    public enum State: String, Sendable, Hashable {
        case started = "Started"
        case finished = "Finished"
        case failed = "Failed"
    }

    /// What came of a queued POST of a project transaction; nil while it runs. A clear refusal has its text in the job's content.
    public var outcome: PostOutcome? {
        switch statusCode {
        case 0:
            return state == .known(.failed) ? .unknown(reason: "job failed: \(errorMessage ?? "no reason")") : nil
        case 201:
            guard let number = location.flatMap({ LocationHeader.key($0, of: "projecttransaction") }) else {
                return .unknown(reason: "job 201 without Location")
            }
            return .created(CreatedTransaction(refNbr: number, etag: etag))
        case 400, 404, 409, 422:
            // The status is the ERP's own word here: no gateway stands between it and the job.
            let kind: Refusal.Kind = statusCode == 404 ? .notFound : statusCode == 409 ? .conflict : .validation
            return .refused(Refusal(status: statusCode, kind: kind, message: errorMessage))
        default:
            return .unknown(reason: "job status \(statusCode)")
        }
    }
}

/// What is known about a job id.
public enum BackgroundJobState: Sendable, Equatable {
    case job(BackgroundJob)
    /// 404: no such job.
    case missing
    /// 410: more than 24 hours old.
    case expired
}

extension BackgroundJob: RowDecodable {
    static let keyNames = ["id"]

    init(row: RowReader) throws(UnreadableField) {
        id = try row.key("id")
        state = try row.listed("status")
        statusCode = try row.optionalInteger("statusCode").flatMap { Int(exactly: $0) } ?? 0
        errorMessage = try row.optionalText("errorMessage")
        hasResponseContent = try row.optionalFlag("hasResponseContent") ?? false
        guard case .object(let headers)? = row.value["responseHeaders"]?.value else { return }
        for header in headers {
            guard case .string(let text) = header.value else { continue }
            if header.name.lowercased() == "location" { location = text }
            if header.name.lowercased() == "etag" { etag = ETag(text) }
        }
    }
}

extension VismaNetClient {
    /// How a queued call stands.
    public func backgroundJob(_ id: String) async throws(VismaNetError) -> BackgroundJobState {
        do {
            let found: Versioned<BackgroundJob>? = try await one(
                call("background job", path: ["v1", "background"], key: id))
            return found.map { .job($0.record) } ?? .missing
        } catch {
            guard case .refused(let refusal) = error.failure, refusal.status == 410 else { throw error }
            return .expired
        }
    }

    /// The ERP's text for people in the stored body of a job, for a job that was refused. Nil if there is none.
    public func backgroundJobMessage(_ id: String) async throws(VismaNetError) -> String? {
        let call = try call("background content", path: ["v1", "background"], key: id, then: ["content"])
        do {
            return try await read(call) { (answer) throws(BadAnswer) in ErrorText(answer.body)?.message }
        } catch {
            guard case .refused(let refusal) = error.failure, refusal.kind == .notFound else { throw error }
            return nil
        }
    }
}
