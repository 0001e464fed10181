import Foundation
import Testing
import VismaNetSandbox

struct TransactionTests {
    @Test func createdDocumentHasANumberAndNoBody() async throws {
        let rig = try await Rig()
        let answer = try await rig.post(Rig.document())
        #expect(answer.status == 201 && answer.body.isEmpty)
        #expect(answer.header("Location") == "http://localhost/v1/projecttransaction/PM00000001")
        let read = try await rig.get("/v1/projecttransaction/PM00000001")
        #expect(read.header("ETag") == answer.header("ETag"))
        #expect(try await rig.post(Rig.document()).header("Location")?.hasSuffix("PM00000002") == true)
    }

    @Test func readBackHoldsWhatWasSentAndWhatWasCounted() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        let answer = try await rig.get("/v1/projecttransaction/PM00000001")
        // 7.5 × 420.33 = 3152.475, half away from zero.
        #expect(answer.text.contains("\"amount\":3152.48,"))
        let document = try answer.object()
        #expect(document["status"] as? String == "Balanced" && document["description"] as? String == "Timer #7f3c")
        let line = try #require((document["lines"] as? [[String: Any]])?.first)
        #expect((line["inventoryId"] as? [String: String])?["number"] == "TIMER")
        #expect((line["project"] as? [String: Any])?["internalId"] as? Int == 771)
        #expect((line["accountGroup"] as? [String: String])?["number"] == "5")
        #expect((line["employee"] as? [String: Any])?["employeeNumber"] as? String == "7")
        #expect(line["uom"] as? String == "TIME" && line["financialPeriod"] as? String == "202603")
    }

    @Test(arguments: [
        (["quantity": #"{"value":-7.5}"#], "-3152.48"), (["amount": #"{"value":100.005}"#], "100.01"),
        (["billableQuantity": #"{"value":1}"#, "useBillableQty": #"{"value":true}"#], "420.33"),
        (["quantity": #"{"value":0.1}"#, "unitRate": #"{"value":0.1}"#], "0.01"),
    ])
    func amountIsCountedExactly(changes: [String: String], expected: String) async throws {
        let rig = try await Rig()
        #expect(try await rig.post(Rig.document([Rig.line(changes)])).status == 201)
        #expect(rig.sandbox.ledger().first?.document.lines.first?.amount.description == expected)
    }

    static let brokenLines: [([String: String?], String)] = [
        (["project": #"{"value":"ukjent"}"#], "'Project' cannot be found"),
        (["project": nil], "'Project' cannot be empty"),
        (["project": #"{"value":null}"#], "'Project' cannot be empty"),
        (["projectTask": nil], "'Project task' cannot be empty"),
        (["projectTask": #"{"value":"99"}"#], "'Project task' cannot be found"),
        (["employee": #"{"value":"99"}"#], "'Employee' cannot be found"),
        (["inventoryId": #"{"value":"99"}"#], "'Inventory ID' cannot be found"),
        (["debitAccount": #"{"value":"99"}"#], "'Debit account' cannot be found"),
        (["creditAccount": #"{"value":"99"}"#], "'Credit account' cannot be found"),
        (["debitSubaccount": #"{"value":"99"}"#], "'Debit subaccount' cannot be found"),
        (["accountGroup": #"{"value":"99"}"#], "'Account group' cannot be found"),
        (["branch": #"{"value":"99"}"#], "'Branch' cannot be found"),
        (["uom": #"{"value":"MIL"}"#], "'UOM' cannot be found"),
        (["customerVendor": #"{"value":"99"}"#], "'Customer/supplier' cannot be found"),
        (["accountGroup": nil], "'Account group' cannot be empty"),
        (["accountGroup": #"{"value":"9"}"#], "group 9 is inactive"),
        (["project": #"{"value":"P-FERDIG"}"#], "P-FERDIG is completed"),
        (["project": #"{"value":"P-AVLYST"}"#], "P-AVLYST is cancelled"),
        (["project": #"{"value":"P-VENT"}"#], "P-VENT is suspended"),
        (["project": #"{"value":"P-PLAN"}"#], "P-PLAN is inactive"),
        (["projectTask": #"{"value":"20"}"#], "task 20 is completed"),
        (["projectTask": #"{"value":"21"}"#], "task 21 is cancelled"),
        (["projectTask": #"{"value":"22"}"#], "task 22 is cancelled"),
        (["projectTask": #"{"value":"23"}"#], "task 23 is inactive"),
        (["project": #"{"value":"P-2"}"#, "employee": #"{"value":"8"}"#], "8 is not assigned to the project P-2"),
        (["employee": #"{"value":"9"}"#], "employee 9 is inactive"),
        (["inventoryId": #"{"value":"GML"}"#], "item GML is inactive"),
        (["inventoryId": #"{"value":"SLETT/1"}"#], "item SLETT/1 is inactive"),
        (["debitAccount": #"{"value":"5001"}"#], "account 5001 is inactive"),
        (["debitSubaccount": #"{"value":"200000"}"#], "subaccount 200000 is inactive"),
        (["debitAccount": #"{"value":"1460"}"#], "1460 is not associated with any account group"),
        (["debitAccount": #"{"value":"4000"}"#], "group 5 is not the group of the account 4000"),
        (["creditAccount": #"{"value":"5000"}"#], "debit account matches the credit account"),
        (["uom": #"{"value":"BUNT"}"#], "Failed to convert from BUNT to TIME"),
        (["financialPeriod": #"{"value":"202501"}"#], "period is not defined"),
        (["financialPeriod": #"{"value":"032026"}"#], "period is not defined"),
        (["financialPeriod": #"{"value":"2026-03"}"#], "'Financial period' cannot be found"),
        (["financialPeriod": #"{"value":"202601"}"#], "period 202601 is closed"),
        (["financialPeriod": #"{"value":"202612"}"#], "period 202612 is inactive"),
        (["financialPeriod": nil, "date": #"{"value":"2026-01-31T00:00:00"}"#], "period 202601 is closed"),
        (["operation": #""Update""#], "line cannot be found"),
        (["operation": #"{"value":"Insert"}"#], "Error converting value of 'operation'"),
        (["quantity": "7.5"], "Error converting value of 'quantity'"),
        (["quantity": #"{"value":"7.5"}"#], "Error converting value of 'quantity'"),
        (["description": #""tekst""#], "Error converting value of 'description'"),
        (["employee": #"{"value":7}"#], "Error converting value of 'employee'"),
        (["billable": #"{"value":"ja"}"#], "Error converting value of 'billable'"),
        (["date": #"{"value":"09.03.2026"}"#], "Error converting value of 'date'"),
        (["date": #"{"value":"2026-02-30T00:00:00"}"#], "Error converting value of 'date'"),
        (["quantity": #"{"value":1e20}"#], "too large"), (["quantity": #"{"value":1e999}"#], "Error converting"),
        (["externalRefNbr": #"{"value":"x"}"#], "Could not find member 'externalRefNbr'"),
        (["project": #"{"value":"P-1","verdi":1}"#], "Could not find member 'verdi'"),
        (["description": "{\"value\":\"\(String(repeating: "x", count: 257))\"}"], "exceeds the maximum length"),
    ]

    @Test(arguments: brokenLines.indices)
    func brokenLineSinksTheWholeDocument(index: Int) async throws {
        let (changes, expected) = Self.brokenLines[index]
        let rig = try await Rig()
        rig.sandbox.setPeriod("202601", closed: true, in: Rig.tenant)
        rig.sandbox.setPeriod("202612", active: false, in: Rig.tenant)
        let answer = try await rig.post(Rig.document([Rig.line(), Rig.line(changes)]))
        #expect(answer.status == 400)
        #expect(try answer.message().contains(expected))
        #expect(rig.sandbox.ledger().isEmpty)
    }

    @Test func templateAndNonProjectRefuse() async throws {
        let rig = try await Rig()
        rig.sandbox.changeProject("P-1", in: Rig.tenant) { $0.isNonProject = true }
        #expect(try await rig.post(Rig.document()).message().contains("non-project"))
        rig.sandbox.changeProject("P-1", in: Rig.tenant) { $0.isTemplate = true }
        #expect(try await rig.post(Rig.document()).message().contains("'Project' cannot be found"))
    }

    @Test func onlyJSONIsTaken() async throws {
        let rig = try await Rig()
        let headers = [SandboxHeader("Content-Type", "text/plain")]
        let answer = try await rig.call("POST", "/v1/projecttransaction", body: Rig.document(), headers: headers)
        #expect(answer.status == 415)
    }

    @Test func hiddenProjectAndTaskRefuse() async throws {
        let rig = try await Rig()
        rig.sandbox.edit(Rig.tenant) { records, _ in records.tasks[0].visibleInProjects = false }
        #expect(try await rig.post(Rig.document()).message().contains("task 10 is invisible"))
        rig.sandbox.changeProject("P-1", in: Rig.tenant) { $0.visibleInProjects = false }
        #expect(try await rig.post(Rig.document()).message().contains("project P-1 is invisible"))
    }

    @Test(arguments: [
        "", "{", "[]", #"{"lines":[]}"#, #"{"lines":{}}"#, #"{"lines":[1]}"#, #"{"ukjent":1,"lines":[]}"#,
        Rig.document(extra: #","refNbr":{"value":"PM00000009"}"#),
        Rig.document(extra: #","status":{"value":"Released"}"#),
        Rig.document(extra: #","status":{"value":"Ferdig"}"#), Rig.document() + "x",
    ])
    func brokenDocumentIsRefused(body: String) async throws {
        let rig = try await Rig()
        let answer = try await rig.post(body)
        #expect(answer.status == 400)
        #expect(try !answer.message().isEmpty)
        #expect(rig.sandbox.ledger().isEmpty)
    }

    @Test func switchesOfTheUnknownsWork() async throws {
        let rig = try await Rig {
            $0.defaultDocumentStatus = "Hold"
            $0.accountGroupRequiredAtSave = false
            $0.periodLayout = .monthYear
            $0.longText = .cut
            $0.lineTextLength = 4
            $0.maximumLines = 1
        }
        let line = Rig.line(["accountGroup": nil, "financialPeriod": #"{"value":"032026"}"#])
        #expect(try await rig.post(Rig.document([line])).status == 201)
        let document = try #require(rig.sandbox.ledger().first?.document)
        #expect(document.status == "Hold" && document.lines.first?.description == "PR:t")
        #expect(document.lines.first?.accountGroup == "5" && document.lines.first?.period == "202603")
        #expect(try await rig.get("/v1/projecttransaction/PM00000001").text.contains(#""financialPeriod":"032026""#))
        #expect(try await rig.post(Rig.document([line, line])).message().contains("too many lines"))
    }

    @Test func laxServerIgnoresUnknownProperties() async throws {
        let rig = try await Rig { $0.isStrict = false }
        #expect(try await rig.post(Rig.document([Rig.line(["ukjent": "1"])])).status == 201)
    }

    @Test(arguments: [
        ("2026-03-09T23:30:00Z", "2026-03-10"), ("2026-03-09T00:00:00", "2026-03-09"),
        ("2026-03-09T00:00:00+03:00", "2026-03-08"), ("2026-03-09", "2026-03-09"),
    ])
    func dateWithAnOffsetMayShift(sent: String, stored: String) async throws {
        let rig = try await Rig()
        #expect(try await rig.post(Rig.document([Rig.line(["date": "{\"value\":\"\(sent)\"}"])])).status == 201)
        #expect(rig.sandbox.ledger().first?.document.lines.first?.date == stored)
    }

    private static let periods = "fromPeriod=202601&toPeriod=202612"

    @Test(arguments: [
        ("", 2), ("&project=P-1", 2), ("&project=P-2", 1), ("&project=P-FERDIG", 0), ("&status=Balanced", 1),
        ("&status=Hold", 1), ("&module=ModuleGL", 0), ("&projectTask=10", 2), ("&date=2026-03-09", 2),
        ("&date=2026-03-10", 0), ("&createdDateTime=2026-03-10T10:00:00&createdDateTimeCondition=%3E", 1),
        ("&createdDateTime=2026-03-10T10:00:00&createdDateTimeCondition=%3C%3D", 1),
        ("&greaterThanValue=PM00000001", 1),
    ])
    func listIsFiltered(filter: String, count: Int) async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        rig.clock.advance(seconds: 1)
        let mixed = [Rig.line(["project": #"{"value":"P-2"}"#]), Rig.line()]
        _ = try await rig.post(Rig.document(mixed, extra: #","status":{"value":"Hold"}"#))
        let rows = try await rig.get("/v1/projecttransaction", Self.periods + filter).rows()
        #expect(rows.count == count)
        #expect(rows.allSatisfy { $0["metadata"] != nil && $0["note"] == nil })
    }

    @Test func listDemandsBothPeriodsAndKeepsToThem() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        #expect(try await rig.get("/v1/projecttransaction").status == 400)
        #expect(try await rig.get("/v1/projecttransaction", "fromPeriod=202603").status == 400)
        #expect(try await rig.get("/v1/projecttransaction", "fromPeriod=03-2026&toPeriod=202603").status == 400)
        #expect(try await rig.get("/v1/projecttransaction", "fromPeriod=202604&toPeriod=202612").text == "[]")
        let free = try await Rig { $0.demandsPeriods = false }
        #expect(try await free.get("/v1/projecttransaction").text == "[]")
    }

    @Test func notesAreListedOnRequest() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document(extra: #","note":{"value":"Husk"}"#))
        let rows = try await rig.get("/v1/projecttransaction", Self.periods + "&expandNote=true").rows()
        #expect(rows.first?["note"] as? String == "Husk")
    }
}
