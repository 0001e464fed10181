import Foundation
import Synchronization
import Testing

/// The built program, run as people run it.
struct FerjeProgram {
    /// The environment of every call; what the machine has set for Ferje is left out.
    var environment: [String: String] = [:]
    /// Where it runs, and where its output is kept.
    let folder: URL

    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// The lines of the output that are JSON objects.
        func objects() throws -> [[String: Any]] {
            try output.split(separator: "\n").filter { $0.hasPrefix("{") }.map { line in
                try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
        }

        func object() throws -> [String: Any] { try #require(try objects().last) }

        /// The message of the error that was told as JSON.
        func message() throws -> String {
            let error = try #require(try object()["error"] as? [String: Any])
            return try #require(error["message"] as? String)
        }
    }

    /// It lies beside the bundle of the tests.
    static func path() throws -> URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        for _ in 0..<4 {
            let program = folder.appending(path: "ferje")
            if FileManager.default.isExecutableFile(atPath: program.path) { return program }
            folder.deleteLastPathComponent()
        }
        throw NotBuilt()
    }

    struct NotBuilt: Error {}

    func with(_ more: [String: String]) -> FerjeProgram {
        var program = self
        program.environment.merge(more) { _, new in new }
        return program
    }

    /// Runs to the end.
    @discardableResult
    func run(_ arguments: String...) async throws -> Outcome {
        try await start(arguments).outcome()
    }

    /// Runs and demands success, with the output in the failure.
    @discardableResult
    func succeed(_ arguments: String...) async throws -> Outcome {
        let outcome = try await start(arguments).outcome()
        try #require(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.output)\(outcome.errors)")
        return outcome
    }

    func start(_ arguments: [String]) throws -> Running {
        try Running(program: Self.path(), arguments: arguments, environment: environment, folder: folder)
    }

    /// With a limit, in kibibytes, to the size of every file that it writes: as on a full disk a write then fails. The shell
    /// counts in blocks of 512 bytes.
    func start(_ arguments: [String], largestFile kibibytes: Int) throws -> Running {
        let limited = #"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#
        return try Running(
            program: URL(fileURLWithPath: "/bin/sh"),
            arguments: ["-c", limited, "sh", "\(kibibytes * 2)", Self.path().path] + arguments,
            environment: environment, folder: folder)
    }

    /// A program that runs. Its output goes to files, so that no pipe can fill up.
    final class Running {
        private let process = Process()
        private let output: URL
        private let errors: URL

        fileprivate init(program: URL, arguments: [String], environment: [String: String], folder: URL) throws {
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
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            try Self.starting.withLock { _ in try process.run() }
        }

        /// One start at a time: Foundation learns of a child's end by a socket, and a child that is started at the same
        /// moment would inherit it and keep it open.
        private static let starting = Mutex(())

        deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

        var outputSoFar: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
        var isRunning: Bool { process.isRunning }
        var processID: Int32 { process.processIdentifier }

        func signal(_ number: Int32) { kill(process.processIdentifier, number) }

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

        func outcome() async throws -> Outcome {
            var looks = 0
            var reaped: Int32?
            try await eventually("the program ends", within: .seconds(300)) {
                if !self.process.isRunning { return true }
                // Somebody else's child may have inherited the socket all the same: then the system itself tells.
                looks += 1
                if looks > 40, self.isDead { reaped = self.reap() }
                return reaped != nil
            }
            return Outcome(
                status: reaped ?? process.terminationStatus, output: outputSoFar,
                errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
        }
    }
}

/// Other processes cannot be given a clock: this waits for what they do, and fails when they do not.
func eventually(
    _ what: String, within limit: Duration = .seconds(60), _ holds: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while try await !holds() {
        try #require(clock.now < deadline, "in time: \(what)")
        try await Task.sleep(for: .milliseconds(50))
    }
}
