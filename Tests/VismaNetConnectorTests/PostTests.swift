import Foundation
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

struct PostTests {
    private let firm: Firm
    private let connector: VismaNetConnector

    init() throws {
        firm = try Firm()
        connector = try firm.connector()
    }

    private func document(
        _ description: String = "PRX-0123456789ABCDEFG timer", project: String = "P-1", period: String = "202603"
    ) throws -> Sync.ProjectTransaction {
        let day = try #require(CalendarDate("2026-03-12"))
        let rate = try #require(Decimal(exact: "420.5"))
        let hours = try #require(Decimal(exact: "7.5"))
        return Sync.ProjectTransaction(
            description: description, project: project, period: period,
            lines: [
                .init(
                    date: day, employee: "7", item: "TIMER", quantity: hours, billableQuantity: 6, rate: rate,
                    task: "10", accountGroup: "5", debitAccount: "5000", creditAccount: "5990",
                    debitSubaccount: "100000", creditSubaccount: nil, description: "Rørlegger [ABCDEFGH]"),
                .init(
                    date: day, employee: "8", item: "ROR-22", quantity: -2, billableQuantity: nil, rate: 189,
                    task: "10", accountGroup: "4", debitAccount: "4000", creditAccount: "1460", debitSubaccount: nil,
                    creditSubaccount: nil, description: "Retur [ABCDEFGJ]"),
            ])
    }

    private var stored: [StoredDocument] { firm.sandbox.snapshot().companies[0].documents }

    @Test func whatWasSentIsReadBack() async throws {
        let sent = try document()
        guard case .created(let number, let version) = await connector.post(sent, .plain) else {
            Issue.record("not created")
            return
        }
        let read = try #require(try await connector.document(number: number))
        #expect(read.description == sent.description)
        #expect(read.status == .balanced)
        #expect(read.version == version)
        #expect(DocumentFingerprint(read) == DocumentFingerprint(sent))
        #expect(read.lines.map(\.amount) == [Decimal(exact: "3153.75"), -378])
        let line = try #require(stored.first?.lines.first)
        #expect(line.billableQuantity == 6)
        #expect(line.period == "202603")
        #expect(line.debitSubaccount == "100000")
        #expect(stored.first?.module == "ModulePM")
    }

    @Test func amountAndUnitAreLeftToTheERP() async throws {
        _ = await connector.post(try document(), .plain)
        let body = try #require(firm.apiCalls.last?.body)
        #expect(!body.contains("amount"))
        #expect(!body.contains("uom"))
        #expect(body.contains("\"Insert\""))
    }

    @Test func documentsOfAProjectAndPeriodAreListed() async throws {
        for (text, project, period) in [("a", "P-1", "202603"), ("b", "P-1", "202603"), ("c", "P-1", "202604")] {
            guard case .created = await connector.post(try document(text, project: project, period: period), .plain)
            else {
                Issue.record("\(text) was not created")
                return
            }
        }
        let day = try #require(CalendarDate("2026-11-15"))
        let small = try firm.connector(pageSize: 1)
        #expect(
            try await small.documents(project: "P-1", period: "202603", createdFrom: day).map(\.description)
                == ["a", "b"])
        #expect(try await connector.documents(project: "P-2", period: "202603", createdFrom: day).isEmpty)
        var other = try document("d", project: "P-2", period: "202603")
        other.lines.removeLast()
        _ = await connector.post(other, .plain)
        #expect(
            try await small.documents(project: nil, period: "202603", createdFrom: nil).map(\.description)
                == ["a", "b", "d"])
        let tomorrow = try #require(CalendarDate("2026-11-17"))
        #expect(try await connector.documents(project: "P-1", period: "202603", createdFrom: tomorrow).isEmpty)
    }

    @Test(arguments: [
        FaultRule(.totalLies, path: "projecttransaction", size: 7),
        FaultRule(.duplicatePage, path: "projecttransaction"),
        FaultRule(.endlessPages, path: "projecttransaction"),
    ])
    func aListThatDoesNotHoldStillIsNoEvidence(fault: FaultRule) async throws {
        for text in ["a", "b"] { _ = await connector.post(try document(text), .plain) }
        firm.sandbox.setFaults([fault])
        let day = try #require(CalendarDate("2026-11-15"))
        let small = try firm.connector(pageSize: 1)
        let error = await #expect(throws: ERPError.self) {
            try await small.documents(project: "P-1", period: "202603", createdFrom: day)
        }
        #expect(error?.consequence == .tryLater(after: nil))
        #expect(error?.message.contains("did not hold still") == true)
    }

    @Test func aListThatHoldsStillTheSecondTimeCounts() async throws {
        for text in ["a", "b"] { _ = await connector.post(try document(text), .plain) }
        firm.sandbox.setFaults([FaultRule(.duplicatePage, path: "projecttransaction", remaining: 2)])
        let day = try #require(CalendarDate("2026-11-15"))
        let small = try firm.connector(pageSize: 1)
        #expect(try await small.documents(project: "P-1", period: "202603", createdFrom: day).count == 2)
    }

    @Test func missingDocumentIsNil() async throws {
        #expect(try await connector.document(number: "PM99999999") == nil)
    }

    @Test func refusalIsToldInTheERPsWords() async throws {
        let outcome = await connector.post(try document(project: "P-FERDIG"), .plain)
        guard case .refused(let words) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(words.contains("completed"))
        #expect(stored.isEmpty)
    }

    /// What each accident leaves us knowing, and what the ERP holds.
    @Test(arguments: [
        (FaultKind.resetBeforeCommit, 0), (.resetAfterCommit, 1), (.timeoutAfterCommit, 1),
        (.serverErrorBeforeCommit, 0), (.serverErrorAfterCommit, 1), (.gatewayError, 0), (.createdWithoutNumber, 1),
        (.createdWithHTML, 1), (.cutBody, 1),
    ])
    func nothingButAClearAnswerIsBelieved(fault: FaultKind, documents: Int) async throws {
        firm.sandbox.setFaults([FaultRule(fault, method: "POST", path: "projecttransaction")])
        let outcome = await connector.post(try document(), .plain)
        guard case .unknown = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(stored.count == documents)
        #expect(firm.apiCalls.filter { $0.method == "POST" }.count == 1)
    }

    @Test func aQueuedPostIsFollowedToItsDocument() async throws {
        firm.sandbox.setFaults([FaultRule(.queuedUnasked, method: "POST", path: "projecttransaction")])
        let outcome = await connector.post(try document(), .plain)
        guard case .accepted(let job) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await connector.queuedCall(job) == .created(number: stored.first?.refNbr ?? ""))
        #expect(try await connector.queuedCall("00000000-0000-0000-0000-000000000000") == .vanished)
    }

    @Test func lateCommitIsUnknownAndTurnsUpLater() async throws {
        firm.sandbox.setFaults([FaultRule(.lateCommit, method: "POST", path: "projecttransaction", seconds: 120)])
        let outcome = await connector.post(try document(), .plain)
        guard case .unknown = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let day = try #require(CalendarDate("2026-11-15"))
        #expect(try await connector.documents(project: "P-1", period: "202603", createdFrom: day).isEmpty)
        firm.clock.advance(by: .seconds(121))
        #expect(try await connector.documents(project: "P-1", period: "202603", createdFrom: day).count == 1)
    }

    @Test func numberInAnAnswerWithABadBodyIsReadBack() async throws {
        firm.sandbox.setFaults([FaultRule(.malformedJSON, method: "POST", path: "projecttransaction")])
        switch await connector.post(try document(), .plain) {
        case .created(let number, _): #expect(try await connector.document(number: number) != nil)
        case .unknown: #expect(stored.count == 1)
        case let other: Issue.record("\(other)")
        }
    }

    @Test func turnedAwayByTheQuotaIsNotApplied() async throws {
        firm.sandbox.setFaults([FaultRule(.tooManyRequests, method: "POST", path: "projecttransaction", seconds: 90)])
        guard case .notApplied(let error) = await connector.post(try document(), .plain) else {
            Issue.record("not turned away")
            return
        }
        #expect(error.consequence == .tryLater(after: .seconds(90)))
        #expect(stored.isEmpty)
    }

    @Test func tokenThatDiesAtThePostIsNotAppliedAndTheNextCallGetsANewOne() async throws {
        _ = try await connector.organisation()
        firm.sandbox.setFaults([FaultRule(.tokenExpires, method: "POST", path: "projecttransaction", nth: 1)])
        guard case .notApplied(let error) = await connector.post(try document(), .plain) else {
            Issue.record("not turned away")
            return
        }
        #expect(error.consequence == .tryLater(after: nil))
        guard case .created = await connector.post(try document(), .plain) else {
            Issue.record("not created")
            return
        }
        #expect(stored.count == 1)
        #expect(firm.tokenCalls.count == 2)
    }

    @Test func unreachableERPIsNotSent() async throws {
        let connector = try firm.connector(transport: DeadTransport())
        guard case .notSent(let error) = await connector.post(try document(), .plain) else {
            Issue.record("it was sent")
            return
        }
        #expect(error.consequence == .tryLater(after: nil))
    }
}

/// A network that proves it sent nothing.
struct DeadTransport: HTTPTransport {
    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        throw .notSent("connection refused")
    }
}
