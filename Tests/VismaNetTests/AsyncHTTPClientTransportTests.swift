import NIOCore
import NIOPosix
import Testing

@testable import VismaNet

/// A server that answers the first bytes of each connection with fixed bytes and closes.
private func withServer(
    answering text: String, _ body: (_ port: Int) async throws -> Void
) async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(CannedAnswer(text: text))
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
    let text: String

    init(text: String) { self.text = text }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(NIOAny(context.channel.allocator.buffer(string: text)), promise: nil)
        context.close(promise: nil)
    }
}

@Suite struct AsyncHTTPClientTransportTests {
    private func send(_ method: String, port: Int, deadline: Duration = .seconds(10)) async throws -> Result<
        HTTPTransportResponse, TransportFailure
    > {
        let transport = AsyncHTTPClientTransport()
        let request = HTTPTransportRequest(
            method: method, url: "http://127.0.0.1:\(port)/x", body: method == "GET" ? [] : [1])
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
}
