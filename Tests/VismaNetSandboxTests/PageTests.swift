import Foundation
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import VismaNetSandbox

private let hostile = "<script>alert('x')</script> & \"y\""
private let hostileEscaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"

private func decimal(_ text: String) -> Decimal {
    Decimal(string: text) ?? .nan
}

private func line(project: String, description: String = "PR:t-1 Tømrer", amount: String = "3150") -> PageLine {
    PageLine(
        date: "2026-11-12", period: "202611", project: project, task: "40", employeeNumber: "7",
        employeeName: "Kari Moe", itemNumber: "TIMER", description: description, quantity: decimal("7.5"),
        unit: "TIMER", rate: decimal("420"), amount: decimal(amount), billableQuantity: decimal("6"),
        accountGroup: "5", debitAccount: "5000", debitSubaccount: "100000", creditAccount: "5990")
}

private func sample() -> PageModel {
    let company = DemoContractor.make(today: DemoDay(year: 2026, month: 11, day: 24), size: .small)
    func document(_ number: Int, status: String, description: String, lines: [PageLine]) -> PageDocument {
        let refNbr = "PM0000000\(number)"
        return PageDocument(
            id: refNbr, tenantID: company.tenantID, refNbr: refNbr, description: description, status: status,
            created: "2026-11-24 09:00:0\(number)", lines: lines)
    }
    return PageModel(
        companies: [company],
        documents: [
            document(
                1, status: "Released", description: "Proresult timer #1",
                lines: [line(project: "P-2024-001"), line(project: "T/17", amount: "-50.25")]),
            document(
                2, status: "Balanced", description: hostile, lines: [line(project: hostile, description: hostile)]),
        ])
}

/// The one thing that the page can change, as the sandbox's ledger would.
private actor Ledger {
    struct PeriodIsClosed: Error, CustomStringConvertible {
        var description: String { "perioden er <lukket>" }
    }

    var model = sample()
    var closed = false

    func release(_ id: String) throws {
        if closed { throw PeriodIsClosed() }
        for index in model.documents.indices where model.documents[index].id == id {
            model.documents[index].status = "Released"
        }
    }

    func close() { closed = true }
}

struct PageTests {
    private func page(
        _ uri: String, method: HTTPRequest.Method = .get, ledger: Ledger = Ledger()
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields, html: String) {
        let router = Router()
        addPageRoutes(to: router, model: { await ledger.model }, release: { try await ledger.release($0) })
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: uri, method: method) { ($0.status, $0.headers, String(buffer: $0.body)) }
        }
    }

    @Test func homeTellsCompaniesCountsAndNewestFirst() async throws {
        let home = try await page("/")
        #expect(home.status == .ok)
        #expect(home.headers[.contentType] == "text/html; charset=utf-8")
        #expect(home.html.contains("Visma.net – sandkasse"))
        #expect(home.html.contains("Fjordbygg Entreprenør AS"))
        #expect(home.html.contains("<dt>Kunder</dt><dd>25</dd>"))
        #expect(home.html.contains("<dt>Åpne perioder</dt><dd>202610–202612</dd>"))
        #expect(home.html.contains("<dt>Dokumenter</dt><dd>2, 1 frigitt</dd>"))
        let newest = try #require(home.html.range(of: "PM00000002"))
        let oldest = try #require(home.html.range(of: "PM00000001"))
        #expect(newest.lowerBound < oldest.lowerBound)
    }

    @Test(arguments: ["/", "/page/projects/T%2F17", "/page/transactions", "/page/transactions/PM00000002"])
    func hostileTextsNeverBecomeMarkup(uri: String) async throws {
        let html = try await page(uri).html
        #expect(!html.contains("<script"))
        #expect(!html.contains("alert('x')"))
        #expect(uri.hasPrefix("/page/projects") || html.contains(hostileEscaped))
    }

    @Test func hostileNamesOfTheDemoAreEscaped() async throws {
        let html = try await page("/page/projects?q=haster").html
        #expect(html.contains("Nytt &quot;kaldt&quot; loft &lt;b&gt;haster&lt;/b&gt;"))
        #expect(!html.contains("<b>"))
        #expect(html.contains("href=\"/page/projects/P%2318%20%C3%85\""))
    }

    @Test func searchTextComesBackEscapedInItsField() async throws {
        let html = try await page("/page/items?q=%22%3E%3Cb%3E+x%2By").html
        #expect(html.contains("value=\"&quot;&gt;&lt;b&gt; x+y\""))
        #expect(html.contains("Ingen varer passer."))
    }

    @Test func projectWithASlashInItsNumberIsFound() async throws {
        let project = try await page("/page/projects/T%2F17")
        #expect(project.status == .ok)
        #expect(project.html.contains("Skråstrek i nummeret"))
        #expect(project.html.contains("Materialer"))
        #expect(project.html.contains("\u{2212}50,25"))
        // Only this project's line of the document, not the other one.
        #expect(!project.html.contains("3\u{00A0}150,00"))
    }

    @Test(arguments: ["/page/projects/NOPE", "/page/transactions/PM99999999"])
    func unknownIsNotFound(uri: String) async throws {
        #expect(try await page(uri).status == .notFound)
    }

    @Test func projectListTellsCustomerAndManagerAndPages() {
        var model = sample()
        model.companies = [
            DemoContractor.make(
                today: DemoDay(year: 2026, month: 11, day: 24),
                size: DemoSize(customers: 3, projects: 230, tasks: 0, items: 0, employees: 3))
        ]
        let first = renderProjects(model)
        #expect(first.contains("Side 1 av 3"))
        #expect(first.contains("10001 Byggmester Gunn Øvrebø"))
        #expect(first.contains(">Stanset</span>"))
        #expect(!first.contains("← Forrige"))
        let beyond = renderProjects(model, page: 99)
        #expect(beyond.contains("Side 3 av 3"))
        #expect(!beyond.contains("Neste →"))
        // The search goes along to the next page.
        #expect(renderProjects(model, search: "p-").contains("href=\"/page/projects?q=p-&amp;page=2\""))
    }

    @Test func itemsAreFoundByNumberAndNameWhateverTheCase() {
        let model = sample()
        #expect(renderItems(model, search: "gips/13").contains("GIPS/13#2"))
        #expect(renderItems(model, search: "AVLØPSRØR").contains("Avløpsrør PP 32 mm"))
        #expect(!renderItems(model, search: "AVLØPSRØR").contains("Alupex"))
        #expect(renderItems(model, search: "ALUPEX").contains("Alupex-rør 16 mm"))
        #expect(renderItems(model, search: "alupex").contains("29,25"))
    }

    @Test func transactionsSumByAccount() {
        let html = renderTransactions(sample(), status: "Released")
        #expect(html.contains(">1 dokument<"))
        #expect(html.contains("Lønn til ansatte"))
        #expect(html.contains("data-label=\"Debet\">3\u{00A0}099,75<"))
        #expect(html.contains("data-label=\"Saldo\">\u{2212}3\u{00A0}099,75<"))
        #expect(html.contains("7,5 TIMER"))
        #expect(html.contains("7 Kari Moe"))
        #expect(html.contains("5000 100000"))
        #expect(!html.contains("PM00000002"))
    }

    @Test func aBalancedDocumentCanBeReleased() async throws {
        let ledger = Ledger()
        #expect(try await page("/page/transactions/PM00000002", ledger: ledger).html.contains("Frigi (Release)"))
        let answer = try await page("/page/transactions/PM00000002", method: .post, ledger: ledger)
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/page/transactions/PM00000002")
        let after = try await page("/page/transactions/PM00000002", ledger: ledger).html
        #expect(after.contains(">Frigitt</span>"))
        #expect(!after.contains("Frigi (Release)"))
    }

    @Test func aRefusedReleaseIsToldOnThePage() async throws {
        let ledger = Ledger()
        await ledger.close()
        let answer = try await page("/page/transactions/PM00000002", method: .post, ledger: ledger)
        #expect(answer.status == .conflict)
        #expect(answer.html.contains("Ikke frigitt: perioden er &lt;lukket&gt;"))
    }

    @Test func anUnknownDocumentIsNotReleased() async throws {
        #expect(try await page("/page/transactions/PM404", method: .post).status == .notFound)
    }

    @Test func nothingIsLoadedFromElsewhere() {
        let html = renderHome(sample()) + renderTransactions(sample()) + renderItems(sample())
        for mark in ["http:", "https:", "src=", "@import", "url(", "<link"] {
            #expect(!html.contains(mark))
        }
    }

    @Test func theSameProjectNumberInTwoCompaniesShowsBoth() throws {
        var model = sample()
        var other = DemoContractor.make(seed: 2, today: DemoDay(year: 2026, month: 11, day: 24), size: .small)
        other.name = "Annet Bygg AS"
        model.companies.append(other)
        let html = try #require(renderProject(model, number: "P-2024-001"))
        #expect(html.contains("Fjordbygg Entreprenør AS") && html.contains("Annet Bygg AS"))
        // The line belongs to the first company only: once as a line, four times in the sums of two accounts.
        #expect(html.components(separatedBy: "3\u{00A0}150,00").count - 1 == 5)
        #expect(renderTransactions(model).contains("Fjordbygg Entreprenør AS"))
    }

    @Test(arguments: [
        ("0", "0,00"), ("1234567.5", "1\u{00A0}234\u{00A0}567,50"), ("-0.005", "\u{2212}0,01"),
        ("999.995", "1\u{00A0}000,00"),
        ("100", "100,00"),
    ])
    func amountsReadAsNorwegian(value: String, text: String) {
        #expect(NorwegianText.amount(decimal(value)) == text)
    }

    @Test(arguments: [("7.5", "7,5"), ("8", "8"), ("0.25", "0,25"), ("-2", "\u{2212}2"), ("1250", "1\u{00A0}250")])
    func quantitiesKeepOnlyTheDecimalsTheyNeed(value: String, text: String) {
        #expect(NorwegianText.quantity(decimal(value)) == text)
    }
}
