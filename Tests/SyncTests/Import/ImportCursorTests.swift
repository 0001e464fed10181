import Persistence
import Testing

@testable import Sync

@Suite struct ImportCursorTests {
    @Test(arguments: [
        ("2026-11-02T08:30:15.1234567", "2026-11-02T08:20:15.1234567"),
        ("2026-11-02T00:05:00.0000000", "2026-11-01T23:55:00.0000000"),
        ("2026-01-01T00:09:59.9999999", "2025-12-31T23:59:59.9999999"),
        ("2024-03-01T00:00:00.0000000", "2024-02-29T23:50:00.0000000"),
    ])
    func lowerBoundIsTenMinutesEarlierOnTheERPsClockFace(time: String, expected: String) {
        #expect(ImportCursor(time: ERPTime(time)).lowerBound == ERPTime(expected))
    }

    @Test(arguments: ["", "now", "2026-13-02T08:30:15", "2026-11-02", "2026-11-02T25:00:00", "2026-11-02T08:61:00"])
    func textThatIsNoTimeReadsEverything(time: String) {
        #expect(ImportCursor(time: ERPTime(time)).lowerBound == nil)
    }
}

@Suite struct CleanPassTests {
    private func page(_ numbers: ClosedRange<Int>, total: Int?, isLast: Bool = false) -> ERPPage<ERPCustomer> {
        ERPPage(rows: customers(numbers), total: total, isLast: isLast)
    }

    @Test func allRowsOfTheTotalAreClean() {
        var pass = CleanPass(limits: .init())
        #expect(pass.read(page(1...2, total: 3)) == .readNext)
        #expect(pass.read(page(3...3, total: 3, isLast: true)) == .finished)
        #expect(pass.fault(after: nil) == nil)
    }

    @Test func fewerRowsThanTheTotalAreNotClean() {
        var pass = CleanPass(limits: .init())
        _ = pass.read(page(1...2, total: 3, isLast: true))
        #expect(pass.fault(after: nil) == "2 of 3 rows were seen")
    }

    @Test func totalThatChangesIsNotClean() {
        var pass = CleanPass(limits: .init())
        _ = pass.read(page(1...2, total: 3))
        _ = pass.read(page(3...4, total: 4, isLast: true))
        #expect(pass.fault(after: nil) == "the list went from 3 to 4 rows while it was read")
    }

    @Test func unreadableRowsCountAsSeenButNotForDeletions() {
        var pass = CleanPass(limits: .init())
        var half = page(1...2, total: 3, isLast: true)
        half.unreadable = [ERPUnreadableRow(key: nil, path: "name", reason: "missing", digest: "d")]
        _ = pass.read(half)
        #expect(pass.fault(after: nil) == nil)
        #expect(!pass.isCleanForDeletions)
    }

    @Test func pageSmallerThanOneSeenBeforeEndsAListThatTellsNothing() {
        var pass = CleanPass(limits: .init(), largestPage: 3)
        #expect(pass.read(page(1...2, total: nil)) == .finished)
        #expect(pass.fault(after: nil) == nil)

        var first = CleanPass(limits: .init())
        #expect(first.read(page(1...2, total: nil)) == .readNext, "nothing is known of the page's limit yet")
        #expect(first.read(page(3...3, total: nil)) == .finished)
        #expect(first.largestPage == 2)
    }

    @Test func pageAsLargeAsTheLargestMayBeCut() {
        var pass = CleanPass(limits: .init(), largestPage: 2)
        #expect(pass.read(page(1...2, total: nil)) == .readNext)
    }

    @Test func pageOfAListWithATotalIsJudgedByThat() {
        var pass = CleanPass(limits: .init(), largestPage: 3)
        #expect(pass.read(page(1...2, total: 4)) == .readNext)
    }

    @Test func longListWithoutTotalNeedsTwoEqualReadings() {
        func reading(_ second: ClosedRange<Int>) -> CleanPass {
            var pass = CleanPass(limits: .init())
            _ = pass.read(page(1...2, total: nil))
            _ = pass.read(page(second, total: nil, isLast: true))
            return pass
        }
        #expect(reading(3...4).fault(after: nil) != nil)
        #expect(reading(3...4).fault(after: reading(3...3)) != nil)
        #expect(reading(3...4).fault(after: reading(3...4)) == nil)
    }

    @Test func shortListWithoutTotalIsCleanAtOnce() {
        var pass = CleanPass(limits: .init())
        _ = pass.read(page(1...2, total: nil, isLast: true))
        #expect(pass.fault(after: nil) == nil)
    }

    @Test func readingStopsAtTheSecondRepeatedPage() {
        var pass = CleanPass(limits: .init())
        #expect(pass.read(page(1...2, total: 9)) == .readNext)
        #expect(pass.read(page(1...2, total: 9)) == .readNext)
        #expect(pass.read(page(1...2, total: 9)) == .stopped)
        #expect(pass.fault(after: nil) == "page 3 repeats the one before")
    }

    @Test func readingStopsAtThePageLimit() {
        var pass = CleanPass(limits: .init(pages: 2))
        #expect(pass.read(page(1...2, total: nil)) == .readNext)
        #expect(pass.read(page(3...4, total: nil)) == .stopped)
        #expect(pass.fault(after: nil) == "the list had no end after 2 pages")
    }

    @Test func readingStopsWhenTheListGrowsWithoutEnd() {
        var pass = CleanPass(limits: .init())
        #expect(pass.read(page(1...900, total: 10)) == .readNext)
        #expect(pass.read(page(901...1100, total: 1100)) == .stopped)
        #expect(pass.fault(after: nil) == "1100 rows came of a list of 10")
    }
}
