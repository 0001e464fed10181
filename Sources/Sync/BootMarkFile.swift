import Foundation
import Persistence

#if canImport(Glibc)
import Glibc
#endif

/// The file beside the database: one line, `mark counter`.
struct BootMarkFile: Sendable {
    let url: URL

    struct Content: Sendable, Hashable {
        var mark: String
        var counter: Int
        init(_ mark: String, _ counter: Int) {
            self.mark = mark
            self.counter = counter
        }
    }

    enum Reading: Sendable, Hashable {
        case none
        case content(Content)
        case garbled
    }

    func read() throws -> Reading {
        guard FileManager.default.fileExists(atPath: url.path) else { return .none }
        guard let data = FileManager.default.contents(atPath: url.path) else {
            throw SQLError.storage("\(url.path) cannot be read")
        }
        let words = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let mark = words.first, let counter = words.last.flatMap({ Int($0) }),
            (0..<Int.max / 2).contains(counter)
        else { return .garbled }
        return .content(Content(String(mark), counter))
    }

    /// With PostgreSQL the data folder may not exist yet.
    func prepareFolder() throws {
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw SQLError.storage("\(url.deletingLastPathComponent().path) cannot be made: \(error)")
        }
    }

    /// On stable storage when it returns: a power cut leaves the old line or the new one.
    func write(_ content: Content) throws {
        let fresh = "\(url.path).\(getpid())"
        let file = open(fresh, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure() }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data("\(content.mark) \(content.counter)\n".utf8))
            try handle.synchronize()
        } catch {
            throw SQLError.storage("\(url.path) cannot be written: \(error)")
        }
        guard rename(fresh, url.path) == 0 else { throw failure() }
        let folder = open(url.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure() }
    }

    private func failure() -> SQLError {
        SQLError.storage("\(url.path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
