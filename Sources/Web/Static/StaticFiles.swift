import Crypto
import Foundation

/// A file of ours that browsers keep for a year: its address changes with its content.
struct StaticFile: Sendable {
    let name: String
    let contentType: String
    let content: String
    let address: String

    init(_ name: String, _ contentType: String, _ content: String) {
        (self.name, self.contentType, self.content) = (name, contentType, content)
        let digest = SHA256.hash(data: Data(content.utf8)).prefix(6).map { String(format: "%02x", $0) }.joined()
        address = "/static/\(digest)/\(name)"
    }
}

enum StaticFiles {
    static let stylesheet = StaticFile("ferje.css", "text/css; charset=utf-8", Stylesheet.text)
    static let script = StaticFile("ferje.js", "text/javascript; charset=utf-8", Script.text)
    static let icon = StaticFile("ikon.svg", "image/svg+xml", AppIcon.text)
    static let manifest = StaticFile("ferje.webmanifest", "application/manifest+json", AppIcon.manifest)

    static let all = [stylesheet, script, icon, manifest]

    /// An older page may still ask with an older digest; it gets what there is now.
    static let routes: [Route] = [
        .get("/static/{digest}/{name}", .anyone) { visit in
            let name = try visit.parameter("name")
            guard let file = all.first(where: { $0.name == name }) else { throw Refusal.notFound }
            return .text(file.content, file.contentType)
        }
    ]
}

enum AppIcon {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#14532d"/>\
        <path d="M10 38h44l-6 12H16z" fill="#fff"/><path d="M18 36V24h20v12M26 24v-8h8l4 8" fill="none" stroke="#fff" \
        stroke-width="4" stroke-linejoin="round"/></svg>
        """

    /// Lets a worker put the pages on the home screen.
    static let manifest = """
        {"name":"Ferje","short_name":"Ferje","lang":"nb","start_url":"/min/timer","scope":"/","display":"standalone",\
        "background_color":"#ffffff","theme_color":"#14532d",\
        "icons":[{"src":"\(StaticFiles.icon.address)","sizes":"any","type":"image/svg+xml","purpose":"any"}]}
        """
}
