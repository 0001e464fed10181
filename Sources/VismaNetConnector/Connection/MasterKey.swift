import Crypto
import Foundation
import Persistence

#if canImport(Glibc)
import Glibc
#endif

/// The key outside the database under which the grants inside it are sealed.
///
/// The file holds one key per line, 64 hex digits each. The first seals; all of them open. To change the key, put a new
/// line on top: each grant moves to it at its next refresh.
public struct MasterKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let keys: [Key]

    fileprivate struct Key: Sendable {
        let bytes: [UInt8]
        /// Tells which key a sealed text needs, and nothing about the key itself.
        let id: String

        init(bytes: [UInt8]) {
            self.bytes = bytes
            id = Hex.text(SHA256.hash(data: Data("ferje key id".utf8) + Data(bytes)).prefix(4))
        }
    }

    /// Why a key file cannot be used.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        case unreadable(path: String, why: String)
        /// Others than the owner may read or write the file.
        case tooOpen(path: String, permissions: Int)
        case malformed(path: String)

        public var description: String {
            switch self {
            case .unreadable(let path, let why): "the key file \(path) cannot be used: \(why)"
            case .tooOpen(let path, let permissions):
                "the key file \(path) is open to others (mode \(String(permissions, radix: 8))): chmod 600 it"
            case .malformed(let path): "the key file \(path) must hold 64 hex digits on each line"
            }
        }
    }

    /// 32 random bytes that live no longer than the process; for tests and for the demo.
    public init(using randomness: Randomness) { keys = [Key(bytes: randomness.bytes(32))] }

    /// Reads the file, or makes it with a new key where there is none, readable for its owner only.
    public init(file: URL, randomness: Randomness) throws(Problem) {
        let path = file.path
        let created = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if created >= 0 {
            let handle = FileHandle(fileDescriptor: created, closeOnDealloc: true)
            do {
                try handle.write(contentsOf: Data((Hex.text(randomness.bytes(32)) + "\n").utf8))
                try handle.synchronize()
            } catch {
                throw .unreadable(path: path, why: "it cannot be written")
            }
        } else if errno != EEXIST {
            throw .unreadable(path: path, why: String(cString: strerror(errno)))
        }
        try self.init(existing: path)
    }

    private init(existing path: String) throws(Problem) {
        // Opened once: what is checked is what is read.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, why: String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, why: "no status") }
        let permissions = Int(status.st_mode & 0o777)
        guard permissions & 0o077 == 0 else { throw .tooOpen(path: path, permissions: permissions) }
        let data: Data
        do {
            data = try handle.read(upToCount: 64 * 1024) ?? Data()
        } catch {
            throw .unreadable(path: path, why: "it cannot be read")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let found = lines.compactMap { Hex.bytes(String($0)) }.filter { $0.count == 32 }
        guard !found.isEmpty, found.count == lines.count else { throw .malformed(path: path) }
        keys = found.map(Key.init)
    }

    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a sealed text stands. A text that was copied to another place does not open there.
struct SealedPlace: Sendable {
    var company: CompanyID
    var table: String
    var column: String
}

/// Why a sealed text does not open.
enum SealProblem: Error, Hashable {
    case malformed
    case unknownKey(String)
    case refused
}

extension MasterKey {
    /// `v1.KEYID.BASE64` of nonce, ciphertext and tag (AES-256-GCM).
    func seal(_ plain: [UInt8], at place: SealedPlace, randomness: Randomness) throws -> String {
        guard let key = keys.first else { throw SealProblem.unknownKey("none") }
        let box = try AES.GCM.seal(
            plain, using: key.dataKey(place.company), nonce: AES.GCM.Nonce(data: randomness.bytes(12)),
            authenticating: place.bound(to: key.id))
        guard let combined = box.combined else { throw SealProblem.malformed }
        return "v1.\(key.id).\(combined.base64EncodedString())"
    }

    func open(_ text: String, at place: SealedPlace) throws -> [UInt8] {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 3, parts[0] == "v1", let combined = Data(base64Encoded: parts[2]) else {
            throw SealProblem.malformed
        }
        guard let key = keys.first(where: { $0.id == parts[1] }) else { throw SealProblem.unknownKey(parts[1]) }
        do {
            let box = try AES.GCM.SealedBox(combined: combined)
            return Array(
                try AES.GCM.open(box, using: key.dataKey(place.company), authenticating: place.bound(to: key.id)))
        } catch {
            throw SealProblem.refused
        }
    }
}

extension MasterKey.Key {
    /// Each company has a key of its own, made from the master key.
    fileprivate func dataKey(_ company: CompanyID) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Data("ferje grant\0\(company)".utf8), outputByteCount: 32
        )
    }
}

extension SealedPlace {
    /// Stored texts hold no NUL, so the parts cannot run into each other.
    fileprivate func bound(to keyID: String) -> Data {
        Data([company.text, table, column, keyID].joined(separator: "\0").utf8)
    }
}

enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.trimmed.compactMap(\.hexDigitValue)
        guard digits.count == text.trimmed.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
