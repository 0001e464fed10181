import Foundation

/// Keeps ledger and grants in a folder: `ledger.jsonl`, one entry a line, only ever added to, and `grants.json`.
struct Storage: Sendable {
    private let ledgerFile: URL
    private let grantsFile: URL

    init(folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledgerFile = folder.appendingPathComponent("ledger.jsonl")
        grantsFile = folder.appendingPathComponent("grants.json")
        if !FileManager.default.fileExists(atPath: ledgerFile.path) { try Data().write(to: ledgerFile) }
    }

    /// A line that a crash cut short ends the reading.
    func readLedger() throws -> [LedgerEntry] {
        let decoder = JSONDecoder()
        var entries: [LedgerEntry] = []
        for line in try Data(contentsOf: ledgerFile).split(separator: UInt8(ascii: "\n")) {
            guard let entry = try? decoder.decode(LedgerEntry.self, from: Data(line)) else { break }
            entries.append(entry)
        }
        return entries
    }

    func readGrants() throws -> Grants? {
        guard FileManager.default.fileExists(atPath: grantsFile.path) else { return nil }
        return try JSONDecoder().decode(Grants.self, from: Data(contentsOf: grantsFile))
    }

    // A judge that cannot write must not be mistaken for one that saw nothing, hence the stop in both writers.

    func append(_ entry: LedgerEntry) {
        do {
            let handle = try FileHandle(forWritingTo: ledgerFile)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: try JSONEncoder().encode(entry) + [UInt8(ascii: "\n")])
        } catch {
            fatalError("The sandbox cannot write its ledger: \(error)")
        }
    }

    func write(_ grants: Grants) {
        do {
            try JSONEncoder().encode(grants).write(to: grantsFile, options: .atomic)
        } catch {
            fatalError("The sandbox cannot write its grants: \(error)")
        }
    }
}

extension SandboxState {
    func saveGrants() { storage?.write(grants) }
}
