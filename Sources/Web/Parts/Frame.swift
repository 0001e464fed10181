import HTML
import Proresult

/// The frame of every page: the green band, the menu that the role may see, and what the last page had to say.
enum Frame {
    static func page(
        _ visit: Visit, _ title: Text, in item: MenuItem? = nil, kind: Kind = .office, _ body: () throws -> Markup
    ) rethrows -> Markup {
        let heading = visit.text(title)
        return """
            <!DOCTYPE html>
            <html lang="\(visit.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="theme-color" content="#14532d">
            <title>\(heading) · Ferje</title>
            <link rel="stylesheet" href="\(StaticFiles.stylesheet.address)">
            <link rel="manifest" href="\(StaticFiles.manifest.address)">
            <link rel="icon" href="\(StaticFiles.icon.address)" type="image/svg+xml">
            <link rel="apple-touch-icon" href="\(StaticFiles.appleIcon.address)">
            <script src="\(StaticFiles.script.address)" defer></script>
            </head>
            <body class="\(kind.rawValue)"\(Drafts.words(visit))>
            <a class="skip" href="#innhold">\(visit.text(.skipToContent))</a>
            \(band(visit))
            <div class="shell">
            \(menu(visit, item))
            <main id="innhold" tabindex="-1">
            <h1>\(heading)</h1>
            \(said(visit))
            \(try body())
            </main>
            </div>
            \(foot(visit))
            </body>
            </html>

            """
    }

    enum Kind: String {
        /// Wide: the office.
        case office
        /// One column and large buttons: the telephone.
        case worker
    }

    private static func band(_ visit: Visit) -> Markup {
        guard let who = visit.who else {
            return "<header class=\"band\"><a class=\"logo\" href=\"/\">Ferje</a></header>"
        }
        let toWorker: Markup =
            "<a class=\"shortcut\" href=\"/min/timer\">\(Icon.clock)<span>\(visit.text(.workerView))</span></a>"
        return """
            <header class="band">
            <a class="logo" href="/">Ferje</a>
            <span class="company">\(who.company.name)</span>
            <span class="right">
            \(who.worker == nil || !RouteTable.serves("/min/timer") ? .nothing : toWorker)
            <a class="shortcut" href="/konto">\(Icon.person)<span>\(who.user.name)</span></a>
            <form method="post" action="/ut">\(FormParts.token(visit))\
            <button class="plain">\(visit.text(.signOut))</button></form>
            </span>
            </header>
            """
    }

    private static func menu(_ visit: Visit, _ current: MenuItem?) -> Markup {
        guard let who = visit.who else { return .nothing }
        let items = MenuItem.allCases.filter { $0.roles.contains(who.user.role) && RouteTable.serves($0.address) }
        guard !items.isEmpty else { return .nothing }
        let links = items.map { item in
            let isHere: Markup = item == current ? " aria-current=\"page\"" : .nothing
            return "<li><a href=\"\(item.address)\"\(isHere)>\(visit.text(item.title))</a></li>\n" as Markup
        }
        return """
            <nav class="menu" aria-label="\(visit.text(.mainMenu))">
            <details class="fold"><summary>\(visit.text(.menu))</summary><ul>\(links)</ul></details>
            <ul class="wide">\(links)</ul>
            </nav>
            """
    }

    private static func said(_ visit: Visit) -> Markup {
        guard let notice = visit.notice, !notice.text.isEmpty else { return .nothing }
        return notice.isTrouble
            ? "<p class=\"notice stop\" role=\"alert\">\(notice.text)</p>"
            : "<p class=\"notice good\" role=\"status\">\(notice.text)</p>"
    }

    private static func foot(_ visit: Visit) -> Markup {
        let other: Language = visit.language == .norwegian ? .english : .norwegian
        let name = other == .english ? "English" : "Norsk"
        // What a form was sent to need not be a page.
        let back = RouteTable.serves(visit.path) ? visit.path : "/"
        let help: Markup = "<a href=\"/hjelp\">\(visit.text(.help))</a>"
        return """
            <footer class="foot">\(RouteTable.serves("/hjelp") ? help : .nothing)
            <form method="post" action="/sprak">\(FormParts.token(visit))\
            <input type="hidden" name="til" value="\(back)">\
            <button class="plain" name="sprak" value="\(other.rawValue)" lang="\(other.rawValue)">\(name)</button></form>
            </footer>
            """
    }
}

/// The main menu, in the order of proresult.md section 2.
enum MenuItem: CaseIterable, Sendable {
    case home, transfer, projects, workers, hours, withdrawals, items, customers, runLog, setUp, users

    var title: Text {
        switch self {
        case .home: Text("Forside", "Home")
        case .transfer: Text("Overføring", "Transfer")
        case .projects: Text("Prosjekt", "Projects")
        case .workers: Text("Arbeidere", "Workers")
        case .hours: Text("Timer", "Hours")
        case .withdrawals: Text("Vareuttak", "Item withdrawals")
        case .items: Text("Varer", "Items")
        case .customers: Text("Kunder", "Customers")
        case .runLog: Text("Kjørelogg", "Run log")
        case .setUp: Text("Oppsett", "Settings")
        case .users: Text("Brukere", "Users")
        }
    }

    var address: String {
        switch self {
        case .home: "/"
        case .transfer: "/overforing"
        case .projects: "/prosjekt"
        case .workers: "/arbeidere"
        case .hours: "/timer"
        case .withdrawals: "/vareuttak"
        case .items: "/varer"
        case .customers: "/kunder"
        case .runLog: "/kjorelogg"
        case .setUp: "/oppsett"
        case .users: "/brukere"
        }
    }

    var roles: Set<Role> {
        switch self {
        case .home, .transfer, .projects, .hours, .withdrawals, .items, .customers, .runLog:
            [.leader, .administrator, .bookkeeper]
        case .workers: [.leader, .administrator, .bookkeeper]
        case .setUp: [.administrator, .bookkeeper]
        case .users: [.administrator]
        }
    }
}
