/// The settings of the program itself, under the names of their environment variables.
enum ConfigurationKey: String, CaseIterable {
    case databaseURL = "FERJE_DATABASE_URL"
    case databaseOwnerURL = "FERJE_DATABASE_OWNER_URL"
    case dataFolder = "FERJE_DATA"
    case masterKeyFile = "FERJE_MASTER_KEY_FILE"
    case apiURL = "FERJE_VISMA_API_URL"
    case authority = "FERJE_VISMA_AUTHORITY"
    case clientID = "FERJE_VISMA_CLIENT_ID"
    case clientSecret = "FERJE_VISMA_CLIENT_SECRET"
    case clientSecretFile = "FERJE_VISMA_CLIENT_SECRET_FILE"
    case redirectURI = "FERJE_VISMA_REDIRECT_URI"
    case webhookHeader = "FERJE_VISMA_WEBHOOK_HEADER"
    case webhookKeyFile = "FERJE_VISMA_WEBHOOK_KEY_FILE"
    case webOrigin = "FERJE_WEB_ORIGIN"
    case webHost = "FERJE_WEB_HOST"
    case webPort = "FERJE_WEB_PORT"
    case operatorHost = "FERJE_OPERATOR_HOST"
    case operatorPort = "FERJE_OPERATOR_PORT"
    case operatorKey = "FERJE_OPERATOR_KEY"
    case traces = "FERJE_TRACES"
    case language = "FERJE_LANGUAGE"
    case logLevel = "FERJE_LOG_LEVEL"
    case workers = "FERJE_WORKERS"
    case leaseSeconds = "FERJE_LEASE_SECONDS"
    case requestLimitSeconds = "FERJE_REQUEST_LIMIT_SECONDS"
    case settleSeconds = "FERJE_SETTLE_SECONDS"
    case keepRunsDays = "FERJE_KEEP_RUNS_DAYS"
    case keepBookkeepingYears = "FERJE_KEEP_BOOKKEEPING_YEARS"

    /// What stands in the message when a value cannot work.
    var allowedForm: String {
        switch self {
        case .databaseURL, .databaseOwnerURL: "postgres://user:password@host/database"
        case .dataFolder: "a folder on a local disk"
        case .masterKeyFile: "a file that only its owner can read, with 64 hex digits on a line"
        case .apiURL, .authority: "https://host, or http://127.0.0.1:port for a sandbox"
        case .clientID: "the application's id from Visma's developer portal"
        case .clientSecret: "the application's secret from Visma's developer portal"
        case .clientSecretFile: "a file with the application's secret"
        case .redirectURI: "https://host/path, or http://127.0.0.1:port/path"
        case .webhookHeader: "the name of the header that webhooks are signed in, such as X-Signature"
        case .webhookKeyFile: "a file with the webhook subscription's key on a line; a second line while keys change"
        case .webOrigin: "https://host, or http://127.0.0.1:port for this machine alone"
        case .webHost: "an address of this machine; other than 127.0.0.1 only with FERJE_WEB_ORIGIN=https://…"
        case .webPort: "a whole number from 1 to 65535"
        case .operatorHost: "an address of this machine"
        case .operatorPort: "a whole number from 1 to 65535, another than the pages'"
        case .operatorKey: "at least 32 visible characters of ASCII, such as of: head -c 32 /dev/urandom | base64"
        case .traces: "a file that can be written, for this process alone"
        case .language: "nb, en"
        case .logLevel: "trace, debug, info, notice, warning, error, critical"
        case .workers: "a whole number from 1 to 32"
        case .leaseSeconds: "a whole number from 5 to 3600"
        case .requestLimitSeconds: "a whole number from 1 to 600"
        case .settleSeconds: "a whole number from 1 to 86400"
        case .keepRunsDays: "a whole number from 30 to 3650"
        case .keepBookkeepingYears: "a whole number from 5 to 100"
        }
    }

    /// The value must not be printed, not even in a message about itself.
    var isSecret: Bool {
        switch self {
        case .databaseURL, .databaseOwnerURL, .clientSecret, .operatorKey: true
        default: false
        }
    }
}

/// A setting with which nothing may start.
struct ConfigurationError: Error, Hashable {
    /// The key, or the file.
    var subject: String
    var problem: String
    var allowed: String?

    init(_ key: ConfigurationKey, _ problem: String) {
        subject = key.rawValue
        self.problem = problem
        allowed = key.allowedForm
    }

    init(subject: String, _ problem: String) {
        self.subject = subject
        self.problem = problem
    }

    var text: String {
        "\(subject): \(problem)" + (allowed.map { ". Allowed: \($0)" } ?? "")
    }
}
