import Foundation
import Synchronization
import Testing

/// A program that runs. Its output goes to files, so that no pipe can fill up.
public final class Running {
    private let process = Process()
    private let output: URL
    private let errors: URL

    public init(program: URL, arguments: [String], environment: [String: String], folder: URL) throws {
        let name = UUID().uuidString
        output = folder.appending(path: "\(name).out")
        errors = folder.appending(path: "\(name).err")
        for file in [output, errors] {
            try #require(FileManager.default.createFile(atPath: file.path, contents: nil))
        }
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("FERJE_") }
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        // The child has its own; ours would stay open as long as Foundation remembers the process.
        let handles = [try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors)]
        defer { for handle in handles { try? handle.close() } }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try Self.starting.withLock { _ in try process.run() }
    }

    /// One start at a time: Foundation learns of a child's end by a socket, and a child that is started at the same
    /// moment would inherit it and keep it open.
    private static let starting = Mutex(())

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    public var outputSoFar: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    public var isRunning: Bool { process.isRunning }
    public var processID: Int32 { process.processIdentifier }

    public func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// A child that has ended and that nobody has asked about.
    private var isDead: Bool {
        let state = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        return state?.split(separator: ")").last?.hasPrefix(" Z") == true
    }

    private func reap() -> Int32? {
        var status: Int32 = 0
        guard waitpid(process.processIdentifier, &status, WNOHANG) == process.processIdentifier else { return nil }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
    }

    public func outcome() async throws -> FerjeProgram.Outcome {
        var looks = 0
        var reaped: Int32?
        try await eventually("the program ends", within: .seconds(1200)) {
            if !self.process.isRunning { return true }
            // Somebody else's child may have inherited the socket all the same: then the system itself tells.
            looks += 1
            if looks > 40, self.isDead { reaped = self.reap() }
            return reaped != nil
        }
        return FerjeProgram.Outcome(
            status: reaped ?? process.terminationStatus, output: outputSoFar,
            errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
    }
}
