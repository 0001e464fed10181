import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import VismaNet

/// A server that answers the first bytes of each connection with fixed bytes and closes.
private func withServer(answering text: String, _ body: (_ port: Int) async throws -> Void) async throws {
    try await withServer(answering: Array(text.utf8), body)
}

private func withServer(
    answering bytes: [UInt8], _ body: (_ port: Int) async throws -> Void
) async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(CannedAnswer(bytes: bytes))
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(channel.localAddress?.port)
    do {
        try await body(port)
    } catch {
        try? await channel.close()
        throw error
    }
    try await channel.close()
}

private final class CannedAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
        context.close(promise: nil)
    }
}

/// Sends a head, then a piece of a body every ten milliseconds: so many, or for two seconds of a longer body.
private final class DrippingAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let piece: String
    private let pieces: Int?

    init(piece: String, pieces: Int?) {
        self.piece = piece
        self.pieces = pieces
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (channel, piece) = (context.channel, piece)
        let length = pieces.map { $0 * piece.utf8.count } ?? 1_000_000
        channel.writeAndFlush(
            channel.allocator.buffer(string: "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n"), promise: nil)
        for number in 0..<(pieces ?? 200) {
            channel.eventLoop.scheduleTask(in: .milliseconds(Int64(number) * 10)) {
                channel.writeAndFlush(channel.allocator.buffer(string: piece), promise: nil)
            }
        }
    }
}

@Suite struct AsyncHTTPClientTransportTests {
    private func send(
        _ method: String, port: Int, deadline: Duration = .seconds(10),
        limits: AsyncHTTPClientTransport.Limits = .init(),
        scheme: String = "http"
    ) async throws -> Result<HTTPTransportResponse, TransportFailure> {
        let transport = AsyncHTTPClientTransport(limits: limits)
        let request = HTTPTransportRequest(
            method: method, url: "\(scheme)://127.0.0.1:\(port)/x", body: method == "GET" ? [] : [1])
        let result: Result<HTTPTransportResponse, TransportFailure>
        do {
            result = .success(try await transport.send(request, deadline: deadline))
        } catch {
            result = .failure(error)
        }
        try await transport.shutdown()
        return result
    }

    private func isUnsent(_ result: Result<HTTPTransportResponse, TransportFailure>) -> Bool {
        if case .failure(.notSent) = result { true } else { false }
    }

    private func isUnanswered(_ result: Result<HTTPTransportResponse, TransportFailure>) -> Bool {
        if case .failure(.noAnswer) = result { true } else { false }
    }

    @Test func refusedConnectionIsProvedUnsent() async throws {
        var free = 0
        try await withServer(answering: "") { free = $0 }
        let result = try await send("POST", port: free)
        #expect(isUnsent(result), "\(result)")
    }

    @Test func failedTLSIsProvedUnsent() async throws {
        try await withServer(answering: "this is no TLS") { port in
            let transport = AsyncHTTPClientTransport()
            let request = HTTPTransportRequest(method: "POST", url: "https://127.0.0.1:\(port)/x", body: [1])
            await #expect {
                _ = try await transport.send(request, deadline: .seconds(10))
            } throws: { error in
                if case TransportFailure.notSent = error { true } else { false }
            }
            try await transport.shutdown()
        }
    }

    @Test func connectionClosedAfterTheRequestIsNoAnswer() async throws {
        try await withServer(answering: "") {
            let result = try await send("POST", port: $0)
            #expect(isUnanswered(result), "\(result)")
        }
    }

    @Test func cutBodyIsNoAnswer() async throws {
        try await withServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort") {
            let result = try await send("GET", port: $0)
            #expect(isUnanswered(result), "\(result)")
        }
    }

    @Test func answerWithoutEndStopsAtTheDeadline() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        let result = try await send("POST", port: port, deadline: .milliseconds(200))
        #expect(isUnanswered(result), "\(result)")
        try await channel.close()
    }

    @Test func redirectIsHandedBackAndHeadersAreKept() async throws {
        try await withServer(
            answering: "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nok"
        ) {
            let answer = try await send("GET", port: $0).get()
            #expect(
                answer.status == 302 && answer.header("location") == "http://127.0.0.1:1/"
                    && answer.body == Array("ok".utf8))
        }
    }

    @Test func tooLargeBodyIsNotTaken() async throws {
        try await withServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n") {
            let result = try await send("GET", port: $0)
            #expect(result == .failure(.bodyTooLarge(limitBytes: 32 * 1024 * 1024)))
        }
    }

    private func withDrip(
        _ piece: String, pieces: Int? = nil, _ body: (_ port: Int) async throws -> Void
    ) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DrippingAnswer(piece: piece, pieces: pieces))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        do {
            try await body(port)
        } catch {
            try? await channel.close()
            throw error
        }
        try await channel.close()
    }

    /// Twenty seconds are two tenths of one here.
    private var short: AsyncHTTPClientTransport.Limits {
        var limits = AsyncHTTPClientTransport.Limits()
        (limits.slowWindow, limits.leastBytes) = (.milliseconds(200), 1024)
        return limits
    }

    @Test(arguments: ["GET", "POST"])
    func aDrippingBodyIsGivenUp(method: String) async throws {
        try await withDrip("x") {
            let result = try await send(method, port: $0, limits: short)
            guard case .failure(.noAnswer(let why)) = result else { throw TestFailed(result: "\(result)") }
            #expect(why.contains("bytes of the body in 0.2 seconds"))
        }
    }

    @Test func aSteadyBodyMayTakeItsTime() async throws {
        try await withDrip(String(repeating: "x", count: 500), pieces: 60) {
            let answer = try await send("GET", port: $0, limits: short).get()
            #expect(answer.body.count == 30_000)
        }
    }

    @Test func theHeadOfAReadHasItsOwnLimit() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        var limits = AsyncHTTPClientTransport.Limits()
        limits.firstByte = .milliseconds(200)
        let result = try await send("GET", port: port, deadline: .seconds(600), limits: limits)
        #expect(isUnanswered(result), "\(result)")
        try await channel.close()
    }

    @Test func aSilentHandshakeIsProvedUnsent() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        var limits = AsyncHTTPClientTransport.Limits()
        limits.connect = .milliseconds(200)
        let result = try await send("POST", port: port, deadline: .seconds(600), limits: limits, scheme: "https")
        #expect(isUnsent(result), "\(result)")
        try await channel.close()
    }

    /// A megabyte of nothing in a thousand bytes.
    @Test func aBodyThatUnfoldsTooFarIsNotTaken() async throws {
        let bomb = try #require(
            Data(
                base64Encoded: "H4sIAAAAAAACA+3BMQEAAADCoPVPbQhfo" + String(repeating: "A", count: 1355)
                    + "PgMc6jinAAAQAA=="))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
        try await withServer(answering: Array(head.utf8) + bomb) {
            let result = try await send("GET", port: $0)
            #expect(result == .failure(.bodyTooLarge(limitBytes: 32 * 1024 * 1024)))
        }
    }

    private struct TestFailed: Error {
        var result: String
    }
}
