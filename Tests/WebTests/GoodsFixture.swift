import Foundation
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

extension WebBench {
    static let kari = WorkerID("firma-kari")

    /// Connected, with lists, and with what withdrawals need on their way.
    func connectForGoods() async throws {
        try await connectAndImport()
        try await write { transaction in
            for (key, value) in [
                (SyncSettings.Key.withdrawalsDebitAccount, "4000"), (.withdrawalsCreditAccount, "5990"),
                (.withdrawalsAccountGroup, "4"), (.withdrawalsTask, "10"), (.withdrawalsItemNumber, "ROR-22"),
            ] { try CompanySetting.set(key.rawValue, value, in: transaction) }
            _ = try Worker.link(Self.kari, vismaEmployeeNumber: "7", in: transaction)
        }
    }

    func project(_ number: String = "P-1") async throws -> Project {
        try #require(try await read { try Project.find(number: number, in: $0) })
    }

    func item(_ number: String = "ROR-22") async throws -> Item {
        try #require(try await read { try Item.find(number: number, in: $0) })
    }

    func withdrawals() async throws -> [Withdrawal] {
        let project = try await project().id
        return try await read { try Withdrawal.of(project, in: $0) }
    }

    /// Takes out as the office does, without a page.
    @discardableResult
    func takeOut(
        _ quantity: Decimal = 10, id: String = "w1", by worker: WorkerID = Self.kari, text: String? = nil,
        invoicedAs reference: String? = nil
    ) async throws -> Withdrawal {
        let (project, item, now) = (try await project().id, try await item().id, clock.now)
        let today = try #require(CalendarDate(inNorwayAt: now))
        return try await write { transaction in
            let draft = WithdrawalDraft(
                workerID: worker, projectID: project, itemID: text == nil ? item : nil, text: text, date: today,
                quantity: quantity)
            let line = try Withdrawal.register(
                draft, id: WithdrawalID(id), by: Actor(username: "leader", role: .leader), today: today, at: now,
                in: transaction)
            if let reference {
                try Withdrawal.markInvoiced([line.id], run: "r", reference: reference, at: now, in: transaction)
            }
            return try Withdrawal.get(line.id, in: transaction)
        }
    }

    /// The name that a form on the page has.
    func formName(_ page: Browser.Page) throws -> String {
        String(try #require(page.html.firstMatch(of: #/name="skjema" value="([^"]+)"/#), "\(page.text)").1)
    }
}

extension Browser.Page {
    /// What stands in the last field of the name.
    func value(of name: String) throws -> String {
        let fields = html.matches(of: #/<input[^>]*>/#).map(\.output).filter { $0.contains("name=\"\(name)\"") }
        let value = try #require(fields.last?.firstMatch(of: #/value="([^"]*)"/#), "no field \(name)").1
        return String(value)
    }
}
