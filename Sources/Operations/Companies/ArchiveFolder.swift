import Foundation
import Sync

/// A folder that only this user reads, for as long as an archive is made and sent. It holds all of a company, so it must not
/// outlive the process: whoever makes the next one removes those that no living process holds locked.
final class ArchiveFolder: Sendable {
    private static let prefix = "archive-"

    let url: URL
    private let lock: CInt

    init(in parent: URL) throws {
        Self.sweep(parent)
        var template = Array(parent.appending(path: Self.prefix + "XXXXXX").path.utf8CString)
        guard mkdtemp(&template) != nil else { throw Self.refused(parent) }
        let path = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
        url = URL(fileURLWithPath: path, isDirectory: true)
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw Self.refused(parent) }
    }

    deinit {
        remove()
        close(lock)
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
    }

    /// What a process left that was killed.
    static func sweep(_ parent: URL) {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in found where name.hasPrefix(prefix) {
            let url = parent.appending(path: name)
            let file = open(url.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard file >= 0 else { continue }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(at: url) }
            close(file)
        }
    }

    private static func refused(_ parent: URL) -> CompanyFiles.Refused {
        CompanyFiles.Refused(folder: parent.path, why: String(cString: strerror(errno)))
    }
}
