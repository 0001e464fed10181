import Foundation

@testable import VismaNet

/// What comes from the ERP.
extension FuzzedReader {
    static let ofVismaNet: [FuzzedReader] = [
        FuzzedReader(
            name: "JSON of an answer",
            corpus: [
                #"{"a":[1,-2.50,1e3,true,null,"æ\u00e6\ud83d\ude00\n"],"b":{"value":"x"}}"#, #"[[],{}," ",0]"#,
            ]
        ) { bytes in
            let value = try JSONParser.value(bytes)
            return try JSONParser.value(value.utf8) == value
        },
        page(
            "customers", Customer.self,
            #"[{"internalId":1,"number":"10","name":"Ola AS","status":"Active","mainAddress":{"addressLine1":"Storgata 1","postalCode":"6800","city":"Førde"},"lastModifiedDateTime":"2026-11-02T10:11:12.123","metadata":{"totalCount":1,"maxPageSize":500}}]"#
        ),
        page(
            "projects", Project.self,
            #"[{"internalID":7,"projectID":"P1","description":"Nytt bad","status":"Active","startDate":"2026-01-05T00:00:00","customer":{"number":"10"},"projectManager":{"number":"7"},"lastModifiedDateTime":"2026-11-02T10:11:12"}]"#
        ),
        page(
            "items", InventoryItem.self,
            #"[{"inventoryId":3,"inventoryNumber":"R1","description":"Kobberrør","type":"FinishedGoodItem","status":"Active","baseUnit":"M","defaultPrice":{"value":"12.50"},"costPriceStatistics":{"lastCost":1.5}}]"#
        ),
        page(
            "documents", ProjectTransaction.self,
            #"[{"module":"PM","refNbr":"PM1","status":"Balanced","description":"PRX-0 x","createdDateTime":"2026-11-02T10:11:12","transactions":[{"date":"2026-11-02T00:00:00","qty":7.5,"unitRate":400,"employee":{"number":"7"}}]}]"#
        ),
        FuzzedReader(
            name: "times", corpus: ["2026-11-02T10:11:12.1234567+01:00", "2026-11-02", "2026-11-02 10:11:12Z"]
        ) { bytes in
            let (time, date) = (VismaDateTime(text(bytes)), VismaDate(text(bytes)))
            return (time.map { VismaDateTime("\($0)") == $0 } ?? true)
                && (date.map { VismaDate("\($0)") == $0 } ?? true)
        },
        FuzzedReader(
            name: "headers of an answer",
            corpus: ["120", "Wed, 25 Nov 2026 10:00:00 GMT", "Wednesday, 25-Nov-26 10:00:00 GMT", "-5", "1;2"]
        ) { bytes in
            let value = text(bytes)
            let answer = HTTPTransportResponse(
                status: 429,
                headers: [
                    "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Date", "ETag",
                ].map { HTTPField($0, value) }, body: bytes)
            let now: Int64 = 1_795_000_000_000
            _ = (RateLimitState(answer, nowMilliseconds: now), HTTPDate.milliseconds(value), ETag(value))
            _ = Refusal(answer, nowMilliseconds: now)
            return RetryAfter.wait(answer, nowMilliseconds: now) >= .zero
        },
        FuzzedReader(name: "webhooks", corpus: [#"{"tenant":"t","resource":"customer"}"#, "c2lnbmVk"]) { bytes in
            // Nobody signs by chance.
            Webhook(body: bytes, signature: text(bytes), keys: [Secret("key"), Secret("")]) == nil
        },
        FuzzedReader(name: "keys in addresses", corpus: ["b64(aGVp)", "hei%20der", "10/20", "\u{FEFF}\u{FEFF}a"]) {
            bytes in
            // A key has no blanks around it.
            let decoded = PathKey.decoded(text(bytes))?.trimmingCharacters(in: .whitespaces)
            return decoded.flatMap(PathKey.encoded).map { PathKey.decoded($0) == decoded } ?? true
        },
    ]

    /// Every row of a list is either read or named as unreadable.
    private static func page<Row: RowDecodable>(_ name: String, _ type: Row.Type, _ example: String) -> FuzzedReader {
        FuzzedReader(name: "list of \(name)", corpus: [example, "[]", "[{},{}]"]) { bytes in
            let page = try Page<Row>(HTTPTransportResponse(status: 200, body: bytes), number: 1, size: 500)
            let elements = try JSONParser.elements(bytes, limit: 10_000)
            return page.rows.count + page.quarantined.count == elements.count
        }
    }
}
