import Foundation
import Synchronization

/// A PostgreSQL server for one demonstration or one run of tests: made in a new folder, reachable only through a
/// socket in that folder, and gone with it.
///
/// A small shell process holds the server. It waits for the end of a pipe from this process, so that the server goes
/// away even when this process is killed.
public final class ThrowAwayPostgres: Sendable {
    /// The address of the database `postgres` on this server, as a role without special rights: for one that stands
    /// above the policies of rows they would go untested.
    public var url: String { url(database: "postgres") }

    private let folder: String
    private let holder: Mutex<Holder?>

    private struct Holder {
        let process: Process
        let input: FileHandle
        let output: FileHandle
    }

    /// Makes and starts a server under `folder`, in about two seconds. The folder's path must be short, since a
    /// socket's may have 107 bytes, and the system's user `postgres` must be able to enter it when this is run by root.
    public static func start(folder: URL = URL(fileURLWithPath: "/tmp")) async throws -> ThrowAwayPostgres {
        let server = try await offThePool { try ThrowAwayPostgres(parent: folder.path) }
        try await server.administer("CREATE ROLE \(role) LOGIN")
        try await server.administer("CREATE ROLE \(rowsRole) LOGIN")
        try await server.administer("ALTER DATABASE postgres OWNER TO \(role)")
        return server
    }

    private init(parent: String) throws {
        let input = Pipe()
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script, "ferje-postgres", parent]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        for handle in [input.fileHandleForWriting, output.fileHandleForReading] {
            _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        try process.run()
        folder = try Self.awaitReady(output.fileHandleForReading)
        holder = Mutex(
            Holder(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading))
    }

    deinit { stop() }

    public func url(database: String) -> String { url(database: database, as: Self.role) }

    /// As a role that owns nothing and may do only what the owner lends it.
    public func rowsURL(database: String) -> String { url(database: database, as: Self.rowsRole) }

    private func url(database: String, as role: String) -> String {
        let host = folder.replacing("/", with: "%2F")
        return "postgres://\(role)@/\(database)?host=\(host)"
    }

    /// Makes a database, empty or as a copy of another that nobody is connected to, and gives its address. The names
    /// are the program's own: they stand in the text of the statement.
    public func createDatabase(_ name: String, template: String = "template1") async throws -> String {
        try await administer("CREATE DATABASE \(name) OWNER \(Self.role) TEMPLATE \(template)")
        return url(database: name)
    }

    /// Removes a database with whoever is still connected to it.
    public func dropDatabase(_ name: String) async throws {
        try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// These statements cannot stand in a transaction, so that they go past `SQLDatabase`.
    private func administer(_ statement: String) async throws {
        let address = try PostgresAddress(url(database: "postgres", as: Self.superuser))
        try await offThePool { _ = try PostgresSession(address).run(statement) }
    }

    /// Stops the server, waits for its end and removes its folder. May be called again.
    public func stop() {
        let held = holder.withLock { held in
            defer { held = nil }
            return held.map { ($0.input, $0.output) }
        }
        guard let (input, output) = held else { return }
        try? input.close()
        _ = try? output.readToEnd()
    }

    /// Reads up to the line `ready FOLDER`; all else that the holder says before its end is why it failed.
    private static func awaitReady(_ output: FileHandle) throws -> String {
        var text = ""
        while !text.hasSuffix("\n") || !text.contains("ready /") {
            let data = output.availableData
            guard !data.isEmpty else {
                throw SQLError.storage(
                    "PostgreSQL did not start: \(text.split(separator: "\n").joined(separator: " "))")
            }
            text += String(decoding: data, as: UTF8.self)
        }
        return text.split(separator: "\n").last.map { String($0.dropFirst("ready ".count)) } ?? ""
    }

    private static let role = "ferje"
    private static let rowsRole = "ferje_rows"
    private static let superuser = "postgres"

    /// `-F`: without fsync, since nothing of it shall outlive the server. The signals of a terminal reach the whole
    /// group of processes; the holder leaves them to us and only looks at the pipe.
    private static let script = """
        trap '' INT TERM HUP PIPE
        bin=
        for found in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin "$(dirname "$(command -v pg_ctl)")"; do
            [ -x "$found/initdb" ] && [ -x "$found/pg_ctl" ] && bin=$found
        done
        if [ -z "$bin" ]; then
            echo "its programs initdb and pg_ctl are not installed (Debian: apt-get install postgresql)"
            exit 1
        fi
        as=
        if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=postgres --regid=postgres --clear-groups"; fi
        folder=$(mktemp -d "$1/ferje-pg-XXXXXX") || exit 1
        cd "$folder" || exit 1
        trap 'cd /; rm -rf "$folder"' EXIT
        if [ -n "$as" ]; then chown postgres "$folder"; fi
        if ! $as "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync -E UTF8 --no-locale >init.log 2>&1; then
            tail -n 3 init.log
            exit 1
        fi
        options="-k $folder -h '' -F -c max_connections=300 -c full_page_writes=off -c autovacuum=off"
        if ! $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" -o "$options" start >start.log 2>&1; then
            tail -n 3 start.log
            tail -n 3 server.log
            exit 1
        fi
        echo "ready $folder"
        cat >/dev/null
        $as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
        """
}
