import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence
import Proresult

/// Keeps the other end's address within reach, for limits.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }
}

extension Visit {
    init(office: Office, request: Request, context: WebContext) {
        self.office = office
        path = request.uri.path
        // The router gives the parts of a path as they were sent.
        parameters = Dictionary(
            context.parameters.map { (String($0.key), String($0.value).removingPercentEncoding ?? "") },
            uniquingKeysWith: { first, _ in first })
        let read = Fields(urlEncoded: request.uri.query ?? "")
        (query, hasReadableQuery) = (read ?? Fields(), read != nil)
        form = Fields()
        body = ByteBuffer()
        headers = request.headers
        from = context.remoteAddress
        now = office.clock.now
        let cookies = request.cookies
        token = cookies[office.address.sessionCookie]?.value
        who = nil
        program = nil
        let visitor = cookies[office.address.visitorCookie]?.value
        self.visitor = visitor.flatMap { Self.isVisitor($0) ? $0 : nil } ?? VisitorID(using: office.randomness).text
        erpSignIn = cookies[office.address.erpSignInCookie]?.value
        language = cookies["ferje-language"].flatMap { Language(rawValue: $0.value) } ?? .norwegian
        notice = cookies["ferje-notice"].flatMap { Notice.decoded($0.value) }
    }

    private typealias VisitorID = Identifier<WebContext>

    /// It goes back in a cookie of ours, so that only what we have made ourselves is taken.
    private static func isVisitor(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
    }

    func with(body: ByteBuffer, isForm: Bool) throws -> Visit {
        var form = Fields()
        if isForm {
            guard (headers[.contentType] ?? "").hasPrefix("application/x-www-form-urlencoded") else {
                throw Refusal.wrongContentType
            }
            guard let fields = Fields(urlEncoded: String(buffer: body)) else {
                throw Refusal.badRequest(Text("Skjemaet kunne ikke leses.", "The form could not be read."))
            }
            form = fields
        }
        var visit = Visit(
            office: office, path: path, parameters: parameters, query: query, form: form, body: body,
            headers: headers, from: from, now: now, visitor: visitor, language: language)
        (visit.token, visit.who, visit.program, visit.notice) = (token, who, program, notice)
        visit.erpSignIn = erpSignIn
        visit.hasReadableQuery = hasReadableQuery
        return visit
    }

    /// A header that HTTPTypes has no name for.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

/// What one page has to say on the next, in a cookie of half a minute. It is text and is shown as text.
struct Notice: Sendable, Hashable {
    var text: String
    /// What was asked for was not done.
    var isTrouble = false

    var encoded: String {
        (isTrouble ? "!" : "")
            + Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    static func decoded(_ value: String) -> Notice? {
        let isTrouble = value.hasPrefix("!")
        var base64 = String(value.dropFirst(isTrouble ? 1 : 0)).replacing("-", with: "+").replacing("_", with: "/")
        while base64.count % 4 != 0 { base64.append("=") }
        guard base64.count < 2_000, let data = Data(base64Encoded: base64) else { return nil }
        return String(data: data, encoding: .utf8).map { Notice(text: $0, isTrouble: isTrouble) }
    }
}
