/// Which transactions to list. Both periods are mandatory (API.md 4.1).
public struct ProjectTransactionFilter: Sendable, Equatable {
    public var fromPeriod: PeriodID
    public var toPeriod: PeriodID
    /// Project code.
    public var project: String?
    public var createdSince: VismaDateTime?
    public var changedSince: VismaDateTime?
    public var expandNote: Bool

    public init(
        fromPeriod: PeriodID, toPeriod: PeriodID, project: String? = nil, createdSince: VismaDateTime? = nil,
        changedSince: VismaDateTime? = nil, expandNote: Bool = false
    ) {
        self.fromPeriod = fromPeriod
        self.toPeriod = toPeriod
        self.project = project
        self.createdSince = createdSince
        self.changedSince = changedSince
        self.expandNote = expandNote
    }

    var query: QueryItems {
        var query = QueryItems()
        query.add("fromPeriod", fromPeriod.text)
        query.add("toPeriod", toPeriod.text)
        query.add("project", project?.trimmed)
        query.add("createdDateTime", atOrAfter: createdSince)
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        if expandNote { query.add("expandNote", true) }
        return query
    }
}

extension VismaNetClient {
    private static let path = ["v1", "projecttransaction"]

    /// Documents of the periods. There is no filter on text: match references yourself.
    public func projectTransactions(
        _ filter: ProjectTransactionFilter, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<ProjectTransaction> {
        try await self.page("project transactions", Self.path, query: filter.query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func projectTransactionPages(
        _ filter: ProjectTransactionFilter, pageSize: Int = 500
    ) -> PageSequence<ProjectTransaction> {
        pages("project transactions", Self.path) { (page) async throws(VismaNetError) in
            try await projectTransactions(filter, page: page, pageSize: pageSize)
        }
    }

    /// One document with the version to guard a change with. Nil if there is none.
    public func projectTransaction(refNbr: String) async throws(VismaNetError) -> Versioned<ProjectTransaction>? {
        try await one(call("project transaction", path: Self.path, key: refNbr))
    }

    /// Sends a document **once** and says what is known afterwards. It never throws, and it is never repeated by itself.
    ///
    /// - Parameters:
    ///   - body: the frozen bytes, from ``ProjectTransactionDraft/body()``.
    ///   - background: queue it (`erp-api-background: none`, API.md 2.4) and get a job id.
    public func postProjectTransaction(_ body: [UInt8], background: Bool = false) async -> PostAnswer {
        do {
            var call = try call("create project transaction", "POST", path: Self.path)
            call.body = body
            call.headers = [Self.jsonContent]
            if background { call.headers.append(HTTPField("erp-api-background", "none")) }
            return await post(call)
        } catch {
            return PostAnswer(outcome: .notSent(error))
        }
    }

    private func post(_ call: OutgoingCall) async -> PostAnswer {
        do {
            switch try await send(call) {
            case .failure(let failure): return PostAnswer(outcome: PostOutcome(failure, call.name))
            case .success(let answer):
                let outcome = PostOutcome(
                    answer, resource: "projecttransaction", nowMilliseconds: surroundings.clock())
                return PostAnswer(
                    outcome: outcome, status: answer.status, requestID: answer.requestID,
                    bodyDigest: Digest.sha256(answer.body))
            }
        } catch {
            return PostAnswer(outcome: .notSent(error))
        }
    }

    /// Sends a document once, for callers that want an error instead of an outcome. `noAnswer` means: it may be stored.
    public func createProjectTransaction(
        _ draft: ProjectTransactionDraft
    ) async throws(VismaNetError) -> CreatedTransaction {
        let call = VismaNetCall(operation: "create project transaction", method: "POST", path: "/v1/projecttransaction")
        let answer = await postProjectTransaction(try draft.body())
        switch answer.outcome {
        case .created(let created): return created
        case .notSent(let error): throw error
        case .notApplied(let refusal), .refused(let refusal):
            throw VismaNetError(call: call, failure: .refused(refusal), requestID: answer.requestID)
        case .accepted(let jobID):
            throw VismaNetError(call: call, failure: .noAnswer("queued as job \(jobID)"), requestID: answer.requestID)
        case .unknown(let reason):
            throw VismaNetError(call: call, failure: .noAnswer(reason), requestID: answer.requestID)
        }
    }

    /// Changes an unreleased document, only if it still has that version; else `refused` with 412. Sent once.
    ///
    /// After `noAnswer` read the document again: the change may have been made. Returns the new version where told.
    public func updateProjectTransaction(
        refNbr: String, _ draft: ProjectTransactionDraft, ifMatch: ETag
    ) async throws(VismaNetError) -> ETag? {
        var call = try call("update project transaction", "PUT", path: Self.path, key: refNbr)
        call.body = try draft.body()
        call.headers = [Self.jsonContent, HTTPField("If-Match", ifMatch.header)]
        switch try await send(call) {
        case .failure(.notSent(let reason)): throw call.name.failed(.notSent(reason))
        case .failure(.noAnswer(let reason)): throw call.name.failed(.noAnswer(reason))
        case .failure(.bodyTooLarge): throw call.name.failed(.noAnswer("answer too large"))
        case .success(let answer):
            if answer.status == 204 || (answer.status == 200 && !answer.looksLikeHTML) {
                return answer.header("ETag").flatMap { ETag($0) }
            }
            if let refusal = Refusal(answer, nowMilliseconds: surroundings.clock()), refusal.isCertainForWrites {
                throw call.name.failed(.refused(refusal), answer)
            }
            throw call.name.failed(.noAnswer("status \(answer.status)"), answer)
        }
    }

    private static let jsonContent = HTTPField("Content-Type", "application/json; charset=utf-8")
}

extension Refusal {
    /// Whether nothing was written: from the gateway, by version, or in the ERP's own form.
    var isCertainForWrites: Bool { [401, 403, 412, 429].contains(status) || message != nil }
}
