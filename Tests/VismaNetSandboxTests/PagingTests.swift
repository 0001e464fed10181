import Testing
import VismaNetSandbox

struct PagingTests {
    @Test func pagesHoldWhatWasAskedFor() async throws {
        let rig = try await Rig()
        #expect(try await rig.get("/v1/customer", "pageNumber=1&pageSize=2").column("number") == ["10001", "10002"])
        #expect(try await rig.get("/v1/customer", "pageNumber=2&pageSize=2").column("number") == ["10003"])
        let empty = try await rig.get("/v1/customer", "pageNumber=3&pageSize=2")
        #expect(empty.status == 200 && empty.text == "[]")
    }

    @Test func oversizedPageIsCutInSilence() async throws {
        let rig = try await Rig { $0.heavyPageSize = 2 }
        let answer = try await rig.get("/v1/customer", "pageNumber=1&pageSize=5000")
        let rows = try answer.rows()
        let metadata = rows.first?["metadata"] as? [String: Int]
        #expect(rows.count == 2)
        #expect(metadata == ["totalCount": 3, "maxPageSize": 2])
    }

    @Test func withoutPageSizeRowsAreMissing() async throws {
        let rig = try await Rig { $0.defaultPageSize = 1 }
        #expect(try await rig.get("/v1/customer").rows().count == 1)
    }

    @Test(arguments: [
        ("/v1/customer", true), ("/v1/projecttask", false), ("/v1/project/tasks", false), ("/v1/account", true),
        ("/v1/branch", false), ("/v1/financialPeriod", false), ("/v1/inventory/itemClass", true),
    ])
    func metadataStandsOnlyWhereItIsPublished(path: String, expected: Bool) async throws {
        let rows = try await Rig().get(path).rows()
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { ($0["metadata"] != nil) == expected })
    }

    @Test(arguments: [
        "pageNumber=0&pageSize=10", "pageNumber=1&pageSize=0", "pageNumber=x", "pageNumber=1&numberToRead=2",
    ])
    func senselessPagingIsRefused(query: String) async throws {
        #expect(try await Rig().get("/v1/customer", query).status == 400)
    }

    @Test func hugePageNumberIsAnEmptyPage() async throws {
        let answer = try await Rig().get("/v1/customer", "pageNumber=2147483647&pageSize=500")
        #expect(answer.status == 200 && answer.text == "[]")
    }

    @Test func accountsAreNotPaged() async throws {
        let rig = try await Rig { $0.defaultPageSize = 1 }
        #expect(try await rig.get("/v1/account").rows().count == 5)
        #expect(try await rig.get("/v1/account", "pageSize=1").status == 400)
    }
}
