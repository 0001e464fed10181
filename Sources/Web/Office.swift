import Logging
import Persistence
import Proresult
import Sync

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
    let streams = OpenStreams()

    public init(
        database: any SQLDatabase, clock: WallClock, randomness: Randomness, logger: Logger, desk: SignInDesk,
        connect: @escaping SyncEngine.Connect, connection: ConnectionDesk? = nil, address: WebAddress,
        sleep: @escaping @Sendable (Duration) async throws -> Void
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
    }
}
