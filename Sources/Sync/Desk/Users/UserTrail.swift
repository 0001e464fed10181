import Persistence
import Proresult

/// What an administrator does to the people who sign in and to the keys of programs: each with its line in the audit
/// trail, in the same transaction. Who is shut out or gets another role is signed out everywhere, and the keys that an
/// administrator made fall with the role.
extension CompanyTransaction {
    @discardableResult
    public func makeUser(_ user: AppUser, by person: String) throws -> AppUser {
        let user = try AppUser.create(user, in: self)
        try audit(by: person, "user made", of: user, after: user.role.rawValue)
        return user
    }

    public func setRole(_ role: Role, of id: AppUserID, by person: String) throws {
        var user = try AppUser.get(id, in: self)
        guard user.role != role else { return }
        let before = user.role
        user.role = role
        try AppUser.update(user, in: self)
        try audit(by: person, "role changed", of: user, before: before.rawValue, after: role.rawValue)
    }

    /// Shuts a person out, or lets one in again.
    public func setUser(_ id: AppUserID, enabled: Bool, by person: String) throws {
        let user = try AppUser.get(id, in: self)
        guard user.isEnabled != enabled else { return }
        if enabled {
            try AppUser.enable(id, in: self)
        } else {
            try AppUser.disable(id, at: now(), in: self)
        }
        try audit(by: person, enabled ? "user enabled" : "user disabled", of: user)
    }

    /// What happened to a user by other ways, such as a link or the end of the sessions.
    public func audit(
        by person: String, _ action: String, of user: AppUser, before: String? = nil, after: String? = nil
    ) throws {
        try audit(by: person, action, of: "user", user.id.text, because: user.username, before: before, after: after)
    }

    /// Makes the key of a program; its text is shown once.
    public func makeKey(
        name: String, role: Role, expiresAt: Timestamp, maker: AppUser, randomness: Randomness
    ) throws -> String {
        let made = try ProgramKey.create(
            name: name, role: role, expiresAt: expiresAt, maker: maker.id, by: maker.actor, at: now(),
            randomness: randomness, in: self)
        try audit(
            by: maker.username, "key made", of: "key", made.key.id.text, because: made.key.name,
            after: role.rawValue)
        return made.text
    }

    public func revokeKey(_ id: ProgramKeyID, by person: String) throws {
        let key = try ProgramKey.get(id, in: self)
        guard key.revokedAt == nil else { return }
        try ProgramKey.revoke(id, at: now(), in: self)
        try audit(by: person, "key revoked", of: "key", id.text, because: key.name)
    }
}

/// What happens at the door.
public enum SignInEvent: String, Sendable {
    case signedIn = "signed in"
    case signedOut = "signed out"
    case refused = "sign-in refused"
}

extension CompanyTransaction {
    /// Each under a key of its own, so that two at once do not wait for each other. The name is what was typed.
    public func audit(
        _ event: SignInEvent, as username: String, from address: String, randomness: Randomness
    ) throws {
        let name = String(
            username.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }.prefix(60).map(Character.init))
        try audit(
            by: name, event.rawValue, of: "sign-in", Identifier<SignInEvent>(using: randomness).text,
            because: address)
    }
}
