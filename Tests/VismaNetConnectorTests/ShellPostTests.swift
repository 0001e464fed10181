import Foundation
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// The harder mode in Visma.net's words.
struct ShellPostTests {
    private let firm: Firm
    private let connector: VismaNetConnector

    init() throws {
        firm = try Firm { ($0.acceptsEmptyDocuments, $0.listsEmptyDocuments) = (true, true) }
        connector = try firm.connector()
    }

    private func document(project: String = "P-1") throws -> Sync.ProjectTransaction {
        let day = try #require(CalendarDate("2026-03-12"))
        return Sync.ProjectTransaction(
            description: "PRX-0123456789ABCDEFG timer", project: project, period: "202603",
            lines: [
                .init(
                    date: day, employee: "7", item: "TIMER", quantity: 7, billableQuantity: 6, rate: 420,
                    task: "10", accountGroup: "5", debitAccount: "5000", creditAccount: "5990",
                    debitSubaccount: "100000", creditSubaccount: nil, description: "Rørlegger [ABCDEFGH]")
            ])
    }

    private func shell() async throws -> (number: String, version: String) {
        guard case .created(let number, let version?) = await connector.post(try document(), .shell) else {
            throw NotCreated()
        }
        return (number, version)
    }

    private struct NotCreated: Error {}

    @Test func theShellIsEmptyAndTheFillingIsWhatWasSent() async throws {
        let sent = try document()
        let (number, version) = try await shell()
        let empty = try #require(try await connector.document(number: number))
        #expect(empty.status == .hold && empty.lines.isEmpty && empty.description == sent.description)
        #expect(await connector.fill(sent, number: number, version: version) == .done)
        let filled = try #require(try await connector.document(number: number))
        #expect(filled.status == .balanced)
        #expect(DocumentFingerprint(filled) == DocumentFingerprint(sent))
    }

    @Test func theSecondFillingIsStale() async throws {
        let (number, version) = try await shell()
        #expect(await connector.fill(try document(), number: number, version: version) == .done)
        #expect(await connector.fill(try document(), number: number, version: version) == .stale)
        #expect(try await connector.document(number: number)?.lines.count == 1)
    }

    @Test func aBarredShellTakesNoLines() async throws {
        let (number, version) = try await shell()
        guard
            case .refused(let why) = await connector.fill(
                try document(project: "P-FERDIG"), number: number, version: version)
        else {
            Issue.record("not refused")
            return
        }
        #expect(!why.isEmpty)
        #expect(await connector.describe("kan slettes", number: number, version: version) == .done)
        #expect(await connector.fill(try document(), number: number, version: version) == .stale)
        #expect(try await connector.document(number: number)?.lines.isEmpty == true)
    }

    @Test(arguments: [
        (FaultKind.resetBeforeCommit, false), (.resetAfterCommit, true), (.serverErrorAfterCommit, true),
        (.gatewayError, false),
    ])
    func aFillingWithoutAClearAnswerIsUnknown(fault: FaultKind, isFilled: Bool) async throws {
        let (number, version) = try await shell()
        firm.sandbox.setFaults([FaultRule(fault, method: "PUT", nth: 1)])
        guard case .unknown = await connector.fill(try document(), number: number, version: version) else {
            Issue.record("not unknown")
            return
        }
        #expect(try await connector.document(number: number)?.lines.isEmpty == !isFilled)
    }

    @Test func aFillingThatIsTurnedAwayIsNotApplied() async throws {
        let (number, version) = try await shell()
        firm.sandbox.setFaults([FaultRule(.tooManyRequests, method: "PUT", nth: 1, seconds: 30)])
        guard case .notApplied(let error) = await connector.fill(try document(), number: number, version: version)
        else {
            Issue.record("applied")
            return
        }
        #expect(error.consequence == .tryLater(after: .seconds(30)))
        #expect(await connector.fill(try document(), number: number, version: version) == .done)
    }

    @Test func aDocumentThatIsGoneOrLockedSaysNothingAboutItsLines() async throws {
        guard case .unknown = await connector.fill(try document(), number: "PM99999999", version: "AAAAAAAAAAA=") else {
            Issue.record("not unknown")
            return
        }
    }
}
