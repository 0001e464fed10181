/// A call queued by `erp-api-background` (API.md 2.4), or by F13 without being asked.
struct BackgroundJob: Sendable {
    var id: String
    var call: APICall
    var template: String
    var received: Int64
    var due: Int64
    var variant: String?
    var finished: Int64?
    var answer: SandboxAnswer?
}

extension SandboxState {
    private static let dayInMilliseconds: Int64 = 86_400_000

    /// The 202 in place of the answer, or nil when the call is to be done at once.
    mutating func queued(_ call: APICall, _ route: Route) throws -> SandboxAnswer? {
        let header = call.call.header("erp-api-background")
        let unasked = call.fault?.kind == .queuedUnasked
        guard header != nil || unasked, !route.template.hasPrefix("/v1/background") else { return nil }
        if let header, header != "none", !header.hasPrefix("subscription") {
            throw Refusal("The value of erp-api-background is not valid.")
        }
        let due = clockNow() + configuration.backgroundDuration
        let job = BackgroundJob(
            id: random.uuid(), call: call, template: route.template, received: clockNow(), due: due,
            variant: unasked ? call.fault?.variant : nil)
        jobs.append(job)
        var fields = Fields()
        fields.add("id", job.id)
        fields.add("stateLocation", "\(call.call.origin)/v1/background/\(job.id)")
        return .json(fields.json, status: 202)
    }

    mutating func runJobs(_ now: Int64) {
        jobs.removeAll { $0.variant == "vanishes" }
        for index in jobs.indices where jobs[index].answer == nil && jobs[index].due <= now {
            let job = jobs[index]
            moment = job.due
            jobs[index].finished = job.due
            jobs[index].answer = run(job)
        }
        moment = nil
    }

    private mutating func run(_ job: BackgroundJob) -> SandboxAnswer {
        if job.variant == "fails" { return .message("An error has occurred.", status: 500) }
        guard let route = Route.all.first(where: { $0.method == job.call.call.method && $0.template == job.template })
        else { return SandboxAnswer(status: 404) }
        do {
            return try route.action(&self, job.call)
        } catch let refusal as Refusal {
            return refusal.answer
        } catch {
            return .message("An error has occurred.", status: 500)
        }
    }

    private func job(_ call: APICall) throws -> BackgroundJob {
        guard let job = jobs.first(where: { $0.id == call.key().lowercased() }) else {
            throw Refusal("No such request.", status: 404)
        }
        guard job.call.tenantID == call.tenantID, job.call.clientID == call.clientID else {
            throw Refusal("The request belongs to another company or user.", status: 403)
        }
        return job
    }

    /// `Finished` does not mean success: `statusCode` tells.
    func backgroundState(_ call: APICall) throws -> SandboxAnswer {
        let job = try job(call)
        let hasContent = !(job.answer?.body.isEmpty ?? true)
        var fields = Fields()
        fields.add("id", job.id)
        fields.add("status", job.answer == nil ? "Started" : "Finished")
        fields.add("statusCode", job.answer?.status ?? 0)
        fields.add("receivedUtc", time(job.received))
        fields.add("startedUtc", time(job.received))
        fields.add("finishedUtc", job.finished.map(time))
        fields.add("webhookAddress", call.call.header("erp-api-background") ?? "none")
        fields.add("errorMessage", nil as String?)
        fields.add("reference", nil as String?)
        fields.add("originalUri", job.call.call.origin + job.call.call.path)
        fields.add("hasResponseContent", hasContent)
        fields.add("hasRequestContent", !job.call.call.body.isEmpty)
        fields.add("contentLocation", hasContent ? "\(call.call.origin)/v1/background/\(job.id)/content" : nil)
        if let location = job.answer?.header("Location") {
            fields.add("responseHeaders", .object([.init(name: "Location", value: .string(location))]))
        }
        return .json(fields.json)
    }

    /// The fields end in `Utc` and still carry the local offset (API.md 2.2).
    private func time(_ milliseconds: Int64) -> String {
        let shifted = milliseconds + configuration.wallClockOffset
        let hours = OsloTime.offsetSeconds(atMilliseconds: shifted) / 3600
        return OsloTime.text(shifted) + "+0\(hours):00"
    }

    func backgroundContent(_ call: APICall) throws -> SandboxAnswer {
        let job = try job(call)
        if clockNow() - job.received > SandboxState.dayInMilliseconds {
            throw Refusal("The content is removed.", status: 410)
        }
        guard let answer = job.answer, !answer.body.isEmpty else { throw Refusal("No content.", status: 404) }
        return SandboxAnswer(
            status: 200, headers: [.init("Content-Type", "application/json; charset=utf-8")], body: answer.body)
    }
}
