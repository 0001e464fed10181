import Foundation
import Testing

/// The built program, run as people run it.
public struct FerjeProgram {
    /// The environment of every call; what the machine has set for Ferje is left out.
    public var environment: [String: String]
    /// Where it runs, and where its output is kept.
    public let folder: URL

    public init(environment: [String: String] = [:], folder: URL) {
        self.environment = environment
        self.folder = folder
    }

    public struct Outcome {
        public var status: Int32
        public var output: String
        public var errors: String

        /// The lines of the output that are JSON objects.
        public func objects() throws -> [[String: Any]] {
            try output.split(separator: "\n").filter { $0.hasPrefix("{") }.map { line in
                try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
        }

        public func object() throws -> [String: Any] { try #require(try objects().last) }

        /// The message of the error that was told as JSON.
        public func message() throws -> String {
            let error = try #require(try object()["error"] as? [String: Any])
            return try #require(error["message"] as? String)
        }
    }

    /// It lies beside the bundle of the tests.
    public static func path() throws -> URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        for _ in 0..<4 {
            let program = folder.appending(path: "ferje")
            if FileManager.default.isExecutableFile(atPath: program.path) { return program }
            folder.deleteLastPathComponent()
        }
        throw NotBuilt()
    }

    public struct NotBuilt: Error {}

    public func with(_ more: [String: String]) -> FerjeProgram {
        var program = self
        program.environment.merge(more) { _, new in new }
        return program
    }

    /// Runs to the end.
    @discardableResult
    public func run(_ arguments: String...) async throws -> Outcome {
        try await start(arguments).outcome()
    }

    /// Runs and demands success, with the output in the failure.
    @discardableResult
    public func succeed(_ arguments: String...) async throws -> Outcome {
        let outcome = try await start(arguments).outcome()
        try #require(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.output)\(outcome.errors)")
        return outcome
    }

    public func start(_ arguments: [String]) throws -> Running {
        try Running(program: Self.path(), arguments: arguments, environment: environment, folder: folder)
    }

    /// With a limit, in kibibytes, to the size of every file that it writes: as on a full disk a write then fails. The shell
    /// counts in blocks of 512 bytes.
    public func start(_ arguments: [String], largestFile kibibytes: Int) throws -> Running {
        let limited = #"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#
        return try Running(
            program: URL(fileURLWithPath: "/bin/sh"),
            arguments: ["-c", limited, "sh", "\(kibibytes * 2)", Self.path().path] + arguments,
            environment: environment, folder: folder)
    }
}

/// Other processes cannot be given a clock: this waits for what they do, and fails when they do not.
public func eventually(
    _ what: String, within limit: Duration = .seconds(60), _ holds: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while try await !holds() {
        try #require(clock.now < deadline, "in time: \(what)")
        try await Task.sleep(for: .milliseconds(50))
    }
}
