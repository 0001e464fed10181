import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

/// What is written in every column comes back from it: a property in the wrong place of `values` fails here.
@Suite struct RecordTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyColumnOfACustomerComesBack(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            var customer = Customer(
                id: CustomerID("k1"), number: "n", name: "nm", address: "a", postalCode: "pc", city: "ci",
                deliveryAddress: "da", deliveryPostalCode: "dpc", deliveryCity: "dc",
                inactiveAt: Timestamp(milliseconds: 1), erpID: "e", erpNumber: "en", erpModifiedAt: "em",
                erpMissingPasses: 2, erpDeletedAt: Timestamp(milliseconds: 3))
            try await comesBack(customer, shore)
            customer.city = nil
            try await isUpdated(customer, shore)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyColumnOfAProjectComesBack(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let customer = Customer(id: CustomerID("k1"), number: "n", name: "nm")
            try await comesBack(customer, shore)
            var project = Project(
                id: ProjectID("p2"), number: "n", name: "nm", address: "a", postalCode: "pc", city: "ci",
                startDate: shore.today, customerID: customer.id, managerWorkerID: shore.kari.id,
                parentProjectID: shore.project.id, kind: .absence, billingMode: .internal, state: .closed,
                closedAt: Timestamp(milliseconds: 1), closedBy: .user, closedByName: "cn",
                reopenedAt: Timestamp(milliseconds: 2), reopenedBy: .visma, reopenedByName: "rn", erpID: "e",
                erpNumber: "en", erpModifiedAt: "em", erpState: .suspended, erpCustomerNumber: "ec",
                erpManagerNumber: "emn", erpMissingPasses: 3, erpDeletedAt: Timestamp(milliseconds: 4))
            try await comesBack(project, shore)
            project.name = "nytt"
            try await isUpdated(project, shore)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyColumnOfPeopleWorkTypesAndItemsComesBack(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await comesBack(
                Worker(
                    id: WorkerID("w2"), employeeNumber: "e", username: "u", name: "n", email: "m", phone: "p",
                    role: .leader, inactiveAt: Timestamp(milliseconds: 1), vismaEmployeeNumber: "v"), shore)
            try await comesBack(
                AppUser(
                    id: AppUserID("u1"), username: "u", name: "n", role: .bookkeeper, language: .english,
                    disabledAt: Timestamp(milliseconds: 1)), shore)
            try await comesBack(
                WorkType(id: WorkTypeID("wt"), number: "1", name: "n", inactiveAt: Timestamp(milliseconds: 1)), shore)
            try await comesBack(
                ProjectWorkType(
                    id: ProjectWorkTypeID("t2"), projectID: shore.project.id, origin: .proresult,
                    workTypeID: WorkTypeID("wt"), name: "n"), shore)
            try await comesBack(
                ProjectWorkType(
                    id: ProjectWorkTypeID("t3"), projectID: shore.project.id, origin: .visma, vismaTaskID: "T",
                    name: "n", closedAt: Timestamp(milliseconds: 1), erpID: "e", erpModifiedAt: "em",
                    erpMissingPasses: 2, erpDeletedAt: Timestamp(milliseconds: 3)), shore)
            try await comesBack(
                Item(
                    id: ItemID("i2"), number: "n", name: "nm", unit: "u", salesPrice: decimal("1.5"),
                    costPrice: decimal("2.5"), itemGroupID: shore.group.id, movedByUserAt: Timestamp(milliseconds: 1),
                    inactiveAt: Timestamp(milliseconds: 2), erpID: "e", erpNumber: "en", erpModifiedAt: "em",
                    erpMissingPasses: 3, erpDeletedAt: Timestamp(milliseconds: 4)), shore)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyColumnOfHoursAndWithdrawalsComesBack(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let first = try await shore.run { try shore.register(try shore.hours(), in: $0) }
            try await comesBack(
                HourEntry(
                    id: HourEntryID("h2"), externalReference: "x", workerID: shore.kari.id,
                    projectID: shore.project.id, projectWorkTypeID: shore.workType.id, date: shore.today,
                    from: TimeOfDay("07:00"), to: TimeOfDay("15:00"), breakMinutes: 30, total: decimal("7.5"),
                    overtime50: 1, overtime100: 2, billableHours: 3, comment: "c", internalNote: "n",
                    state: .transferred, version: 4, reversesEntryID: first.id, correctsEntryID: first.id,
                    transferredAt: Timestamp(milliseconds: 1), transferredRun: "r", transferredReference: "t",
                    createdAt: Timestamp(milliseconds: 2)), shore)
            try await comesBack(
                Approval(
                    id: ApprovalID("a"), hourEntryID: first.id, entryVersion: 3, step: 2, decision: .rejected,
                    decidedBy: "b", decidedAt: Timestamp(milliseconds: 1), comment: "c"), shore)
            let taken = try await shore.run { try shore.takeOut(shore.goods(), in: $0) }
            try await comesBack(
                Withdrawal(
                    id: WithdrawalID("w2"), externalReference: "x", workerID: shore.kari.id,
                    projectID: shore.project.id, itemID: shore.item.id, text: "t", date: shore.today,
                    quantity: decimal("-1.5"), unit: "u", salesPrice: 1, costPrice: 2, discountPercent: 3,
                    isExtraCost: true, extraText: "e", note: "n", state: .invoiced, version: 4,
                    returnsWithdrawalID: taken.id, transferredAt: Timestamp(milliseconds: 1), transferredRun: "r",
                    transferredReference: "t", createdAt: Timestamp(milliseconds: 2)), shore)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anUpdateOfARowThatIsGoneIsSaid(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            await #expect(throws: ProresultError.vanished(.customer)) {
                try await shore.run {
                    try Customer.update([Customer(id: CustomerID("none"), number: "1", name: "n")], in: $0)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func companiesDoNotSeeEachOther(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let other = CompanyID("c2")
            try await shore.database.transactionAcrossCompanies { connection in
                _ = try Company.create(name: "Annet AS", id: other, at: shore.now, in: connection)
                #expect(throws: ProresultError.taken(.company, field: "id", value: "c2", holder: "Annet AS")) {
                    try Company.create(name: "Tredje", id: other, at: shore.now, in: connection)
                }
                #expect(try Company.all(connection).map(\.name) == ["Annet AS", "Entreprenør AS"])
            }
            try await shore.database.transaction(company: other) { transaction throws in
                #expect(try Worker.all(in: transaction).isEmpty)
                #expect(try Worker.find(shore.kari.id, in: transaction) == nil)
                #expect(throws: ProresultError.notFound(.worker, key: "kari")) {
                    try Worker.deactivate(shore.kari.id, at: shore.now, in: transaction)
                }
                // The same number is free in the other company.
                try Worker.create(
                    Worker(id: WorkerID("x"), employeeNumber: "7", username: "kari", name: "K"), in: transaction)
            }
        }
    }

    private func comesBack<Record: CompanyRecord>(_ record: Record, _ shore: Shore) async throws {
        try await shore.run { transaction throws in
            try Record.insert([record], in: transaction)
            #expect(try Record.find(record.id, in: transaction) == record)
        }
    }

    private func isUpdated<Record: CompanyRecord>(_ record: Record, _ shore: Shore) async throws {
        try await shore.run { transaction throws in
            try Record.update([record], in: transaction)
            #expect(try Record.find([record.id], in: transaction) == [record])
        }
    }
}
