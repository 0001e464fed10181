import Foundation
import Persistence
import Proresult
import TestSupport

/// Whether the time of a refusal tells a stranger which accounts there are: 2,000 attempts of each kind, in turn, with
/// the product's own hashing. Run by `make bench-sign-in`; ratios to the wrong password of a real account.
@main
enum SignInBench {
    static let samples = 2000
    static let company = CompanyID("c1")

    /// What a stranger types.
    enum Attempt: String, CaseIterable {
        case wrongPassword = "wrong password", unknownUser = "unknown user", unknownCompany = "unknown company"
        case disabledUser = "user shut out, right password", noPassword = "user without a password"

        var company: String { self == .unknownCompany ? "ukjent" : SignInBench.company.text }
        var username: String {
            switch self {
            case .wrongPassword, .unknownCompany: "kari"
            case .unknownUser: "ingen"
            case .disabledUser: "ute"
            case .noPassword: "ny"
            }
        }
        var password: String { self == .disabledUser ? SignInBench.password : "et helt annet passord" }
    }

    static let password = "brune bever bygger bru"

    static func main() async throws {
        print("| refused because | SQLite median | 95th | PostgreSQL median | 95th |\n|---|---|---|---|---|")
        var tables: [[Attempt: [Duration]]] = []
        for kind in TestDatabaseKind.allCases { tables.append(try await times(kind)) }
        for attempt in Attempt.allCases {
            let cells = tables.flatMap { table in
                [0.5, 0.95].map { share in
                    rounded(at(share, table[attempt]) / at(share, table[.wrongPassword]))
                }
            }
            print("| \(attempt.rawValue) | \(cells.joined(separator: " | ")) |")
        }
        for (kind, table) in zip(TestDatabaseKind.allCases, tables) {
            print("\(kind): wrong password, median \(at(0.5, table[.wrongPassword])) on this machine")
        }
    }

    private static func at(_ share: Double, _ times: [Duration]?) -> Duration {
        let sorted = (times ?? []).sorted()
        return sorted.isEmpty ? .zero : sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }

    private static func rounded(_ ratio: Double) -> String {
        ratio.formatted(.number.precision(.fractionLength(3)).grouping(.never).locale(Locale(identifier: "en")))
    }

    private static func times(_ kind: TestDatabaseKind) async throws -> [Attempt: [Duration]] {
        try await withDatabase(kind, migrations: ProresultSchema.all) { database in
            let randomness = Randomness.seeded(1)
            let desk = SignInDesk(
                database: database, passwords: PasswordHashing(randomness: randomness), randomness: randomness)
            try await fill(database, desk)
            var times: [Attempt: [Duration]] = [:]
            var now = Timestamp.testStart
            for round in 0..<(samples + 20) {
                for attempt in Attempt.allCases {
                    // So late that earlier failures are forgotten: waiting is answered at once by design.
                    now = now + .seconds(1000)
                    let at = now
                    let time = try await ContinuousClock().measure {
                        let outcome = try await desk.signIn(
                            company: attempt.company, username: attempt.username, password: attempt.password,
                            replacing: nil, from: SignInOrigin(address: "192.0.2.1"), at: at)
                        guard case .refused = outcome else { fatalError("\(attempt) was not refused: \(outcome)") }
                    }
                    if round >= 20 { times[attempt, default: []].append(time) }
                }
            }
            return times
        }
    }

    private static func fill(_ database: any SQLDatabase, _ desk: SignInDesk) async throws {
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Bygg AS", id: company, at: .testStart, in: connection)
        }
        let administrator = Actor(username: "sjef", role: .administrator)
        let names = ["sjef", "kari", "ute", "ny"]
        try await database.transaction(company: company) { transaction in
            for name in names {
                try AppUser.create(
                    AppUser(
                        id: AppUserID(name), username: name, name: name,
                        role: name == "sjef" ? .administrator : .worker), in: transaction)
            }
        }
        for name in ["sjef", "kari", "ute"] {
            try await desk.setPassword(
                of: AppUserID(name), in: company, to: password, by: administrator, keeping: nil, at: .testStart)
        }
        try await database.transaction(company: company) { transaction in
            try AppUser.disable(AppUserID("ute"), at: .testStart, in: transaction)
        }
    }
}
