import Foundation
import Persistence
import Proresult
import Synchronization
import TestSupport
import Testing

/// Two contractors who both have an Anna and a Kari, and the desk at which they sign in. Hashing is cheap here, but
/// for the tests of hashing itself.
struct AccessRig: Sendable {
    let database: any SQLDatabase
    let clock: TestClock
    let desk: SignInDesk
    let work: HashingWork
    let randomness: Randomness

    let fjord = CompanyID("c-fjord")
    let fjell = CompanyID("c-fjell")
    let anna = AppUser(id: AppUserID("anna"), username: "anna", name: "Anna Berg", role: .administrator)
    let kari = AppUser(id: AppUserID("kari"), username: "kari", name: "Kari Nordmann", role: .worker)
    static let annas = "blå elefanter på tur"
    static let karis = "sju gule kanarifugler"
    /// Anna's and Kari's in the other company.
    static let others = "helt andre kråker 44"

    let admin = Actor(username: "anna", role: .administrator)

    var now: Timestamp { clock.now }

    func signIn(
        _ username: String = "anna", _ password: String = annas, company: String? = "fjordbygg",
        replacing old: String? = nil, address: String? = nil, desk: SignInDesk? = nil
    ) async throws -> SignInOutcome {
        try await (desk ?? self.desk).signIn(
            company: company, username: username, password: password, replacing: old,
            from: SignInOrigin(address: address, device: "Firefox"), at: now)
    }

    /// The token of a sign-in that must succeed.
    func token(
        _ username: String = "anna", _ password: String = annas, company: String? = "fjordbygg",
        replacing old: String? = nil
    ) async throws -> String {
        try #require(await signIn(username, password, company: company, replacing: old).token)
    }

    func find(_ token: String) async throws -> SignedIn? { try await desk.find(token: token, at: now) }

    func run<Result: Sendable>(
        in company: CompanyID? = nil, _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await database.transaction(company: company ?? fjord, body)
    }

    /// Another desk on the same database, as after a restart or on another node.
    func otherDesk(
        memoryKiB: Int = 8, iterations: Int = 1, watch: @escaping @Sendable (PasswordHashing.Moment) -> Void = { _ in }
    ) -> SignInDesk {
        SignInDesk(
            database: database,
            passwords: PasswordHashing(
                memoryKiB: memoryKiB, iterations: iterations, randomness: randomness, watch: watch),
            randomness: randomness)
    }

    /// What is stored of Anna's password.
    func storedHash() async throws -> String {
        let row = try await run { transaction in
            try transaction.first(
                "SELECT hash FROM user_password WHERE company_id = \(transaction.company) AND user_id = \(anna.id)")
        }
        return try #require(row).get("hash")
    }

    /// Every text that a thief of the tables would have.
    func everyStoredText() async throws -> [String] {
        let columns = [
            ("user_password", "hash"), ("session", "id"), ("session", "user_id"), ("session", "device"),
            ("invitation", "digest"), ("invitation", "user_id"), ("program_key", "digest"), ("program_key", "id"),
            ("set_up_secret", "digest"), ("sign_in_attempt", "subject"), ("app_user", "id"), ("app_user", "username"),
        ]
        return try await database.readAcrossCompanies { connection in
            try columns.flatMap { table, column in
                try connection.query(
                    "SELECT \(raw: column) AS text FROM \(raw: table) ORDER BY \(raw: column)"
                ).map { try $0.get("text") }
            }
        }
    }
}

/// How many computations there were, and how many at the same time at most.
final class HashingWork: Sendable {
    private struct Counts {
        var now = 0
        var most = 0
        var all = 0
    }
    private let counts = Mutex(Counts())

    var all: Int { counts.withLock { $0.all } }
    var most: Int { counts.withLock { $0.most } }

    func note(_ moment: PasswordHashing.Moment) {
        counts.withLock { counts in
            counts.now += moment == .began ? 1 : -1
            counts.all += moment == .began ? 1 : 0
            counts.most = max(counts.most, counts.now)
        }
    }
}

extension SignInOutcome {
    var token: String? {
        if case .signedIn(let token, _) = self { token } else { nil }
    }
    var signedIn: SignedIn? {
        if case .signedIn(_, let signedIn) = self { signedIn } else { nil }
    }
    var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
    var waitsUntil: Timestamp? {
        if case .waiting(let until) = self { until } else { nil }
    }
}

func withAccess(_ kind: TestDatabaseKind, seed: UInt64 = 1, _ body: (AccessRig) async throws -> Void) async throws {
    let clock = TestClock()
    try await withDatabase(
        kind, clock: clock.clock, migrations: ProresultSchema.all
    ) { database in
        let (work, randomness) = (HashingWork(), Randomness.seeded(seed))
        let passwords = PasswordHashing(
            memoryKiB: 8, iterations: 1, concurrent: 2, randomness: randomness, watch: { work.note($0) })
        let rig = AccessRig(
            database: database, clock: clock,
            desk: SignInDesk(database: database, passwords: passwords, randomness: randomness), work: work,
            randomness: randomness)
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Fjordbygg AS", id: rig.fjord, at: rig.now, in: connection)
            _ = try Company.create(name: "Fjellbygg AS", id: rig.fjell, at: rig.now, in: connection)
        }
        for company in [rig.fjord, rig.fjell] {
            try await rig.run(in: company) { transaction throws in
                try AppUser.create(rig.anna, in: transaction)
                try AppUser.create(rig.kari, in: transaction)
                try Worker.create(
                    Worker(id: WorkerID("w-\(company)"), username: "kari", name: "Kari Nordmann"), in: transaction)
            }
        }
        for (company, user, password) in [
            (rig.fjord, rig.anna, AccessRig.annas), (rig.fjord, rig.kari, AccessRig.karis),
            (rig.fjell, rig.anna, AccessRig.others), (rig.fjell, rig.kari, AccessRig.others),
        ] {
            try await rig.desk.setPassword(
                of: user.id, in: company, to: password, by: rig.admin, keeping: nil, at: rig.now)
        }
        try await body(rig)
    }
}
