import Foundation
import Logging
import Synchronization

/// A file of traces that grows line by line and never beyond twice its limit: at the limit it gets the ending `.1`, in the
/// place of the one before, and a new one begins. What cannot be written is left out; no work waits or fails for it.
public final class TraceFile: Sendable {
    public static let usualLimit = 64 * 1024 * 1024

    public struct Refused: Error, Sendable, Hashable {
        public var path: String
        public var why: String
    }

    private struct State {
        var file: CInt
        var size: Int
        var isFailing = false
    }

    private let path: String
    private let limit: Int
    private let logger: Logger
    private let state: Mutex<State>

    /// Goes on at the end of a file that is there.
    public init(path: String, limit: Int = TraceFile.usualLimit, logger: Logger) throws {
        (self.path, self.limit, self.logger) = (path, limit, logger)
        state = Mutex(try Self.open(path))
    }

    deinit { state.withLock { _ = close($0.file) } }

    func write(_ line: [UInt8]) {
        let trouble: String? = state.withLock { state in
            if state.size > 0, state.size + line.count > limit { turn(&state) }
            let written = Foundation.write(state.file, line, line.count)
            state.size += max(0, written)
            let isWhole = written == line.count
            defer { state.isFailing = !isWhole }
            return isWhole || state.isFailing ? nil : String(cString: strerror(errno))
        }
        if let trouble {
            logger.warning(
                "traces cannot be written and are left out", metadata: ["file": "\(path)", "why": "\(trouble)"])
        }
    }

    private func turn(_ state: inout State) {
        guard rename(path, path + ".1") == 0, let fresh = try? Self.open(path) else { return }
        _ = close(state.file)
        (state.file, state.size) = (fresh.file, fresh.size)
    }

    private static func open(_ path: String) throws -> State {
        let file = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Refused(path: path, why: String(cString: strerror(errno))) }
        return State(file: file, size: max(0, Int(lseek(file, 0, SEEK_END))))
    }
}
