import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A network between the program and the sandbox: every connection gets an accident of its own, or none.
final class FaultyNetwork: Sendable {
    enum Accident: CaseIterable {
        case none
        /// The connection is reset when it is made.
        case refused
        /// After some bytes of the request.
        case cutWhileSending
        /// After the request, before any answer.
        case cutBeforeAnswer
        /// After some bytes of the answer.
        case cutWhileAnswering
        /// Longer than the program waits for the answer to a document.
        case late
        /// A few bytes at a time.
        case slow
    }

    let port: Int
    private let listener: any Channel
    private let choice: Choice

    /// Goes on to `target` on this machine.
    static func start(target: Int) async throws -> FaultyNetwork {
        let group = MultiThreadedEventLoopGroup.singleton
        let choose = Choice()
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { near in
                let accident = choose.next()
                if accident == .refused { return near.close() }
                return ClientBootstrap(group: near.eventLoop)
                    .channelInitializer { far in
                        far.eventLoop.makeCompletedFuture {
                            try far.pipeline.syncOperations.addHandler(Pipe(near, accident, isAnswer: true))
                        }
                    }
                    .connect(host: "127.0.0.1", port: target)
                    .flatMap { far in
                        near.eventLoop.makeCompletedFuture {
                            try near.pipeline.syncOperations.addHandler(Pipe(far, accident, isAnswer: false))
                        }
                    }
                    .flatMap { near.setOption(.autoRead, value: true) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return FaultyNetwork(listener, choose)
    }

    private init(_ listener: any Channel, _ choice: Choice) {
        self.listener = listener
        self.choice = choice
        port = listener.localAddress?.port ?? 0
    }

    /// How often each accident has struck.
    var counts: [Accident: Int] { choice.counts }

    func stop() async throws { try await listener.close() }

    /// Every fourth connection has an accident, in turn.
    final class Choice: Sendable {
        private let made = Mutex<(number: Int, counts: [Accident: Int])>((0, [:]))
        var counts: [Accident: Int] { made.withLock { $0.counts } }

        func next() -> Accident {
            made.withLock { made in
                made.number += 1
                let evil = Accident.allCases.dropFirst()
                let accident: Accident =
                    made.number.isMultiple(of: 4) ? Array(evil)[made.number / 4 % evil.count] : .none
                made.counts[accident, default: 0] += 1
                return accident
            }
        }
    }

    /// One direction of one connection.
    private final class Pipe: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let accident: Accident
        private let isAnswer: Bool

        init(_ other: any Channel, _ accident: Accident, isAnswer: Bool) {
            (self.other, self.accident, self.isAnswer) = (other, accident, isAnswer)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            let other = other
            switch (accident, isAnswer) {
            case (.cutWhileSending, false):
                other.writeAndFlush(bytes.readSlice(length: bytes.readableBytes / 2) ?? bytes, promise: nil)
                end(context)
            case (.cutBeforeAnswer, true): end(context)
            case (.cutWhileAnswering, true):
                let half = bytes.readSlice(length: bytes.readableBytes / 2) ?? bytes
                other.writeAndFlush(half).whenComplete { _ in other.close(promise: nil) }
                context.close(promise: nil)
            case (.late, true):
                let whole = bytes
                context.eventLoop.scheduleTask(in: .seconds(4)) { other.writeAndFlush(whole, promise: nil) }
            case (.slow, true):
                var pause = Int64(0)
                while let piece = bytes.readSlice(length: min(700, bytes.readableBytes)), piece.readableBytes > 0 {
                    pause += 5
                    context.eventLoop.scheduleTask(in: .milliseconds(pause)) {
                        other.writeAndFlush(piece, promise: nil)
                    }
                }
            default: other.writeAndFlush(bytes, promise: nil)
            }
        }

        private func end(_ context: ChannelHandlerContext) {
            other.close(promise: nil)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { end(context) }
    }
}
