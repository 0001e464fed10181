import Testing

@testable import VismaNet

private func rows(_ numbers: some Sequence<Int>, maxPageSize: Int? = nil) -> String {
    let metadata = maxPageSize.map { ",\"metadata\":{\"totalCount\":999,\"maxPageSize\":\($0)}" } ?? ""
    return "[" + numbers.map { "{\"internalId\":\($0),\"number\":\"\($0)\"\(metadata)}" }.joined(separator: ",") + "]"
}

@Suite struct PagingTests {
    private func read(_ answers: [String], pageSize: Int) async throws -> (numbers: [String], calls: Int) {
        let api = ScriptedTransport(answers.map { .status(200, $0) })
        var numbers: [String] = []
        for try await page in makeClient(api).customerPages(pageSize: pageSize) { numbers += page.rows.map(\.number) }
        return (numbers, api.requests.count)
    }

    @Test func shortPageEndsTheList() async throws {
        let all = try await read([rows(1...3, maxPageSize: 500), rows(4...5, maxPageSize: 500)], pageSize: 3)
        #expect(all.numbers == ["1", "2", "3", "4", "5"] && all.calls == 2)
    }

    @Test func cappedPageSizeDoesNotEndTheListEarly() async throws {
        let all = try await read(
            [rows(1...2, maxPageSize: 2), rows(3...4, maxPageSize: 2), rows(5...5, maxPageSize: 2)], pageSize: 1000)
        #expect(all.numbers.count == 5 && all.calls == 3)
    }

    @Test func withoutMetadataOnlyAnEmptyPageEndsTheList() async throws {
        let all = try await read([rows(1...2), rows(3...3), "[]"], pageSize: 1000)
        #expect(all.numbers.count == 3 && all.calls == 3)
    }

    @Test func fullLastPageIsFollowedByAnEmptyOne() async throws {
        let all = try await read([rows(1...2, maxPageSize: 500), "[]"], pageSize: 2)
        #expect(all.numbers.count == 2 && all.calls == 2)
    }

    @Test func repeatedPageIsAnError() async throws {
        let api = ScriptedTransport([.status(200, rows(1...2, maxPageSize: 2))])
        var seen = 0
        do {
            for try await page in makeClient(api).customerPages(pageSize: 2) { seen += page.rows.count }
            Issue.record("the list ended")
        } catch {
            #expect(error.failure == .badAnswer(.endless(page: 2)))
            #expect(error.consequence == .stop)
        }
        #expect(seen == 2)
    }

    @Test func badRowsStandAsideAndTheRestIsDelivered() async throws {
        let body = """
            [{"internalId":1,"number":"1"},{"internalId":"x","number":"2"},{"number":"3"},"text",
             {"internalId":5,"number":"5","lastModifiedDateTime":"2026-02-30T00:00:00"},
             {"internalId":6,"number":" 6 ","name":{"value":"Wrapped","description":"x"},"status":"Frozen","metadata":{"maxPageSize":2}}]
            """
        let api = ScriptedTransport([.status(200, body)])
        let page = try await makeClient(api).customers(page: 1, pageSize: 500)
        #expect(page.rows.map(\.number) == ["1", "6"])
        #expect(page.rows.last?.name == "Wrapped")
        #expect(page.rows.last?.status == .unknown("Frozen"))
        #expect(page.quarantined.map(\.index) == [1, 2, 3, 4])
        #expect(page.quarantined.map(\.path) == ["internalId", "internalId", "", "lastModifiedDateTime"])
        #expect(
            page.quarantined.map(\.reason) == ["not an integer", "missing", "not an object", "impossible date or time"])
        #expect(page.quarantined.map(\.key) == ["2", "3", nil, "5"])
        #expect(page.quarantined[2].digest == Digest.sha256(Array("\"text\"".utf8)))
        #expect(page.rowCount == 6 && !page.isLast)
    }

    @Test func pageWithTooManyRowsIsRefused() async {
        let body = "[" + Array(repeating: "1", count: 5_001).joined(separator: ",") + "]"
        let api = ScriptedTransport([.status(200, body)])
        let client = makeClient(api)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(error?.failure == .badAnswer(.tooManyRows(limit: 5_000)))
        #expect(api.requests.count == 1)
    }

    @Test func tooDeepAndTooLargeAnswersAreNotAskedForAgain() async {
        let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        for answer in [Result.status(200, deep), .failure(.bodyTooLarge(limitBytes: 1))] {
            let api = ScriptedTransport([answer])
            let client = makeClient(api)
            let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
            #expect(error?.consequence == .stop)
            #expect(api.requests.count == 1)
        }
    }

    @Test func pageSizesTheERPWouldCutAreRefused() async {
        let api = ScriptedTransport([.status(200, "[]")])
        let client = makeClient(api)
        for (page, size) in [(0, 10), (1, 0), (1, 5_001)] {
            let error = await failure { () throws(VismaNetError) in
                try await client.customers(page: page, pageSize: size)
            }
            #expect(error?.consequence == .bug)
        }
        #expect(api.requests.isEmpty)
    }
}
