import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// Ferje on the home screen of a telephone, and what is kept there: files that are the same for everybody, and what a
/// person typed until it has been sent or the person signs out.
@Suite struct HomeScreenTests {
    private struct Manifest: Decodable {
        struct Icon: Decodable {
            var src: String
            var sizes: String
            var type: String
        }
        var name: String
        var start_url: String
        var display: String
        var theme_color: String
        var icons: [Icon]
    }

    @Test func theManifestNamesIconsThatAreThere() async throws {
        try await withWeb { bench in
            let browser = bench.browser()
            let page = try await browser.get("/inn")
            #expect(page.html.contains("rel=\"manifest\" href=\"\(StaticFiles.manifest.address)\""))
            #expect(page.html.contains("rel=\"apple-touch-icon\" href=\"\(StaticFiles.appleIcon.address)\""))
            let answer = try await browser.get(StaticFiles.manifest.address)
            #expect(answer.headers[.contentType] == "application/manifest+json")
            let manifest = try JSONDecoder().decode(Manifest.self, from: Data(answer.html.utf8))
            #expect(manifest.start_url == "/" && manifest.display == "standalone")
            #expect(page.html.contains("name=\"theme-color\" content=\"\(manifest.theme_color)\""))
            #expect(manifest.icons.count == 3)
            for icon in manifest.icons {
                let picture = try await browser.get(icon.src)
                #expect(picture.status == .ok && picture.headers[.contentType] == icon.type, "\(icon.src)")
            }
        }
    }

    @Test(arguments: [
        (StaticFiles.appleIcon, 180), (StaticFiles.smallIcon, 192), (StaticFiles.largeIcon, 512),
    ])
    func thePicturesAreOfTheSizeTheySay(file: StaticFile, size: Int) throws {
        #expect(file.content.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
        let (width, height) = (file.content.dropFirst(16).prefix(4), file.content.dropFirst(20).prefix(4))
        #expect(width.reduce(0) { $0 << 8 | Int($1) } == size && height.reduce(0) { $0 << 8 | Int($1) } == size)
    }

    @Test func theServiceWorkerStandsForAllPagesAndKeepsOnlyFilesForEverybody() async throws {
        try await withWeb { bench in
            let allowed = try #require(HTTPField.Name("Service-Worker-Allowed"))
            let browser = bench.browser()
            for file in StaticFiles.all {
                let answer = try await browser.get(file.address)
                #expect(answer.status == .ok && answer.headers[.contentType] == file.contentType)
                #expect(answer.headers[allowed] == (file.name == StaticFiles.serviceWorker.name ? "/" : nil))
            }
            let worker = try await browser.get(StaticFiles.serviceWorker.address).html
            let list = try #require(worker.firstMatch(of: #/const files = (.*);/#)).1
            #expect(list == "[offline, \"\(StaticFiles.stylesheet.address)\", \"\(StaticFiles.icon.address)\"]")
            #expect(worker.contains("const offline = \"\(StaticFiles.offlinePage.address)\""))
            // Only the list is put into the store.
            #expect(worker.matches(of: #/addAll|\.put\(|\.add\(/#).count == 1)
            #expect(try await browser.get("/inn").html.contains(StaticFiles.script.address))
            #expect(Script.text.contains(StaticFiles.serviceWorker.address))
            let offline = try await browser.get(StaticFiles.offlinePage.address)
            #expect(offline.text.contains("Ingen nettforbindelse") && offline.text.contains("could not be fetched"))
        }
    }

    @Test func whatIsTypedIsKeptUnderTheUserAndGoesAtSignOut() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(3, invoicedAs: "PRV-1")
            try await bench.enter(8)
            let (project, item) = (try await bench.project(), try await bench.item())
            let user = "\(WebBench.company)-kari"
            let worker = try await bench.signedIn(.worker)
            for (path, form) in [
                ("/min/timer", "/min/timer"), ("/min/timer/h1", "/min/timer/h1"),
                ("/min/vareuttak?prosjekt=\(project.id.text)&vare=\(item.id.text)", "/min/vareuttak \(item.id.text)"),
                ("/min/vareuttak/w1", "/min/vareuttak/w1/retur"),
            ] {
                let page = try await worker.get(path)
                #expect(page.html.contains("data-draft=\"\(user) \(form)\""), "\(path)")
                #expect(page.html.contains("data-user=\"\(user)\""), "\(path)")
            }
            let out = try await worker.post("/ut")
            let clear = try #require(HTTPField.Name("Clear-Site-Data"))
            #expect(out.headers[clear] == "\"storage\"")
            let signIn = try await worker.get("/inn")
            #expect(!signIn.html.contains("data-user") && !signIn.html.contains("data-draft"))
        }
    }
}
