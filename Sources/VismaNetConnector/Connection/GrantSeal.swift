import Foundation
import Persistence
import VismaNet

/// Turns a grant into the two sealed columns of its row and back.
struct GrantSeal: Sendable, CustomStringConvertible {
    let company: CompanyID
    var table = "connection"
    let masterKey: MasterKey
    let randomness: Randomness

    var description: String { "***" }

    private var current: SealedPlace { SealedPlace(company: company, table: table, column: "grant_sealed") }
    private var previous: SealedPlace {
        SealedPlace(company: company, table: table, column: "previous_grant_sealed")
    }

    func sealed(_ grant: StoredGrant) throws -> (current: String, previous: String?) {
        let text = try JSONEncoder().encode(SealedGrant(grant))
        return (
            try masterKey.seal(Array(text), at: current, randomness: randomness),
            try grant.previousRefreshToken.map {
                try masterKey.seal(Array($0.revealed.utf8), at: previous, randomness: randomness)
            }
        )
    }

    /// A grant that does not open is a dead one: the key file was changed or the row was tampered with.
    func open(_ sealed: String?, previous sealedPrevious: String?, version: Int64) throws -> StoredGrant {
        do {
            guard let sealed else { return StoredGrant(version: version) }
            let content = try JSONDecoder().decode(
                SealedGrant.self, from: Data(try masterKey.open(sealed, at: current)))
            var grant = content.grant(version: version)
            grant.previousRefreshToken = try sealedPrevious.map {
                Secret(String(decoding: try masterKey.open($0, at: previous), as: UTF8.self))
            }
            return grant
        } catch {
            return StoredGrant(
                version: version, reconnectReason: "the stored sign-in does not open with the key of this machine")
        }
    }
}

/// What is inside the seal.
private struct SealedGrant: Codable {
    var accessToken: String?
    var expires: Int64
    var refreshToken: String?
    var tokenVersion: Int64
    var reconnectReason: String?

    init(_ grant: StoredGrant) {
        accessToken = grant.accessToken?.revealed
        expires = grant.accessTokenExpires
        refreshToken = grant.refreshToken?.revealed
        tokenVersion = grant.tokenVersion
        reconnectReason = grant.reconnectReason
    }

    func grant(version: Int64) -> StoredGrant {
        StoredGrant(
            version: version, tokenVersion: tokenVersion, accessToken: accessToken.map { Secret($0) },
            accessTokenExpires: expires, refreshToken: refreshToken.map { Secret($0) },
            reconnectReason: reconnectReason)
    }
}
