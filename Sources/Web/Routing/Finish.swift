import HTTPTypes
import Hummingbird

extension Gate {
    /// The answer with its cookies and with the headers that every answer has.
    func finish(_ answer: Answer, for visit: Visit, _ route: Route) -> Response {
        var headers = HTTPFields()
        if let type = answer.contentType { headers[.contentType] = type }
        for (name, value) in SecurityHeaders.all(office.address, isPublic: route.isStatic) { headers[name] = value }
        for (name, value) in answer.headers { headers[name] = value }
        var response = Response(status: answer.status, headers: headers, body: answer.body)
        for cookie in answer.cookies { response.setCookie(cookie) }
        guard !route.isForPrograms, !route.isStatic else { return response }
        if visit.who == nil { response.setCookie(cookie(office.address.visitorCookie, visit.visitor)) }
        if let notice = answer.notice {
            let told = Notice(text: visit.text(notice), isTrouble: answer.isTrouble)
            response.setCookie(cookie("ferje-notice", told.encoded, seconds: 30))
        } else if visit.notice != nil, answer.status == .ok {
            response.setCookie(cookie("ferje-notice", "", seconds: 0))
        }
        return response
    }

    /// Not to be read by a script, and not sent along from other sites' forms.
    func cookie(_ name: String, _ value: String, seconds: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: seconds, path: "/", secure: office.address.isSecure, httpOnly: true,
            sameSite: .lax)
    }
}

extension Route {
    /// Files that are the same for everybody and change only with the program.
    var isStatic: Bool { path.hasPrefix("/static/") }
}

/// The fences behind the escaping: a page runs and loads nothing but our own files.
enum SecurityHeaders {
    /// `others` are the places outside that a form of the page may lead to; browsers look at redirections too.
    static func policy(formsTo others: [String] = []) -> String {
        let places = (["'self'"] + others).joined(separator: " ")
        return "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action \(places)"
    }

    static func all(_ address: WebAddress, isPublic: Bool) -> [(HTTPField.Name, String)] {
        var headers: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, policy()),
            (.xContentTypeOptions, "nosniff"),
            (
                .cacheControl, isPublic ? "public, max-age=31536000, immutable" : "no-store"
            ),
        ]
        for (name, value) in [
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ] {
            if let name = HTTPField.Name(name) { headers.append((name, value)) }
        }
        if address.isSecure { headers.append((.strictTransportSecurity, "max-age=31536000")) }
        return headers
    }
}
