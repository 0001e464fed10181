import Foundation
import Testing
import VismaNetSandbox

struct FaultTests {
    private func rig(_ rules: FaultRule...) async throws -> Rig {
        let rig = try await Rig()
        rig.sandbox.setFaults(rules)
        return rig
    }

    private func isLost(_ rig: Rig) async throws -> Bool {
        do {
            _ = try await rig.post(Rig.document())
            return false
        } catch is SandboxConnectionLost {
            return true
        }
    }

    @Test(arguments: [
        (FaultKind.resetBeforeCommit, 0), (.resetAfterCommit, 1), (.timeoutBeforeCommit, 0), (.timeoutAfterCommit, 1),
        (.cutBody, 1),
    ])
    func lostConnectionLeavesTheLedgerAsItShould(kind: FaultKind, commits: Int) async throws {
        let rig = try await rig(.init(kind, method: "POST", nth: 1))
        #expect(try await isLost(rig))
        #expect(rig.sandbox.ledger().count == commits)
        #expect(rig.sandbox.requests().last?.fault == kind)
        #expect(try await isLost(rig) == false)
    }

    @Test func lateCommitHappensWhenTheClockHasPassed() async throws {
        let rig = try await rig(.init(.lateCommit, method: "POST", remaining: 1, seconds: 90))
        #expect(try await isLost(rig))
        rig.clock.advance(seconds: 89)
        #expect(rig.sandbox.ledger().isEmpty)
        rig.clock.advance(seconds: 1)
        #expect(rig.sandbox.ledger().map(\.time) == [Rig.start + 90_000])
        #expect(rig.sandbox.ledger().first?.request == 2)
    }

    /// Nobody may have called in between: what a lagging list hides goes by when a document was stored.
    @Test func lateCommitBearsItsOwnTimeWheneverItIsLookedAt() async throws {
        let rig = try await rig(.init(.lateCommit, method: "POST", remaining: 1, seconds: 90))
        #expect(try await isLost(rig))
        rig.clock.advance(seconds: 500)
        #expect(rig.sandbox.ledger().map(\.time) == [Rig.start + 90_000])
        let created = rig.sandbox.snapshot().companies.flatMap(\.documents).map(\.created)
        #expect(created == [Rig.start + 90_000])
    }

    @Test(arguments: [
        (nil as String?, "7" as String?), ("date", "Tue, 10 Mar 2026 09:00:07 GMT"), ("absurd", "999999999999"),
        ("none", nil as String?),
    ])
    func tooManyRequestsComesInFourForms(variant: String?, header: String?) async throws {
        let rig = try await rig(.init(.tooManyRequests, variant: variant, seconds: 7))
        let answer = try await rig.get("/v1/customer")
        #expect(answer.status == 429 && answer.header("Retry-After") == header)
    }

    @Test func tokenEndpointFaultSparesTheAPI() async throws {
        let rig = try await rig(.init(.tooManyTokenRequests))
        #expect(try await rig.get("/v1/customer").status == 200)
        #expect(try await rig.sandbox.respond(to: Rig.form([:])).status == 429)
    }

    @Test(arguments: [
        (FaultKind.serverErrorBeforeCommit, 500, 0), (.serverErrorAfterCommit, 500, 1), (.gatewayError, 503, 0),
        (.createdWithoutNumber, 201, 1), (.createdWithHTML, 201, 1), (.recordLocked, 500, 0),
        (.preconditionFails, 412, 0), (.periodCloses, 400, 0), (.projectCloses, 400, 0), (.tokenExpires, 401, 0),
        (.grantRevoked, 401, 0),
    ])
    func wrongAnswerLeavesTheLedgerAsItShould(kind: FaultKind, status: Int, commits: Int) async throws {
        let rig = try await rig(.init(kind, path: "ProjectTransaction"))
        let answer = try await rig.post(Rig.document())
        #expect(answer.status == status && answer.header("Location") == nil)
        #expect(rig.sandbox.ledger().count == commits)
    }

    @Test(arguments: [("succeeds", 201, 1), ("fails", 500, 0)])
    func unaskedJobEnds(variant: String, status: Int, commits: Int) async throws {
        let rig = try await rig(.init(.queuedUnasked, variant: variant, method: "POST"))
        let accepted = try await rig.post(Rig.document())
        #expect(accepted.status == 202)
        let id = try #require(try accepted.object()["id"] as? String)
        let state = try await rig.get("/v1/background/\(id)").object()
        #expect(state["status"] as? String == "Finished" && state["statusCode"] as? Int == status)
        #expect(rig.sandbox.ledger().count == commits)
    }

    @Test func vanishedJobIsNotFound() async throws {
        let rig = try await rig(.init(.queuedUnasked, variant: "vanishes", method: "POST"))
        let id = try await rig.post(Rig.document()).object()["id"] as? String ?? ""
        #expect(try await rig.get("/v1/background/\(id)").status == 404)
        #expect(rig.sandbox.ledger().isEmpty)
    }

    @Test func pageFaultsMislead() async throws {
        let second = "pageNumber=2&pageSize=2"
        #expect(
            try await rig(.init(.duplicatePage)).get("/v1/customer", second).column("number") == ["10001", "10002"])
        #expect(
            try await rig(.init(.cappedPageSize, size: 1)).get("/v1/customer", second).column("number") == ["10002"])
        #expect(try await rig(.init(.endlessPages)).get("/v1/customer", "pageNumber=9&pageSize=2").rows().count == 1)
        #expect(try await rig(.init(.emptyList)).get("/v1/customer", second).text == "[]")
        let lie = try await rig(.init(.totalLies, size: 99)).get("/v1/customer", second).rows().first
        #expect((lie?["metadata"] as? [String: Int])?["totalCount"] == 99)
        let order = try await rig(.init(.rowsOutOfOrder)).get("/v1/financialPeriod").column("period")
        #expect(order != order.sorted() && order.count == 12)
    }

    @Test(arguments: [("delete", ["10003"]), ("insert", ["10002", "10003"]), ("touch", ["10003"])])
    func rowsShiftBetweenPages(variant: String, secondPage: [String]) async throws {
        let rig = try await rig(.init(.pageDrift, variant: variant, nth: 1))
        _ = try await rig.get("/v1/customer", "pageNumber=1&pageSize=2")
        let expected = variant == "delete" ? [] : secondPage
        #expect(try await rig.get("/v1/customer", "pageNumber=2&pageSize=2").column("number") == expected)
        let delta = "lastModifiedDateTime=2026-03-01&lastModifiedDateTimeCondition=%3E"
        #expect(try await rig.get("/v1/customer", delta).rows().count == (variant == "delete" ? 0 : 1))
    }

    @Test func rowsThatSlipInHaveNumbersThatNoneHasHadAlsoWhenOneIsGone() async throws {
        let rig = try await rig(.init(.pageDrift, variant: "insert"))
        for gone in ["10003", "10001"] {
            _ = try await rig.get("/v1/customer", "pageNumber=1&pageSize=2")
            rig.sandbox.removeCustomer(gone, in: Rig.tenant)
        }
        let ids = try #require(rig.sandbox.records(Rig.tenant)).customers.map(\.internalID)
        #expect(ids.filter { $0 > 900_000_000 }.count == 2)
        #expect(Set(ids).count == ids.count)
    }

    @Test func listLagsBehindWrites() async throws {
        let rig = try await rig(.init(.listLagsWrites, method: "GET", seconds: 10))
        _ = try await rig.post(Rig.document())
        rig.clock.advance(seconds: 9)
        #expect(try await rig.get("/v1/projecttransaction", "fromPeriod=202601&toPeriod=202612").text == "[]")
        rig.clock.advance(seconds: 1)
        #expect(try await rig.get("/v1/projecttransaction", "fromPeriod=202601&toPeriod=202612").rows().count == 1)
    }

    @Test(arguments: [(nil as String?, "Timer"), ("case", "TIMER #7F3C")])
    func textsAreChangedOnTheWay(variant: String?, stored: String) async throws {
        let rig = try await rig(.init(.textChanged, variant: variant, size: 5))
        _ = try await rig.post(Rig.document())
        #expect(rig.sandbox.ledger().first?.document.description == stored)
    }

    @Test func everythingIsTouchedAtOnce() async throws {
        let rig = try await rig(.init(.everythingTouched, nth: 1))
        let delta = "lastModifiedDateTime=2026-03-10&lastModifiedDateTimeCondition=%3E%3D"
        #expect(try await rig.get("/v1/project", delta).rows().count == 6)
    }

    @Test func chanceFollowsTheSeed() async throws {
        func statuses() async throws -> [Int] {
            let rig = try await rig(.init(.gatewayError, percent: 50))
            var statuses: [Int] = []
            for _ in 0..<20 { statuses.append(try await rig.get("/v1/branch").status) }
            return statuses
        }
        let first = try await statuses()
        #expect(Set(first) == [200, 503])
        #expect(try await statuses() == first)
    }

    @Test func rulesCountTheirCalls() async throws {
        let every = try await rig(.init(.gatewayError, every: 2, status: 502))
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await every.get("/v1/branch").status) }
        #expect(statuses == [200, 502, 200, 502])
    }

    @Test func scriptIsReadFromAFile() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("faults-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#"[{"kind":"F10","path":"branch","status":504}]"#.utf8).write(to: file)
        let rig = try await Rig()
        try rig.sandbox.setFaults(script: file)
        #expect(try await rig.get("/v1/branch").status == 504)
        #expect(try await rig.get("/v1/customer").status == 200)
    }
}
