import CArgon2
import Foundation
import Persistence

/// What a stored password says of a typed one.
public enum PasswordCheck: Sendable {
    case wrong, right
    /// Right, but stored with other settings than today's: hash it anew while it is known.
    case rightNeedsRehash
}

/// Argon2id, by its reference library. Each computation takes `memoryKiB` of memory and tens of milliseconds of a
/// core, so that only `concurrent` of them run at a time, on threads of their own; the rest wait in line.
public struct PasswordHashing: Sendable {
    public enum Moment: Sendable { case began, ended }

    /// The library refused, for want of memory or because the stored text is not one of its own.
    public struct Failure: Error, Sendable {
        public let code: Int32
    }

    private let memoryKiB: UInt32
    private let iterations: UInt32
    private let parallelism: UInt32
    private let randomness: Randomness
    private let threads = OperationQueue()
    private let watch: @Sendable (Moment) -> Void

    private static let saltBytes = 16
    private static let hashBytes = 32

    /// `watch` sees each computation begin and end.
    public init(
        memoryKiB: Int = 19_456, iterations: Int = 2, parallelism: Int = 1, concurrent: Int = 2,
        randomness: Randomness, watch: @escaping @Sendable (Moment) -> Void = { _ in }
    ) {
        self.memoryKiB = UInt32(clamping: memoryKiB)
        self.iterations = UInt32(clamping: iterations)
        self.parallelism = UInt32(clamping: parallelism)
        self.randomness = randomness
        self.watch = watch
        threads.name = "passwords"
        threads.maxConcurrentOperationCount = max(1, concurrent)
    }

    /// `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, with a salt of its own.
    public func hash(_ password: String) async throws -> String {
        let salt = randomness.bytes(Self.saltBytes)
        let (memory, passes, lanes) = (memoryKiB, iterations, parallelism)
        return try await onOwnThread {
            let bytes = Array(password.utf8)
            let length = argon2_encodedlen(
                passes, memory, lanes, UInt32(salt.count), UInt32(Self.hashBytes), Argon2_id)
            var encoded = [CChar](repeating: 0, count: length)
            let code = argon2id_hash_encoded(
                passes, memory, lanes, bytes, bytes.count, salt, salt.count, Self.hashBytes, &encoded, encoded.count)
            guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
            return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    public func verify(_ password: String, _ stored: String) async throws -> PasswordCheck {
        let isRight = try await onOwnThread {
            let bytes = Array(password.utf8)
            let code = argon2id_verify(stored, bytes, bytes.count)
            guard code == ARGON2_OK.rawValue || code == ARGON2_VERIFY_MISMATCH.rawValue else {
                throw Failure(code: code)
            }
            return code == ARGON2_OK.rawValue
        }
        guard isRight else { return .wrong }
        return stored.hasPrefix(settings) ? .right : .rightNeedsRehash
    }

    private var settings: String { "$argon2id$v=19$m=\(memoryKiB),t=\(iterations),p=\(parallelism)$" }

    private func onOwnThread<Answer: Sendable>(
        _ work: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        let watch = watch
        return try await withCheckedThrowingContinuation { continuation in
            threads.addOperation {
                watch(.began)
                let answer = Result(catching: work)
                watch(.ended)
                continuation.resume(with: answer)
            }
        }
    }
}
