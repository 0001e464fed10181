import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Persistence
import Proresult
import Sync

/// The life of companies for an operator's programs: what `ferje company` does, by the same code, on the operator's port.
public struct OperatorAPI: Sendable {
    static let root = "/api/v1/companies"
    /// Who did it, for the audit trail.
    static let person = "operator (API)"

    let door: OperatorDoor
    let database: any SQLDatabase
    let randomness: Randomness
    /// Where archives are made before they are sent.
    let folder: URL
    let logger: Logger

    public init(
        key: OperatorKey, database: any SQLDatabase, clock: WallClock, randomness: Randomness, folder: URL,
        logger: Logger
    ) {
        door = OperatorDoor(key: key, clock: clock, logger: logger)
        self.database = database
        self.randomness = randomness
        self.folder = folder
        self.logger = logger
    }

    /// One request that was let in.
    struct Call: Sendable {
        var company: CompanyID
        var bytes: ByteBuffer
        var type: String?

        func body(_ fields: Set<String>) throws -> OperatorBody {
            try OperatorBody(bytes, type: type, fields: fields)
        }
    }

    func addRoutes(to router: Router<OperatorContext>) {
        add(.get, "", to: router) { _ in try await list() }
        add(.post, "", to: router) { try await create($0.body(["name", "id"])) }
        add(.post, "/{id}/pause", to: router) { try await pause($0.company, $0.body(["reason"])) }
        add(.post, "/{id}/resume", to: router) { try await resume($0.company, $0.body([])) }
        add(.get, "/{id}/export", to: router) { try await export($0.company) }
        add(.post, "/{id}/delete", to: router) { try await delete($0.company, $0.body(["name", "keptElsewhere"])) }
    }

    private func add(
        _ method: HTTPRequest.Method, _ path: String, to router: Router<OperatorContext>,
        _ handle: @escaping @Sendable (Call) async throws -> Response
    ) {
        router.on(RouterPath(Self.root + path), method: method) { [self] request, context in
            do {
                try door.admit(request.headers[.authorization], from: context.address)
                let call = Call(
                    company: try Self.company(context.parameters.get("id")),
                    bytes: try await Self.bytes(of: request), type: request.headers[.contentType])
                return try await handle(call)
            } catch {
                return problem(error, request.uri.path).response
            }
        }
    }

    /// Nil where the address has none. What cannot be a company's id never gets to the database.
    private static func company(_ part: String?) throws -> CompanyID {
        let text = part?.removingPercentEncoding ?? ""
        guard part == nil || !text.isEmpty && text != "*" && !text.utf8.contains(0) else {
            throw ProresultError.notFound(.company, key: text)
        }
        return CompanyID(text)
    }

    private static func bytes(of request: Request) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: OperatorBody.largest)
        } catch is NIOTooManyBytesError {
            throw OperatorProblem(.contentTooLarge, "tooLarge", "At most \(OperatorBody.largest) bytes are taken.")
        }
    }

    /// A fault of ours is told by a number; the log has the rest.
    private func problem(_ error: any Error, _ path: String) -> OperatorProblem {
        if let known = OperatorProblem(error) { return known }
        var problem = OperatorProblem(.internalServerError, "unexpected", "Something went wrong. The log has more.")
        let reference = Identifier<OperatorAPI>(using: randomness).text
        problem.reference = reference
        logger.error(
            "a request of the operator failed",
            metadata: ["reference": "\(reference)", "path": "\(path)", "error": "\(error)"])
        return problem
    }

    // MARK: - What can be done

    private func list() async throws -> Response {
        let companies = try await database.readAcrossCompanies { try Company.all($0) }
        return OperatorJSON.object(["companies": .list(companies.map(Self.told))]).response()
    }

    private func create(_ body: OperatorBody) async throws -> Response {
        let (name, text, randomness) = (try body.needed("name"), try body.text("id"), randomness)
        let company = try await database.transactionAcrossCompanies { connection in
            try CompanyStart.make(
                name: name, id: text.map { CompanyID($0) } ?? CompanyID(using: randomness), in: connection)
        }
        return Self.told(company).response(.created)
    }

    private func pause(_ company: CompanyID, _ body: OperatorBody) async throws -> Response {
        // Without one the rule of pausing says that it is missing.
        let reason = try body.text("reason") ?? ""
        let working = try await database.transaction(company: company) { transaction in
            try CompanyRest.pause(because: reason, by: Self.person, in: transaction)
            return try transaction.jobsAtWork()
        }
        return OperatorJSON.object([
            "id": .text(company.text), "state": .text(CompanyStanding.paused.rawValue),
            "working": .list(working.map { .text($0.rawValue) }),
        ]).response()
    }

    private func resume(_ company: CompanyID, _ body: OperatorBody) async throws -> Response {
        let state = try await database.transaction(company: company) { transaction in
            try CompanyRest.resume(by: Self.person, in: transaction)
            return try transaction.companyState()
        }
        return OperatorJSON.object(["id": .text(company.text), "state": .text(state.rawValue)]).response()
    }

    private func delete(_ company: CompanyID, _ body: OperatorBody) async throws -> Response {
        try await CompanyDeletion(company: company, in: database, by: Self.person)
            .run(confirmedBy: body.needed("name"), keptElsewhere: body.truth("keptElsewhere"))
        logger.notice("a company was deleted", metadata: ["company": "\(company)", "by": "\(Self.person)"])
        return OperatorJSON.object(["deleted": .text(company.text)]).response()
    }

    /// The files of `ferje company export` in a tar. They are made whole before the first byte goes out, since nothing is
    /// awaited in the transaction that reads them.
    private func export(_ company: CompanyID) async throws -> Response {
        let scratch = try ArchiveFolder(in: folder)
        do {
            let files = scratch.url.appending(path: "files")
            _ = try await CompanyFiles(company: company, in: database).write(to: files)
            let archive = try TarArchive(of: files)
            logger.notice("a company is handed out", metadata: ["company": "\(company)", "by": "\(Self.person)"])
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/x-tar", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"company.tar\"",
                ],
                body: ResponseBody(contentLength: archive.size) { writer in
                    // Also when nobody listens to the end.
                    defer { scratch.remove() }
                    try await archive.write { try await writer.write(ByteBuffer(bytes: $0)) }
                    try await writer.finish(nil)
                })
        } catch {
            scratch.remove()
            throw error
        }
    }

    private static func told(_ company: Company) -> OperatorJSON {
        .object([
            "id": .text(company.id.text), "name": .text(company.name), "code": .text(company.code),
            "state": .text(company.state.rawValue),
        ])
    }
}

/// Keeps the other end's address within reach, for limits.
struct OperatorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
