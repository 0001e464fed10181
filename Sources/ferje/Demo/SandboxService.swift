import Hummingbird
import NIOCore
import ServiceLifecycle
import VismaNetSandbox

/// The sandbox over real HTTP on the loopback.
struct SandboxService: Service {
    let sandbox: Sandbox
    let port: Int
    private let (addresses, announced) = AsyncStream.makeStream(of: String.self)

    init(_ sandbox: Sandbox, port: Int) {
        self.sandbox = sandbox
        self.port = port
    }

    func run() async throws {
        defer { announced.finish() }
        let application = sandbox.application(port: port) { channel in
            announced.yield("http://127.0.0.1:\(channel.localAddress?.port ?? port)")
        }
        do {
            try await application.run()
        } catch let error as IOError {
            throw Failure(.configuration, "portTaken", .portTaken(port, "\(error)"))
        }
    }

    /// `http://127.0.0.1:…`, as soon as it answers; to be asked for once.
    func address() async throws -> String {
        for await address in addresses { return address }
        throw CancellationError()
    }
}
