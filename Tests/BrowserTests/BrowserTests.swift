import Foundation
import Testing

/// The pages as people use them: the real server, the sandbox as Visma, and Chromium. One browser at a time.
@Suite(.serialized) struct BrowserTests {
    @Test func aWorkerEntersHoursOnATelephoneAndALeaderApprovesThem() async throws {
        try await playOnDemo("hours_and_approval")
    }

    /// axe at 1280 and 390 pixels, no sideways scrolling at 360, no errors in the console, no link that leads nowhere.
    @Test func everyPageIsAccessibleToEveryRole() async throws {
        try await withRunningDemo(["--size", "small"]) { facts, folder in
            var facts = facts
            facts["accessTable"] = Scenario.tests.appending(path: "WebTests/access-table.txt").path
            try await Scenario(name: "every_page").play(facts, in: folder)
        }
    }

    @Test func aNewCompanyComesAllTheWayToLinesInVisma() async throws {
        try await withNewCompany { facts, folder in
            try await Scenario(name: "the_whole_way").play(facts, in: folder)
        }
    }

    @Test func theDemonstrationIsFullOfLifeFromTheFirstSecond() async throws {
        try await withRunningDemo([]) { facts, folder in
            try await Scenario(name: "demonstration").play(facts, in: folder)
        }
    }

    @Test func whatGoesWrongIsToldInPlainNorwegian() async throws {
        try await playOnDemo("told_in_plain_words")
    }

    @Test func theMainStepsWorkWithoutJavaScript() async throws {
        try await playOnDemo("without_script")
    }

    @Test func withoutNetworkNothingTypedIsLost() async throws {
        try await playOnDemo("without_network")
    }

    @Test func everythingIsEnglishByTheSwitch() async throws {
        try await playOnDemo("english")
    }

    @Test func signingInAndEnteringHoursNeedNoMouse() async throws {
        try await playOnDemo("keyboard_only")
    }

    /// On PostgreSQL, so that the pages are gone through on both databases.
    @Test func theOfficeMendsManyLinesAtOnceAndApprovesInTwoSteps() async throws {
        try await playOnDemo("the_office_mends", "--database", "postgres")
    }

    private func playOnDemo(_ scenario: String, _ arguments: String...) async throws {
        try await withRunningDemo(["--size", "small"] + arguments) { facts, folder in
            try await Scenario(name: scenario).play(facts, in: folder)
        }
    }
}
