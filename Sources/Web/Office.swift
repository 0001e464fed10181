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
    public var connection: ConnectionDesk
    public var address: WebAddress
    /// Waits between two looks at what changed, for pages that follow a run.
    public var sleep: @Sendable (Duration) async throws -> Void
    let streams = OpenStreams()

    public init(
        database: any SQLDatabase, clock: WallClock, randomness: Randomness, logger: Logger, desk: SignInDesk,
        connect: @escaping SyncEngine.Connect, connection: ConnectionDesk, address: WebAddress,
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

/// What a person can do with a company's link to Visma. The executable says it in the connector's words, which the
/// pages do not know.
public struct ConnectionDesk: Sendable {
    /// Begins a sign-in at Visma: where to send the browser, and the state that must come back with it.
    public var begin: @Sendable (CompanyID, _ person: String) async throws -> (url: String, state: String)
    /// Ends it, and returns name and number of the organisation that was reached.
    public var finish: @Sendable (CompanyID, _ code: String, _ state: String, _ person: String) async throws -> String
    public var activateService: @Sendable (CompanyID, _ tenantID: String, _ person: String) async throws -> String
    /// False when Visma did not confirm that the tokens are revoked.
    public var disconnect: @Sendable (CompanyID, _ person: String) async throws -> Bool

    public init(
        begin: @escaping @Sendable (CompanyID, String) async throws -> (url: String, state: String),
        finish: @escaping @Sendable (CompanyID, String, String, String) async throws -> String,
        activateService: @escaping @Sendable (CompanyID, String, String) async throws -> String,
        disconnect: @escaping @Sendable (CompanyID, String) async throws -> Bool
    ) {
        self.begin = begin
        self.finish = finish
        self.activateService = activateService
        self.disconnect = disconnect
    }
}

/// Where browsers reach this server: `https://ferje.example.no`, or `http://` on this machine alone.
public struct WebAddress: Sendable, Hashable {
    public let origin: String

    public init(origin: String) { self.origin = origin }

    public var isSecure: Bool { origin.hasPrefix("https://") }

    /// Without TLS only for this machine; never with a path.
    public var isUsable: Bool {
        guard let place = origin.split(separator: "//", maxSplits: 1).last, !place.isEmpty, !place.contains("/") else {
            return false
        }
        return isSecure || (origin.hasPrefix("http://") && names.contains { place == $0 || place.hasPrefix($0 + ":") })
    }

    private var names: [String] { ["127.0.0.1", "localhost"] }

    /// What a browser may call the place that a form came from. This machine has two names.
    func isOurs(_ other: String?) -> Bool {
        guard let other else { return false }
        return other == origin
            || (!isSecure
                && other.replacing("//localhost", with: "//127.0.0.1")
                    == origin.replacing("//localhost", with: "//127.0.0.1"))
    }

    /// A cookie with `__Host-` is taken only over TLS, from this host, for the whole of it.
    var sessionCookie: String { isSecure ? "__Host-ferje" : "ferje" }
    /// Holds a sign-in form to its browser before there is a session.
    var visitorCookie: String { isSecure ? "__Host-ferje-visitor" : "ferje-visitor" }
}
