import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct HourFigureTests {
    struct Split: Sendable, CustomTestStringConvertible {
        let entry: [String]
        let parts: [[String]]
        var testDescription: String { entry.joined(separator: " ") }
    }

    /// Total, overtime 50, overtime 100, billable; then part, hours, billable hours.
    static let splits = [
        Split(entry: ["8", "0", "0", "8"], parts: [["ordinary", "8", "8"]]),
        Split(entry: ["8", "0", "0", "0"], parts: [["ordinary", "8", "0"]]),
        Split(
            entry: ["10", "2", "1", "10"],
            parts: [["ordinary", "7", "7"], ["overtime50", "2", "2"], ["overtime100", "1", "1"]]),
        Split(
            entry: ["10", "2", "1", "8.25"],
            parts: [["ordinary", "7", "7"], ["overtime50", "2", "1.25"], ["overtime100", "1", "0"]]),
        Split(
            entry: ["10", "2", "1", "3"],
            parts: [["ordinary", "7", "3"], ["overtime50", "2", "0"], ["overtime100", "1", "0"]]),
        Split(entry: ["4", "4", "0", "3.5"], parts: [["overtime50", "4", "3.5"]]),
        Split(
            entry: ["4.33", "0", "1.11", "4.33"],
            parts: [["ordinary", "3.22", "3.22"], ["overtime100", "1.11", "1.11"]]),
        Split(
            entry: ["-10", "-2", "-1", "-8.25"],
            parts: [["ordinary", "-7", "-7"], ["overtime50", "-2", "-1.25"], ["overtime100", "-1", "0"]]),
        Split(entry: ["-4", "-4", "0", "0"], parts: [["overtime50", "-4", "0"]]),
    ]

    @Test(arguments: splits)
    func partsAddUpAndOrdinaryIsBilledFirst(split: Split) throws {
        let figures = split.entry.map(decimal)
        let entry = HourEntry(
            id: HourEntryID("h"), workerID: WorkerID("w"), projectID: ProjectID("p"),
            projectWorkTypeID: ProjectWorkTypeID("t"), date: try #require(CalendarDate("2026-11-16")),
            total: figures[0], overtime50: figures[1], overtime100: figures[2], billableHours: figures[3],
            createdAt: .testStart)
        let parts = entry.hourParts
        #expect(parts.map { [$0.part.rawValue, "\($0.hours)", "\($0.billableHours)"] } == split.parts)
        #expect(parts.reduce(0) { $0 + $1.hours } == figures[0])
        #expect(parts.reduce(0) { $0 + $1.billableHours } == figures[3])
    }

    @Test func wageFactorsAreExact() {
        #expect(HourPart.Part.allCases.map { "\($0.wageFactor)" } == ["1", "1.5", "2"])
    }

    @Test(arguments: [
        ("0.125", "0.13"), ("-0.125", "-0.13"), ("0.124", "0.12"), ("7.005", "7.01"), ("-7.005", "-7.01"),
    ])
    func halvesGoAwayFromZero(exact: String, rounded: String) {
        #expect(decimal(exact).rounded(toDecimals: 2) == decimal(rounded))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let error: ProresultError
        let change: @Sendable (inout HourEntryDraft) -> Void
        var testDescription: String { name }
    }

    static let refusals = [
        Refusal(name: "no hours", error: .required(.hourEntry, field: "total")) { $0.total = nil },
        Refusal(name: "zero", error: .notPositive(.hourEntry, field: "total")) { $0.total = 0 },
        Refusal(name: "negative", error: .negative(.hourEntry, field: "total")) { $0.total = -1 },
        Refusal(name: "over 24", error: .moreThan24Hours(total: decimal("24.01"))) { $0.total = decimal("24.01") },
        Refusal(name: "three decimals", error: .tooManyDecimals(.hourEntry, field: "total", limit: 2)) {
            $0.total = decimal("7.333")
        },
        Refusal(name: "overtime decimals", error: .tooManyDecimals(.hourEntry, field: "overtime100", limit: 2)) {
            $0.overtime100 = decimal("0.001")
        },
        Refusal(name: "overtime over total", error: .overtimeOverTotal) { ($0.overtime50, $0.overtime100) = (5, 4) },
        Refusal(name: "negative overtime", error: .negative(.hourEntry, field: "overtime50")) { $0.overtime50 = -1 },
        Refusal(name: "billable over total", error: .billableOutsideTotal) { $0.billableHours = 9 },
        Refusal(name: "negative billable", error: .negative(.hourEntry, field: "billableHours")) {
            $0.billableHours = -1
        },
        Refusal(name: "only from", error: .timesIncomplete) { $0.from = TimeOfDay("07:00") },
        Refusal(name: "times disagree", error: .timesDisagree(expected: decimal("7.5"))) {
            ($0.from, $0.to, $0.breakMinutes) = (TimeOfDay("07:00"), TimeOfDay("15:00"), 30)
        },
        Refusal(name: "all break", error: .breakTooLong) {
            ($0.from, $0.to, $0.breakMinutes) = (TimeOfDay("07:00"), TimeOfDay("15:00"), 480)
        },
        Refusal(name: "huge break", error: .breakTooLong) {
            ($0.from, $0.to, $0.breakMinutes) = (TimeOfDay("07:00"), TimeOfDay("15:00"), .max)
        },
        Refusal(name: "negative break", error: .negative(.hourEntry, field: "breakMinutes")) { $0.breakMinutes = -1 },
        Refusal(name: "NUL", error: .unusableText(.hourEntry, field: "comment")) { $0.comment = "a\0" },
        Refusal(name: "unknown worker", error: .notFound(.worker, key: "x")) { $0.workerID = WorkerID("x") },
        Refusal(name: "unknown work type", error: .notFound(.projectWorkType, key: "x")) {
            $0.projectWorkTypeID = ProjectWorkTypeID("x")
        },
    ]

    @Test(arguments: TestDatabaseKind.allCases, refusals)
    func aBadDraftIsRefusedByItsRule(kind: TestDatabaseKind, refusal: Refusal) async throws {
        try await withShore(kind) { shore in
            var draft = try shore.hours()
            refusal.change(&draft)
            let bad = draft
            try await shore.run { transaction throws in
                #expect(throws: refusal.error) { try shore.register(bad, in: transaction) }
                #expect(try HourEntry.waitingForTransfer(in: transaction).isEmpty)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursAreCountedFromTimesAlsoOverMidnight(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            var night = try shore.hours(nil)
            (night.from, night.to, night.breakMinutes) = (TimeOfDay("22:00"), TimeOfDay("6:20"), 30)
            let draft = night
            let entry = try await shore.run { try shore.register(draft, in: $0) }
            #expect(entry.total == decimal("7.83"))
        }
    }

    static let billing: [(ProjectKind, BillingMode, String)] = [
        (.ordinary, .timeAndMaterials, "8"), (.ordinary, .fixedPrice, "0"), (.ordinary, .internal, "0"),
        (.absence, .timeAndMaterials, "0"),
    ]

    @Test(arguments: TestDatabaseKind.allCases, billing)
    func billableIsAllOrNothingUnlessSaid(
        database: TestDatabaseKind, of project: (kind: ProjectKind, mode: BillingMode, billable: String)
    ) async throws {
        let (kind, mode, billable) = project
        try await withShore(database) { shore in
            try await shore.run { transaction throws in
                var project = shore.project
                (project.kind, project.billingMode) = (kind, mode)
                try Project.update(project, in: transaction)
                let entry = try shore.register(try shore.hours(), in: transaction)
                #expect(entry.billableHours == decimal(billable))
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func absenceHasNeitherOvertimeNorBillableHours(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var project = shore.project
                project.kind = .absence
                try Project.update(project, in: transaction)
                for change: @Sendable (inout HourEntryDraft) -> Void in [
                    { $0.overtime50 = 1 }, { $0.billableHours = 1 },
                ] {
                    var draft = try shore.hours()
                    change(&draft)
                    #expect(throws: ProresultError.absenceIsPlain) { try shore.register(draft, in: transaction) }
                }
            }
        }
    }
}
