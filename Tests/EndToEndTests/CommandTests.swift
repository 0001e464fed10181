import AsyncHTTPClient
import BuiltPrograms
import Foundation
import NIOCore
import NIOHTTP1
import Persistence
import Testing
import TestSupport

@Suite struct CommandTests {
    @Test func aValueThatCannotWorkIsNamedWithItsAllowedForm() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            let bad = [
                ("FERJE_LOG_LEVEL", "loud"), ("FERJE_WORKERS", "0"), ("FERJE_SETTLE_SECONDS", "soon"),
                ("FERJE_VISMA_API_URL", "http://visma.example"), ("FERJE_LANGUAGE", "fr"), ("FERJE_WEB_PORT", "0"),
                ("FERJE_WEB_HOST", "0.0.0.0"),
                ("FERJE_WEB_ORIGIN", "http://ferje.example.no"),
            ]
            for (key, value) in bad {
                let outcome = try await program.with([key: value]).run("status", "--json")
                #expect(outcome.status == 5)
                #expect(try outcome.message().contains(key))
                #expect(try outcome.message().contains("Allowed:"))
            }
        }
    }

    @Test func aSecretIsNeverRepeated() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            let outcome = try await program.with(["FERJE_DATABASE_URL": "mysql://me:s3cret@host/db"]).run("status")
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("FERJE_DATABASE_URL"))
            #expect(!(outcome.errors + outcome.output).contains("s3cret"))
        }
    }

    @Test func anUnknownKeyInTheFileIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "ferje.conf")
            try Data("# Ferje\nFERJE_LANGUAGE=en\nFERJE_WORKRES=3\n".utf8).write(to: file)
            let outcome = try await FerjeProgram(folder: folder).run("status", "--json", "--config", file.path)
            #expect(outcome.status == 5)
            #expect(try outcome.message().contains("FERJE_WORKRES"))
            #expect(try outcome.message().contains("ferje.conf:3"))
        }
    }

    @Test func anUnknownCompanyIsRefusedByName() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let outcome = try await program.run("run", "customers", "--company", "tak", "--json")
            #expect(outcome.status == 3)
            #expect(try outcome.message().contains("tak"))
            #expect(try outcome.message().contains("ror"))
        }
    }

    @Test func aMisspeltPeriodIsAUsageError() async throws {
        try await withTemporaryFolder { folder in
            let outcome = try await FerjeProgram(folder: folder).run("run", "hours", "--period", "nov", "--json")
            #expect(outcome.status == 64)
            #expect(try number(outcome.object(), "error", "exitCode") == 64)
        }
    }

    @Test func aBadRowOfAFileIsNamedAndTheGoodOnesGoIn() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let file = folder.appending(path: "workers.csv")
            let rows = """
                employeeNumber;name;username;hourlyWage;wageFrom
                1;Kari Moe;kari;250,50;2026-01-01
                2;Per Lie;per;mye;2026-01-01
                3;Åse Bø;aase;240;2026-01-01
                """
            try Data(rows.utf8).write(to: file)
            let first = try await program.run("company", "import", file.path, "--json")
            #expect(first.status == 3)
            #expect(try number(first.object(), "files", "workers", "created") == 2)
            let fault = try #require((try first.object()["errors"] as? [[String: Any]])?.first)
            #expect(fault["line"] as? Int == 3)
            #expect(fault["field"] as? String == "hourlyWage")

            let second = try await program.run("company", "import", file.path, "--json")
            #expect(try number(second.object(), "files", "workers", "created") == 0)
            #expect(try number(second.object(), "files", "workers", "unchanged") == 2)
        }
    }

    @Test func aSecondServerOnTheSameFileIsRefusedAndTheFirstStopsInOrder() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(
                environment: [
                    "FERJE_VISMA_CLIENT_ID": "none", "FERJE_VISMA_CLIENT_SECRET": "none",
                    "FERJE_WEB_PORT": String(try freePort()),
                ], folder: folder)
            let first = try program.start(["serve"])
            try await eventually("the server runs") { first.outputSoFar.contains("\n") }
            let second = try await program.run("serve", "--json")
            #expect(second.status == 6)
            #expect(try second.object()["error"] != nil)
            first.signal(SIGTERM)
            #expect(try await first.outcome().status == 0)
        }
    }

    @Test func theServerStartsWithoutAnApplicationAtVisma() async throws {
        try await withTemporaryFolder { folder in
            let port = try freePort()
            let program = FerjeProgram(environment: ["FERJE_WEB_PORT": "\(port)"], folder: folder)
            let server = try program.start(["serve"])
            try await eventually("the pages answer") {
                let page = try? await HTTPClient.shared.execute(
                    HTTPClientRequest(url: "http://127.0.0.1:\(port)/inn"), timeout: .seconds(5))
                return page?.status.code == 200
            }
            server.signal(SIGTERM)
            #expect(try await server.outcome().status == 0)
            // A command that cannot do without says which key is missing.
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let connect = try await program.run("company", "connect", "--tenant-id", "x")
            #expect(connect.status == 5)
            #expect(connect.errors.contains("FERJE_VISMA_CLIENT_ID"))
        }
    }

    @Test func aJobThatIsSwitchedOffIsNotRun() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(
                environment: ["FERJE_VISMA_CLIENT_ID": "none", "FERJE_VISMA_CLIENT_SECRET": "none"], folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            try await program.succeed("company", "job", "disable", "hours")
            let outcome = try await program.run("run", "hours", "--json")
            #expect(outcome.status == 3)
            #expect(try outcome.message().contains("ferje company job enable hours"))
        }
    }

    @Test func aSettingIsCheckedBeforeItIsKept() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            #expect(try await program.run("company", "setting", "set", "hours.debit", "5000").status == 3)
            #expect(try await program.run("company", "setting", "set", "exports.closedPeriod", "maybe").status == 3)
            #expect(try await program.run("company", "setting", "set", "hours.startDate", "2026-02-30").status == 3)
            try await program.succeed("company", "setting", "set", "exports.closedPeriod", "nextOpen")
            let list = try await program.succeed("company", "setting", "list", "--json").object()
            #expect((list["settings"] as? [String: String]) == ["exports.closedPeriod": "nextOpen"])
        }
    }

    @Test func whatWasGivenUpIsShownAndCanBeRestarted() async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data")
            let program = FerjeProgram(
                environment: ["FERJE_DATA": data.path, "FERJE_LANGUAGE": "en"], folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let database = try SQLiteDatabase(path: data.appending(path: "ferje.sqlite").path, clock: .frozen)
            _ = try await database.transactionAcrossCompanies { connection in
                try connection.execute(
                    """
                    UPDATE job SET dead_at = 1794816000000, dead_because = 'no right to read', attempts = 5
                    WHERE name = 'items'
                    """)
            }
            try await database.close()
            let shown = try await program.succeed("status").output
            #expect(shown.contains("given up") && shown.contains("no right to read"))
            let told = try await program.succeed("status", "--json").object()
            let company = try #require((told["companies"] as? [[String: Any]])?.first)
            let job = try #require((company["jobs"] as? [String: [String: Any]])?["items"])
            #expect((job["dead"] as? [String: String])?["because"] == "no right to read")
            #expect(job["nextRunAt"] == nil)

            try await program.succeed("company", "job", "restart", "items")
            let again = try await program.succeed("status", "--json").object()
            let restarted = (again["companies"] as? [[String: Any]])?.first?["jobs"] as? [String: [String: Any]]
            #expect(restarted?["items"]?["nextRunAt"] as? String != nil)
        }
    }
}
