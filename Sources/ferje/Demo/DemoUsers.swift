import Persistence
import Proresult

/// Whom one can sign in as in the demonstration: the office's users, and a worker with a telephone.
struct DemoUsers: Sendable {
    /// Opens nothing but a demonstration on this machine.
    static let password = "prøvetur over fjorden"

    private let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    /// Gives everybody the password, and tells the user names.
    func make() async throws -> [String] {
        let randomness = installation.surroundings.randomness
        let users = try await installation.database.transaction(company: DemoCompany.id) { transaction in
            let known = try AppUser.all(in: transaction)
            let worker = try Worker.all(in: transaction).min { $0.employeeNumber < $1.employeeNumber }
            guard let worker, !known.contains(where: { $0.username == worker.username }) else { return known }
            return known + [
                try AppUser.create(
                    AppUser(
                        id: AppUserID(using: randomness), username: worker.username, name: worker.name, role: .worker),
                    in: transaction)
            ]
        }
        let operating = Actor(username: "demo", role: .administrator)
        for user in users {
            try await installation.signInDesk.setPassword(
                of: user.id, in: DemoCompany.id, to: Self.password, by: operating, keeping: nil,
                at: installation.surroundings.clock.now)
        }
        return users.map(\.username)
    }
}
