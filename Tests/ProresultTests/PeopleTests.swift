import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct PeopleTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func anEmptyEmployeeNumberBecomesTheNextFree(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try Worker.insert(
                    [Worker(id: WorkerID("x"), employeeNumber: "A-99", username: "x", name: "X")], in: transaction)
                let made = try Worker.create(
                    Worker(id: WorkerID("ola"), username: " Ola ", name: " Ola "), in: transaction)
                #expect(made.employeeNumber == "8")
                #expect(made.username == "ola")
                #expect(try Worker.find(username: "OLA", in: transaction)?.name == "Ola")
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func numberAndUserNameAreOnesOwn(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                func holder(_ field: String, _ value: String) -> ProresultError {
                    .taken(.worker, field: field, value: value, holder: "Kari Nordmann (7)")
                }
                #expect(throws: holder("employeeNumber", "7")) {
                    try Worker.create(
                        Worker(id: WorkerID("b"), employeeNumber: "7", username: "b", name: "B"), in: transaction)
                }
                #expect(throws: holder("username", "kari")) {
                    try Worker.create(Worker(id: WorkerID("b"), username: "KARI", name: "B"), in: transaction)
                }
                #expect(throws: ProresultError.required(.worker, field: "name")) {
                    try Worker.create(Worker(id: WorkerID("b"), username: "b", name: " "), in: transaction)
                }
                #expect(throws: ProresultError.unusableText(.worker, field: "name")) {
                    try Worker.create(Worker(id: WorkerID("b"), username: "b", name: "a\0b"), in: transaction)
                }
                var same = shore.kari
                same.phone = "90 00 00 00"
                #expect(try Worker.update(same, in: transaction) == same)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLinkThatAnotherWorkerHasIsRefusedByName(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let ola = try Worker.create(
                    Worker(id: WorkerID("ola"), employeeNumber: "8", username: "ola", name: "Ola"), in: transaction)
                try Worker.link(shore.kari.id, vismaEmployeeNumber: "500", in: transaction)
                #expect(
                    throws: ProresultError.taken(
                        .worker, field: "vismaEmployeeNumber", value: "500", holder: "Kari Nordmann (7)")
                ) { try Worker.link(ola.id, vismaEmployeeNumber: "500", in: transaction) }
                try Worker.unlink(shore.kari.id, in: transaction)
                try Worker.link(ola.id, vismaEmployeeNumber: "500", in: transaction)
                #expect(try Worker.find(vismaEmployeeNumber: "500", in: transaction)?.id == ola.id)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theWageIsTheLastOneThatWasValid(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let march = try #require(CalendarDate("2026-03-01"))
            let april = try #require(CalendarDate("2026-04-01"))
            try await shore.run { transaction throws in
                try shore.kari.setWage(decimal("300.50"), validFrom: march, in: transaction)
                try shore.kari.setWage(310, validFrom: april, in: transaction)
                try shore.kari.setWage(320, validFrom: april, in: transaction)
                let days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2027-01-01"]
                let found = try days.map { try shore.kari.wage(on: #require(CalendarDate($0)), in: transaction) }
                #expect(found == [nil, decimal("300.5"), decimal("300.5"), 320, 320])
                #expect(try Wage.all(in: transaction)[shore.kari.id]?.map(\.wage) == [decimal("300.5"), 320])
                for wage in [Decimal(0), -1] {
                    #expect(throws: ProresultError.notPositive(.wage, field: "hourlyWage")) {
                        try shore.kari.setWage(wage, validFrom: april, in: transaction)
                    }
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aUserIsMadeOnceAndCanBeDisabled(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let anna = AppUser(id: AppUserID("a"), username: "Anna", name: "Anna", role: .administrator)
                try AppUser.create(anna, in: transaction)
                #expect(throws: ProresultError.taken(.user, field: "username", value: "anna", holder: "Anna")) {
                    try AppUser.create(
                        AppUser(id: AppUserID("b"), username: "ANNA", name: "B", role: .leader), in: transaction)
                }
                #expect(throws: ProresultError.lastAdministrator) {
                    try AppUser.disable(anna.id, at: shore.now, in: transaction)
                }
                try AppUser.create(
                    AppUser(id: AppUserID("c"), username: "cato", name: "Cato", role: .administrator), in: transaction)
                try AppUser.disable(anna.id, at: shore.now, in: transaction)
                #expect(try AppUser.all(in: transaction).map(\.isEnabled) == [false, true])
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func settingsAreSetToAValueThatTheyCanHave(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                try CompanySetting.set("hours.approvalSteps", "1", in: transaction)
                try CompanySetting.set("hours.approvalSteps", "2", in: transaction)
                try CompanySetting.set("hours.debitAccount", "5000", in: transaction)
                #expect(
                    try CompanySetting.all(in: transaction)
                        == ["hours.approvalSteps": "2", "hours.debitAccount": "5000"])
                for (key, value) in [("hours.approvalSteps", "3"), ("hours.maxDaysBack", "-1")] {
                    #expect(throws: ProresultError.unknownSetting(key: key, value: value)) {
                        try CompanySetting.set(key, value, in: transaction)
                    }
                }
                try CompanySetting.remove("hours.approvalSteps", in: transaction)
                #expect(try CompanySetting.get("hours.approvalSteps", in: transaction) == nil)
            }
        }
    }
}
