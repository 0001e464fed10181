/// The application as registered in the Visma Developer Portal (API.md 1.1).
public struct OAuthApplication: Sendable, Equatable {
    public var clientID: String
    public var clientSecret: Secret

    public init(clientID: String, clientSecret: Secret) {
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}

/// How tokens are got for one company (API.md 1.2). One token reaches one company.
public enum GrantKind: Sendable, Equatable {
    /// The application acts as itself; `tenantID` is the **company** tenant id (with the customer's id the API answers 401).
    case service(tenantID: String, scopes: [String])
    /// A person has signed in; the stored refresh token keeps it alive.
    case interactive

    /// The exact scopes of a service application (API.md 1.2).
    public static let serviceScopes = [
        "vismanet_erp_service_api:read", "vismanet_erp_service_api:create", "vismanet_erp_service_api:update",
    ]

    /// The exact scopes of an interactive application. Without `offline_access` there is no refresh token.
    public static let interactiveScopes = [
        "openid", "tenants", "offline_access",
        "vismanet_erp_interactive_api:read", "vismanet_erp_interactive_api:create",
        "vismanet_erp_interactive_api:update",
    ]
}
