import CoreMetrics
import Logging
import Persistence
import Proresult
import Sync
import Tracing

/// Everything that the pages work with, made once by the executable.
///
/// The pages read and change rows. What Visma has to be asked for they get through `connect`, in Sync's words; nothing
/// is sent from here.
public struct Office: Sendable {
    public var database: any SQLDatabase
    public var clock: WallClock
    public var randomness: Randomness
    public var logger: Logger
    public var desk: SignInDesk
    /// Makes the connector of a company for reading: choices, preview, set-up check.
    public var connect: SyncEngine.Connect
    /// What an administrator does about the connection; nil while the operator has not given Ferje's application at the ERP.
    public var connection: ConnectionDesk?
    public var address: WebAddress
    /// Waits between two looks at what changed, for pages that follow a run.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Takes in what the ERP tells unasked; nil where the operator has not switched that on.
    public var webhooks: WebhookDoor?
    let metrics: any MetricsFactory
    let tracer: any Tracer
    let streams = OpenStreams()
    let pace = ProgramPace()

    public init(
        database: any SQLDatabase, clock: WallClock, randomness: Randomness, logger: Logger, desk: SignInDesk,
        connect: @escaping SyncEngine.Connect, connection: ConnectionDesk? = nil, address: WebAddress,
        sleep: @escaping @Sendable (Duration) async throws -> Void, webhooks: WebhookDoor? = nil,
        metrics: any MetricsFactory = MetricsSystem.factory, tracer: any Tracer = InstrumentationSystem.tracer
    ) {
        self.database = database
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
        self.desk = desk
        self.connect = connect
        self.connection = connection
        self.address = address
        self.sleep = sleep
        self.webhooks = webhooks
        self.metrics = metrics
        self.tracer = tracer
    }
}

/// What takes webhooks in: the header of the signature, and who checks it against the body.
public struct WebhookDoor: Sendable {
    public let header: String
    /// False when the signature is not of the body. Throws what a database throws.
    public let receive: @Sendable (_ body: [UInt8], _ signature: String) async throws -> Bool

    public init(
        header: String, receive: @escaping @Sendable (_ body: [UInt8], _ signature: String) async throws -> Bool
    ) {
        (self.header, self.receive) = (header, receive)
    }
}
