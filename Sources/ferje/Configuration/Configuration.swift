import Foundation
import Logging
import Operations
import Proresult
import Sync
import VismaNet

/// The settings, understood and checked. What is not needed by a command may be missing until it is asked for.
struct Configuration: Sendable {
    /// Nil: SQLite in the data folder.
    var databaseURL: String?
    /// The role that owns the tables, where the one above is another.
    var databaseOwnerURL: String?
    var dataFolder: URL
    var masterKeyFile: String?
    var apiURL: Origin
    var authority: Origin
    var application: OAuthApplication?
    var redirectURI: String
    var web: WebPlace
    var webhooks: WebhookKeys?
    /// Where health and metrics are served; nil: nowhere.
    var operatorPlace: OperatorServer.Place?
    /// Lets an operator's programs in there; nil: nobody, and there is nothing to let in to.
    var operatorKey: OperatorKey?
    /// Where spans are written; nil: there are none.
    var tracesFile: String?
    var language: Language
    var logLevel: Logger.Level
    var workers: Int
    var timings: SyncTimings
    /// How long what only grows is kept.
    var retention: RetentionTerms

    static let redirectPath = "/integrasjoner/visma-net/tilbake"

    init(_ values: ConfigurationValues) throws {
        databaseURL = try values.value(.databaseURL, Self.postgres)
        databaseOwnerURL = try values.value(.databaseOwnerURL, Self.postgres)
        dataFolder = URL(fileURLWithPath: values[.dataFolder] ?? "data", isDirectory: true)
        masterKeyFile = values[.masterKeyFile]
        apiURL = try values.value(.apiURL, Origin.init) ?? .vismaAPI
        authority = try values.value(.authority, Origin.init) ?? .vismaConnect
        application = try Self.application(values)
        web = try WebPlace(values)
        webhooks = try WebhookKeys(values)
        operatorPlace = try Self.operatorPlace(values, beside: web)
        operatorKey = try values.value(.operatorKey) { OperatorKey($0) }
        tracesFile = values[.traces]
        redirectURI = try values.value(.redirectURI) { Origin($0) == nil ? nil : $0 } ?? web.origin + Self.redirectPath
        language = try values.value(.language, Language.init(rawValue:)) ?? .norwegian
        logLevel = try values.value(.logLevel, Logger.Level.init(rawValue:)) ?? .warning
        workers = try values.number(.workers, 1...32) ?? 2
        timings = try Self.timings(values)
        retention = try Self.retention(values)
    }

    private static func operatorPlace(
        _ values: ConfigurationValues, beside web: WebPlace
    ) throws -> OperatorServer.Place? {
        guard let port = try values.number(.operatorPort, 1...65_535) else {
            for key in [ConfigurationKey.operatorHost, .operatorKey] where values.has(key) {
                throw ConfigurationError(.operatorPort, "missing, though \(key.rawValue) is set")
            }
            return nil
        }
        guard port != web.port else { throw ConfigurationError(.operatorPort, "\(port) is the port of the pages") }
        return OperatorServer.Place(host: values[.operatorHost] ?? "127.0.0.1", port: port)
    }

    private static func postgres(_ text: String) -> String? {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") ? text : nil
    }

    private static func application(_ values: ConfigurationValues) throws -> OAuthApplication? {
        var secret = values[.clientSecret]
        if values.has(.clientSecretFile) {
            guard secret == nil else {
                throw ConfigurationError(.clientSecretFile, "FERJE_VISMA_CLIENT_SECRET is set too")
            }
            secret = try values.value(.clientSecretFile) { path in
                let text = try? String(contentsOfFile: path, encoding: .utf8)
                return text?.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
        switch (values[.clientID], secret) {
        case (nil, nil): return nil
        case (let id?, let secret?) where !id.isEmpty && !secret.isEmpty:
            return OAuthApplication(clientID: id, clientSecret: Secret(secret))
        case (_?, nil): throw ConfigurationError(.clientSecret, "missing, though FERJE_VISMA_CLIENT_ID is set")
        case (nil, _?): throw ConfigurationError(.clientID, "missing, though a client secret is set")
        default: throw ConfigurationError(.clientID, "empty")
        }
    }

    /// The lease for a POST always outlives the request itself by 15 s, so that it is not one of the choices.
    private static func timings(_ values: ConfigurationValues) throws -> SyncTimings {
        var timings = SyncTimings()
        if let seconds = try values.number(.leaseSeconds, 5...3600) { timings.lease = .seconds(seconds) }
        if let seconds = try values.number(.requestLimitSeconds, 1...600) { timings.requestLimit = .seconds(seconds) }
        if let seconds = try values.number(.settleSeconds, 1...86_400) { timings.settle = .seconds(seconds) }
        timings.leaseForPost = max(timings.requestLimit + .seconds(15), timings.lease)
        return timings
    }

    private static func retention(_ values: ConfigurationValues) throws -> RetentionTerms {
        var terms = RetentionTerms()
        if let days = try values.number(.keepRunsDays, 30...3650) { terms.daysOfRuns = days }
        if let years = try values.number(.keepBookkeepingYears, 5...100) { terms.bookkeepingYears = years }
        return terms
    }

    /// The application's credentials, for commands that reach the ERP.
    func demandApplication() throws -> OAuthApplication {
        guard let application else { throw ConfigurationError(.clientID, "missing") }
        return application
    }
}
