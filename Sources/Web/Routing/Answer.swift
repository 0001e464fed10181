import Foundation
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import Proresult

/// What a handler gives back.
struct Answer: Sendable {
    var status: HTTPResponse.Status = .ok
    var contentType: String?
    var body = ResponseBody()
    var headers: [(HTTPField.Name, String)] = []
    var cookies: [Cookie] = []
    /// Said once, at the top of the next page.
    var notice: Text?
    /// The notice tells what went wrong.
    var isTrouble = false

    static func page(_ markup: Markup, status: HTTPResponse.Status = .ok) -> Answer {
        text(markup.html, "text/html; charset=utf-8", status: status)
    }

    /// The page again, with what was wrong on it: nothing was changed.
    static func again(_ markup: Markup) -> Answer { page(markup, status: .unprocessableContent) }

    static func text(_ text: String, _ contentType: String, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, contentType: contentType, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Answer(
            status: status, contentType: "application/json",
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    /// Sends the browser on with GET, with something to say there.
    static func see(_ path: String, _ notice: Text? = nil) -> Answer {
        Answer(status: .seeOther, headers: [(.location, path)], notice: notice)
    }

    /// The same after what was asked for could not be done.
    static func see(_ path: String, trouble: Text) -> Answer {
        var answer = see(path, trouble)
        answer.isTrouble = true
        return answer
    }
}

/// Why a visit does not come through; told in the frame of a page, or as problem details to a program.
enum Refusal: Error, Sendable {
    case notFound
    case notAllowed
    case badRequest(Text)
    /// The form was not sent from a page of ours, or from one that is too old.
    case foreignForm
    case signInNeeded
    case proofNeeded
    case tooLarge
    case wrongContentType
}
