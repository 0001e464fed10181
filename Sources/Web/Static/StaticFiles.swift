import HTML
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file of ours that browsers keep for a year: its address changes with its content.
struct StaticFile: Sendable {
    let name: String
    let contentType: String
    let content: [UInt8]
    let address: String
    /// What the address changes with.
    let digest: String

    init(_ name: String, _ contentType: String, _ text: String) {
        self.init(name, contentType, bytes: Array(text.utf8))
    }

    init(_ name: String, _ contentType: String, bytes: [UInt8]) {
        (self.name, self.contentType, content) = (name, contentType, bytes)
        digest = SHA256.hash(data: Data(bytes)).prefix(6).map { String(format: "%02x", $0) }.joined()
        address = "/static/\(digest)/\(name)"
    }

    static func picture(_ name: String, _ base64: String) -> StaticFile {
        StaticFile(name, "image/png", bytes: Array(Data(base64Encoded: base64) ?? Data()))
    }
}

enum StaticFiles {
    static let stylesheet = StaticFile("ferje.css", "text/css; charset=utf-8", Stylesheet.text)
    static let script = StaticFile("ferje.js", "text/javascript; charset=utf-8", Script.text)
    static let icon = StaticFile("ikon.svg", "image/svg+xml", AppIcon.text)
    static let appleIcon = StaticFile.picture("ikon-180.png", IconPictures.apple)
    static let smallIcon = StaticFile.picture("ikon-192.png", IconPictures.small)
    static let largeIcon = StaticFile.picture("ikon-512.png", IconPictures.large)
    static let manifest = StaticFile("ferje.webmanifest", "application/manifest+json", AppIcon.manifest)
    static let offlinePage = StaticFile("uten-nett.html", "text/html; charset=utf-8", OfflinePage.markup.html)
    static let serviceWorker = StaticFile("uten-nett.js", "text/javascript; charset=utf-8", ServiceWorker.text)

    static let all = [
        stylesheet, script, icon, appleIcon, smallIcon, largeIcon, manifest, offlinePage, serviceWorker,
    ]

    /// An older page may still ask with an older digest; it gets what there is now.
    static let routes: [Route] = [
        .get("/static/{digest}/{name}", .anyone) { visit in
            let name = try visit.parameter("name")
            guard let file = all.first(where: { $0.name == name }) else { throw Refusal.notFound }
            var answer = Answer(
                contentType: file.contentType, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.content)))
            if file.name == serviceWorker.name, let name = HTTPField.Name("Service-Worker-Allowed") {
                answer.headers.append((name, "/"))
            }
            return answer
        }
    ]
}

enum AppIcon {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#14532d"/>\
        <path d="M10 38h44l-6 12H16z" fill="#fff"/><path d="M18 36V24h20v12M26 24v-8h8l4 8" fill="none" stroke="#fff" \
        stroke-width="4" stroke-linejoin="round"/></svg>
        """

    /// Lets people put the pages on the home screen. The start page sends a worker on to the own pages.
    static let manifest = """
        {"name":"Ferje","short_name":"Ferje","lang":"nb","id":"/","start_url":"/","scope":"/","display":"standalone",\
        "background_color":"#ffffff","theme_color":"#14532d",\
        "icons":[{"src":"\(StaticFiles.icon.address)","sizes":"any","type":"image/svg+xml","purpose":"any"},\
        {"src":"\(StaticFiles.smallIcon.address)","sizes":"192x192","type":"image/png","purpose":"any"},\
        {"src":"\(StaticFiles.largeIcon.address)","sizes":"512x512","type":"image/png","purpose":"maskable"}]}
        """
}
