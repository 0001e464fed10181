import Foundation
import Persistence
import Proresult
import Testing

@Suite struct TextTests {
    private static let day = CalendarDate(inNorwayAt: Timestamp(milliseconds: 0))

    static let all: [ProresultError] =
        [
            .notFound(.worker, key: "7"), .vanished(.item), .required(.worker, field: "name"),
            .unusableText(.hourEntry, field: "comment"),
            .taken(.worker, field: "employeeNumber", value: "7", holder: "Kari (7)"), .inactive(.worker, name: "Kari"),
            .tooManyDecimals(.hourEntry, field: "total", limit: 2), .negative(.hourEntry, field: "total"),
            .notPositive(.wage, field: "hourlyWage"), .unknownSetting(key: "hours.approvalSteps", value: "3"),
            .notAllowed(.hourEntry, username: "kari"), .projectClosed(number: "10"), .projectNotClosed(number: "10"),
            .projectUnderItself(number: "10"), .workTypeClosed(name: "Graving"),
            .workTypeOfOtherProject(name: "Graving"),
            .itemGroupTooDeep(name: "a / b / c"), .moreThan24Hours(total: 25),
            .overtimeOverTotal,
            .billableOutsideTotal, .absenceIsPlain, .timesIncomplete, .breakTooLong, .timesDisagree(expected: 7),
            .illegalMove(from: .approved, to: .rejected), .wrongStep(expected: 2), .sameApprover(username: "leif"),
            .notTransferred, .alreadyReversed, .notReversed, .hasCorrection, .deleteOfApproved, .approvedDiffers,
            .reversalIsFixed,
            .locked(.hourEntry), .beingTransferred(.hourEntry), .hasReturns,
            .transferredElsewhere(.hourEntry, reference: "PRX-1"), .notApproved, .quantityZero, .freeTextNotAllowed,
            .textPriceUnitFixed, .costPriceFixed, .extraCostNotAllowed, .workTypeNotFromVisma(name: "Rydding"),
            .discountOutOfRange,
            .returnOfReturn, .returnIsFixed,
            .returnTooLarge(left: 4, unit: "stk"), .passwordTooShort(least: 12), .passwordTooLong(most: 128),
            .passwordEasilyGuessed, .passwordWrong, .tooManyTries(until: Timestamp(milliseconds: 0)), .invitationVoid,
            .alreadySetUp, .lastAdministrator, .expiryOutOfRange(most: 366),
        ]
        + (day.map {
            [.moreThan24HoursOnDay(date: $0, total: 25), .dateInFuture(.item, $0), .dateTooOld($0, daysBack: 7)]
        } ?? [])

    @Test(arguments: all)
    func everyRuleHasWordsInBothLanguages(error: ProresultError) {
        for text in [error.english, error.norwegian] {
            #expect(text.hasSuffix("."))
            #expect(!text.contains("ProresultError"))
        }
        #expect(error.english != error.norwegian)
        #expect(error.description == error.english)
    }

    @Test func daysAreWrittenAsPeopleWriteThem() throws {
        let day = try #require(CalendarDate(year: 2026, month: 11, day: 9))
        let error = ProresultError.moreThan24HoursOnDay(date: day, total: 25)
        #expect(error.norwegian == "Med denne føringen har arbeideren 25 timer den 09.11.2026; et døgn har 24.")
        #expect(error.english == "With this entry the worker has 25 hours on 9 Nov 2026; a day has 24.")
    }

    @Test func theLockSaysWhatToDo() {
        #expect(
            ProresultError.locked(.hourEntry).norwegian
                == "Denne linjen er overført og kan ikke endres. Bruk retur for å rette den.")
        #expect(ProresultError.moreThan24Hours(total: Decimal(exact: "24.5") ?? 0).norwegian.hasPrefix("24,5 timer"))
    }
}
