import Foundation

/// The lock file beside a database: one holder at a time, and a word in it that tells whether the last one closed
/// the database or died.
///
/// The file stays when the claim is released: removing it would let two processes lock two different files.
final class SQLiteFileClaim: Sendable {
    let wasLeftOpen: Bool
    private let file: Int32
    private static let openMark = "open"

    /// `flock` belongs to the open file and not to the process, so that a second opening in this process fails too.
    init(databasePath: String) throws {
        let path = databasePath + ".lock"
        file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SQLError.storage("cannot open \(path): \(Self.reason)") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let refused = errno == EWOULDBLOCK
            let error: SQLError =
                refused
                ? .inUse("\(databasePath) is open in another process, or twice in this one")
                : .storage("cannot lock \(path): \(Self.reason)")
            close(file)
            throw error
        }
        var bytes = [UInt8](repeating: 0, count: Self.openMark.utf8.count)
        let count = pread(file, &bytes, bytes.count, 0)
        wasLeftOpen = count == bytes.count && bytes == Array(Self.openMark.utf8)
    }

    deinit { close(file) }

    func markOpen() throws { try write(Self.openMark) }

    /// Says that the database was closed in order, and gives up the lock.
    func release() throws {
        try write("")
        flock(file, LOCK_UN)
    }

    private func write(_ mark: String) throws {
        let bytes = Array(mark.utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, bytes, bytes.count, 0) == bytes.count, fsync(file) == 0 else {
            throw SQLError.storage("cannot write the lock file of the database: \(Self.reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
