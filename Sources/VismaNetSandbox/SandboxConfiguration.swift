import Foundation

/// How this Visma.net behaves. Every point that the published description leaves open (API.md section 6) is a switch here,
/// with the documented stand-in as its default.
public struct SandboxConfiguration: Sendable {
    /// What happens to a description that is too long.
    public enum LongText: Sendable { case refuse, cut }
    /// How `financialPeriod` is written on lines.
    public enum PeriodLayout: Sendable { case yearMonth, monthYear }
    /// Whether a refresh token lives on after use (API.md 1.4). Grace is in seconds.
    public enum RefreshTokens: Sendable, Equatable { case reUse, oneTime(graceSeconds: Int) }

    /// An application registered in the developer portal.
    public struct Client: Sendable {
        public enum Kind: Sendable { case interactive, service }
        public var id: String
        public var secret: String
        public var redirectURIs: [String]
        public var kinds: Set<Kind>

        public init(
            id: String, secret: String, redirectURIs: [String] = [], kinds: Set<Kind> = [.interactive, .service]
        ) {
            self.id = id
            self.secret = secret
            self.redirectURIs = redirectURIs
            self.kinds = kinds
        }
    }

    public var clients: [Client]
    /// Tenant ids of customers, not companies: a token is issued, the API answers 401 (API.md 1.5).
    public var customerTenantIDs: Set<String> = []

    /// Largest page of project, inventory, customer and projecttransaction.
    public var heavyPageSize = 500
    /// Largest page of the other lists.
    public var lightPageSize = 1000
    /// Rows given when no page size is asked for.
    public var defaultPageSize = 100
    /// Calls per company and client in each clock hour.
    public var hourlyQuota = 15_000
    public var defaultDocumentStatus = "Balanced"
    /// Refuses unknown properties and query names, bare values and empty documents.
    public var isStrict = true
    /// Takes a document without lines also when strict.
    public var acceptsEmptyDocuments = false
    /// Lists a document without lines under every period and project; else under none.
    public var listsEmptyDocuments = false
    /// Stores `Hold` when it is asked for; else every new document has the default status.
    public var honoursHold = true
    /// Answers 412 to a stale `If-Match`; else the last writer wins.
    public var enforcesIfMatch = true
    public var periodLayout = PeriodLayout.yearMonth
    /// The transaction list demands `fromPeriod` and `toPeriod`.
    public var demandsPeriods = true
    public var documentTextLength = 256
    public var lineTextLength = 256
    public var longText = LongText.refuse
    public var maximumLines = 1000
    /// `endDate` of a period is shown as the first day of the next one.
    public var periodEndIsExclusive = false
    public var accountGroupRequiredAtSave = true
    public var taskChangeTouchesProject = false
    public var acceptsReleasedOnCreate = false
    /// Times in answers carry `+01:00` or `+02:00`.
    public var timesCarryOffset = false

    public var accessTokenSeconds: Int64 = 3600
    public var refreshTokenSeconds: Int64 = 365 * 86_400
    public var refreshTokens = RefreshTokens.oneTime(graceSeconds: 0)

    /// Added to the clock for everything the server stamps, in milliseconds.
    public var wallClockOffset: Int64 = 0
    /// Delay of every answer, in milliseconds, through the injected sleep.
    public var latency: Int64 = 0
    /// How long a background job stays `Started`, in milliseconds.
    public var backgroundDuration: Int64 = 0
    /// Serves `/sandbox/…` (ledger, requests, faults). Only for a loopback address.
    public var exposesJudge = true
    /// Folder in which ledger and grants survive a restart; nil keeps everything in memory.
    public var folder: URL?

    public init(clients: [Client]) { self.clients = clients }

    static let scopeActions = ["read", "create", "update", "delete"]
    static let serviceScopes = Set(scopeActions.map { "vismanet_erp_service_api:" + $0 })
    static let interactiveScopes = Set(
        (scopeActions + ["ui-extension"]).map { "vismanet_erp_interactive_api:" + $0 }
            + ["openid", "email", "profile", "tenants", "offline_access"])
}
