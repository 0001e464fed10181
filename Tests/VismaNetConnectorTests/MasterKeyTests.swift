import Foundation
import Persistence
import TestSupport
import Testing

@testable import VismaNetConnector

struct MasterKeyTests {
    private let place = SealedPlace(company: CompanyID("firma"), table: "connection", column: "grant_sealed")

    @Test func fileIsMadeForItsOwnerOnlyAndReadAgain() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "key")
            let made = try MasterKey(file: file, randomness: .seeded(1))
            let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
            let sealed = try made.seal(Array("secret".utf8), at: place, randomness: .seeded(2))
            let again = try MasterKey(file: file, randomness: .seeded(3))
            #expect(try again.open(sealed, at: place) == Array("secret".utf8))
        }
    }

    @Test(arguments: [0o644, 0o640, 0o606])
    func fileThatOthersMayReadIsRefused(permissions: Int) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "key")
            _ = try MasterKey(file: file, randomness: .seeded(1))
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
            #expect(throws: MasterKey.Problem.tooOpen(path: file.path, permissions: permissions)) {
                try MasterKey(file: file, randomness: .seeded(1))
            }
        }
    }

    @Test(arguments: ["", "0011", "nonsense", String(repeating: "0", count: 63) + "x"])
    func fileWithoutAKeyIsRefused(content: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "key")
            _ = FileManager.default.createFile(
                atPath: file.path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600])
            #expect(throws: MasterKey.Problem.malformed(path: file.path)) {
                try MasterKey(file: file, randomness: .seeded(1))
            }
        }
    }

    @Test func newKeyOnTopStillOpensWhatTheOldOneSealed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "key")
            let old = try MasterKey(file: file, randomness: .seeded(1))
            let sealed = try old.seal([1, 2, 3], at: place, randomness: .seeded(2))
            let line = String(repeating: "ab", count: 32) + "\n"
            try Data((line + String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            let both = try MasterKey(file: file, randomness: .seeded(3))
            #expect(try both.open(sealed, at: place) == [1, 2, 3])
            let newer = try both.seal([1, 2, 3], at: place, randomness: .seeded(2))
            #expect(throws: SealProblem.self) { try old.open(newer, at: place) }
        }
    }

    @Test func sealedTextOpensOnlyWhereItStands() throws {
        let key = MasterKey(using: .seeded(1))
        let sealed = try key.seal([1, 2, 3], at: place, randomness: .seeded(2))
        for other in [
            SealedPlace(company: CompanyID("firma2"), table: place.table, column: place.column),
            SealedPlace(company: place.company, table: "setting", column: place.column),
            SealedPlace(company: place.company, table: place.table, column: "previous_grant_sealed"),
        ] {
            #expect(throws: SealProblem.refused) { try key.open(sealed, at: other) }
        }
        #expect(throws: SealProblem.self) { try MasterKey(using: .seeded(9)).open(sealed, at: place) }
        #expect(throws: SealProblem.malformed) { try key.open("plain", at: place) }
    }

    @Test func whatHoldsASecretIsNeverPrinted() throws {
        let key = MasterKey(using: Randomness { Array(repeating: 0xAB, count: $0) })
        var dumped = ""
        dump(key, to: &dumped)
        let seal = GrantSeal(company: CompanyID("firma"), masterKey: key, randomness: .seeded(1))
        let configuration = try ConnectionConfiguration(
            apiBaseURL: "https://api.example", authority: "https://connect.example", clientID: "isv_ferje",
            clientSecret: "S3cret", redirectURI: "https://ferje.example/back")
        dump(configuration, to: &dumped)
        let text = "\(key) \(key.debugDescription) \(seal) \(configuration) \(dumped)"
        #expect(text.contains("***"))
        #expect(!text.contains("171") && !text.contains("abab"))
        #expect(!text.contains("S3cret"))
    }

    @Test(arguments: [
        "http://api.finance.visma.net", "ftp://localhost", "https://user:pass@api.example",
        "http://localhost.evil.example",
        "api.example", "",
    ])
    func addressesAreHTTPSUnlessLoopback(address: String) {
        #expect(throws: ConnectionConfiguration.Problem.self) {
            try ConnectionConfiguration(
                apiBaseURL: address, authority: "https://connect.visma.com", clientID: "a", clientSecret: "b",
                redirectURI: "https://ferje.example/back")
        }
    }

    @Test(arguments: ["http://127.0.0.1:8099", "http://localhost:1", "http://[::1]:1", "https://api.finance.visma.net"])
    func loopbackMayBePlain(address: String) throws {
        _ = try ConnectionConfiguration(
            apiBaseURL: address, authority: address, clientID: "a", clientSecret: "b", redirectURI: address)
    }
}
