import HTTPTypes
import Hummingbird
import NIOCore
import Persistence
import Proresult
import ServiceLifecycle
import Synchronization

/// The news of runs as server-sent events, for pages that are open.
enum EventStream {
    static let routes: [Route] = [
        .get("/hendelser", .office, countsAsUse: false) { visit in
            let session = try visit.person.session.id
            let from = Int64(visit.query["fra"]).map(Timestamp.init(milliseconds:)) ?? visit.now
            let watch = try RunWatch(visit, from: from)
            let office = visit.office
            guard office.streams.enter(session) else { return Answer(status: .tooManyRequests) }
            // Given back when the stream has been written, or was never begun.
            let place = StreamPlace(streams: office.streams, session: session)
            return Answer(
                contentType: "text/event-stream; charset=utf-8",
                body: ResponseBody { writer in
                    defer { place.giveBack() }
                    try await write(watch, office, to: &writer)
                    try await writer.finish(nil)
                })
        }
    ]

    private static let pause = Duration.seconds(1)
    /// Without news something is written all the same, or nobody would notice that the other end has gone.
    private static let quietLooks = 2

    private static func write(
        _ watch: RunWatch, _ office: Office, to writer: inout any ResponseBodyWriter
    ) async throws {
        var watch = watch
        var quiet = 0
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
        while true {
            guard let events = try await watch.look() else {
                let over = RunWatch.Event(name: .over, job: nil, text: "")
                return try await writer.write(ByteBuffer(string: over.wire))
            }
            quiet = events.isEmpty ? quiet + 1 : 0
            if quiet >= quietLooks {
                quiet = 0
                try await writer.write(ByteBuffer(string: ":\n\n"))
            } else if !events.isEmpty {
                try await writer.write(ByteBuffer(string: events.map(\.wire).joined()))
            }
            do {
                // A stream that went on would keep the process from stopping.
                try await cancelWhenGracefulShutdown { try await office.sleep(pause) }
            } catch is CancellationError {
                return
            }
        }
    }
}

/// One stream's place among those of its session, given back once however the stream ends.
private final class StreamPlace: Sendable {
    private let streams: OpenStreams
    private let session: SessionID
    private let isTaken = Mutex(true)

    init(streams: OpenStreams, session: SessionID) {
        (self.streams, self.session) = (streams, session)
    }

    func giveBack() {
        let wasTaken = isTaken.withLock { taken in
            defer { taken = false }
            return taken
        }
        if wasTaken { streams.leave(session) }
    }

    deinit { giveBack() }
}
