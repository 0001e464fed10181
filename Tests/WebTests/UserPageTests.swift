import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// Users and keys: who comes in, with which role, and how fast one is out.
@Suite struct UserPageTests {
    private func trail(_ bench: WebBench, _ kind: String) async throws -> [String] {
        try await bench.read { transaction in
            try transaction.query(
                "SELECT actor, action FROM audit WHERE subject_kind = \(kind) ORDER BY at, action, id"
            ).map { "\(try $0.get("actor", as: String.self)) \(try $0.get("action", as: String.self))" }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anInvitedUserChoosesAPasswordAndIsInTheList(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let browser = try await bench.signedIn(.administrator)
            let list = try await browser.get("/brukere")
            #expect(list.text.contains("Kari Moe") && list.text.contains("Regnskapsfører"))
            try await browser.get("/brukere/ny")
            let made = try await browser.post(
                "/brukere/ny", ["navn": "Per <b>Lie", "brukernavn": "Per", "rolle": "leader"])
            #expect(made.status == .ok)
            let link = try #require(made.html.firstMatch(of: #/value="http:\/\/localhost:8080(\/invitasjon\/[^"]+)"/#))
                .1
            let waiting = try await browser.get("/brukere?sok=per")
            #expect(waiting.text.contains("Invitert") && waiting.text.contains("Aldri"))
            #expect(waiting.html.contains("Per &lt;b&gt;Lie"))
            #expect(!waiting.html.contains(link), "the link is shown once")
            let invited = bench.browser()
            try await invited.get(String(link))
            try await invited.post(String(link), ["passord": "seks blå sauer på fjellet"])
            #expect(try await invited.get("/timer").status == .ok)
            #expect(try await browser.get("/brukere?sok=per").text.contains("Aktiv"))
            let twice = try await browser.post(
                "/brukere/ny", ["navn": "En annen", "brukernavn": "per", "rolle": "worker"])
            #expect(twice.status == .unprocessableContent)
            #expect(twice.html.contains("id=\"f-brukernavn-problem\""))
            let (users, door) = (try await trail(bench, "user"), try await trail(bench, "sign-in"))
            #expect(users == ["administrator invited", "administrator user made"])
            #expect(door == ["administrator signed in", "per signed in"])
        }
    }

    /// A worker becomes a user by an invitation with the same user name, and by nothing else.
    @Test func aWorkerIsInvitedFromTheWorkersPage() async throws {
        try await withWeb { bench in
            try await bench.write { transaction in
                _ = try Worker.create(
                    Worker(id: WorkerID("firma-ola"), employeeNumber: "2", username: "ola", name: "Ola & Co"),
                    in: transaction)
            }
            let browser = try await bench.signedIn(.administrator)
            #expect(try await browser.get("/brukere").text.contains("Ola & Co (ola)"))
            let page = try await browser.get("/arbeidere/firma-ola")
            let way = try #require(page.html.firstMatch(of: #/href="(\/brukere\/ny[^"]*)"/#)).1
            let form = try await browser.get(String(way).replacing("&amp;", with: "&"))
            #expect(form.html.contains("value=\"ola\"") && form.html.contains("value=\"Ola &amp; Co\""))
            try await browser.post("/brukere/ny", ["navn": "Ola & Co", "brukernavn": "ola", "rolle": "worker"])
            #expect(try await !browser.get("/brukere").text.contains("Arbeidere som ikke kan logge inn"))
            #expect(try await browser.get("/arbeidere/firma-ola").text.contains("Se brukeren"))
        }
    }

    /// S08: sessions, an open stream and the keys that the person made.
    @Test(arguments: ["sperr", "rolle"])
    func whoIsShutOutOrGetsAnotherRoleIsOutAtOnceWithStreamsAndKeys(how: String) async throws {
        try await withWeb { bench in
            let routes = RouteTable.all + [.get("/api/tall", .programs([.leader])) { _ in .text("her", "text/plain") }]
            let application = Application(router: bench.office.router(routes), logger: .quiet)
            try await application.test(.router) { client in
                let boss = try await bench.signedIn(.administrator)
                try await boss.get("/brukere/ny")
                try await boss.post("/brukere/firma-leader/rolle", ["rolle": "administrator"])
                let other = try await bench.signedIn(.leader)
                try await other.get("/brukere/nokler")
                let made = try await other.post(
                    "/brukere/nokler", ["navn": "Feltsystem", "rolle": "leader", "varighet": "30"])
                let key = try #require(made.html.firstMatch(of: #/value="(ferje_[^"]+)"/#)).1
                func call() async throws -> HTTPResponse.Status {
                    try await Browser(client: client).send(
                        "/api/tall", .get, headers: ["Authorization": "Bearer \(key)"], body: nil
                    ).status
                }
                #expect(try await call() == .ok)
                var watch = try RunWatch(try await bench.visit(of: other), from: bench.clock.now)
                #expect(try await watch.look() != nil)
                if how == "sperr" {
                    try await boss.post("/brukere/firma-leader/tilgang", ["slipp": "ut"])
                } else {
                    try await boss.post("/brukere/firma-leader/rolle", ["rolle": "bookkeeper"])
                }
                #expect(try await call() == .unauthorized)
                #expect(try await other.get("/").status == .seeOther)
                bench.clock.advance(by: .seconds(10))
                #expect(try await watch.look() == nil)
                #expect(try await boss.get("/brukere").status == .ok, "the one who did it stays")
            }
        }
    }

    @Test func theLastAdministratorCannotLeave() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get("/brukere/firma-administrator")
            for (path, field) in [("tilgang", ("slipp", "ut")), ("rolle", ("rolle", "leader"))] {
                let page = try await browser.post(
                    "/brukere/firma-administrator/\(path)", [field.0: field.1])
                #expect(page.status == .unprocessableContent)
                #expect(page.text.contains("Dette er den siste administratoren."))
            }
            #expect(try await browser.get("/brukere").status == .ok)
        }
    }

    @Test func allSessionsOfAPersonAreEndedByAnAdministrator() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let worker = try await bench.signedIn(.worker)
            let page = try await browser.get("/brukere/firma-kari")
            #expect(page.text.contains("Innlogget her") && page.text.contains("Avslutt alle øktene"))
            try await browser.post("/brukere/firma-kari/okter")
            #expect(try await worker.get("/min/timer").status == .seeOther)
            #expect(try await browser.get("/brukere/firma-kari").text.contains("Ikke innlogget noe sted nå."))
            // One's own: the session that asks stays.
            try await browser.get("/brukere/firma-administrator")
            try await browser.post("/brukere/firma-administrator/okter")
            #expect(try await browser.get("/brukere").status == .ok)
        }
    }

    @Test func aKeyIsShownOnceListedAndRevoked() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            #expect(try await browser.get("/brukere/nokler").text.contains("Ingen program har nøkkel."))
            let nameless = try await browser.post("/brukere/nokler", ["navn": "", "rolle": "leader", "varighet": "30"])
            #expect(nameless.status == .unprocessableContent && nameless.text.contains("Navn mangler."))
            #expect(
                try await browser.post("/brukere/nokler", ["navn": "X", "rolle": "leader", "varighet": "9999"]).status
                    == .badRequest)
            #expect(
                try await browser.post("/brukere/nokler", ["navn": "X", "rolle": "worker", "varighet": "30"]).status
                    == .badRequest, "a role that opens nothing to programs")
            try await browser.get("/brukere/nokler")
            let made = try await browser.post(
                "/brukere/nokler", ["navn": "<i>Felt", "rolle": "leader", "varighet": "30"])
            let key = String(try #require(made.html.firstMatch(of: #/value="(ferje_[^"]+)"/#)).1)
            let list = try await browser.get("/brukere/nokler")
            #expect(list.html.contains("&lt;i&gt;Felt") && !list.html.contains(key) && !list.html.contains("<i>Felt"))
            #expect(list.text.contains("Aldri"))
            _ = try await ProgramKey.find(text: key, in: bench.database, at: bench.clock.now)
            #expect(try await !browser.get("/brukere/nokler").text.contains("Aldri"))
            let id = try #require(try await bench.read { try ProgramKey.all(in: $0).first }).id
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/brukere/nokler")
            #expect(try await stranger.post("/brukere/nokler/\(id.text)/trekk").status == .notFound)
            try await browser.get("/brukere/nokler")
            try await browser.post("/brukere/nokler/\(id.text)/trekk")
            #expect(try await browser.get("/brukere/nokler").text.contains("Trukket tilbake"))
            #expect(try await trail(bench, "key") == ["administrator key made", "administrator key revoked"])
        }
    }

    @Test func anotherCompanysUsersAreNotThere() async throws {
        try await withWeb { bench in
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            #expect(try await stranger.get("/brukere/firma-leader").status == .notFound)
            try await stranger.get("/brukere/ny")
            for (path, field) in [
                ("rolle", "rolle=worker"), ("tilgang", "slipp=ut"), ("okter", ""), ("invitasjon", ""),
            ] {
                let pair = field.split(separator: "=").map(String.init)
                let page = try await stranger.post(
                    "/brukere/firma-leader/\(path)", [pair.first ?? "a": pair.last ?? "b"])
                #expect(page.status == .notFound, "\(path)")
            }
            let leader = try #require(try await bench.read { try AppUser.find(username: "leader", in: $0) })
            #expect(leader.isEnabled && leader.role == .leader)
        }
    }

    @Test func theDoorIsInTheAuditTrail() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            try await browser.get("/")
            try await browser.post("/ut")
            let visitor = bench.browser()
            try await visitor.get("/inn")
            for company in ["firma", "finnes ikke"] {
                let page = try await visitor.post(
                    "/inn", ["bedrift": company, "brukernavn": "leader", "passord": "ikke dette i det hele tatt"])
                #expect(page.status == .unprocessableContent)
            }
            #expect(
                try await trail(bench, "sign-in").sorted() == [
                    "leader sign-in refused", "leader signed in", "leader signed out",
                ])
        }
    }
}
