import Foundation
import Sync

/// The files of a folder as one stream (POSIX ustar), whose length is known before it begins.
struct TarArchive: Sendable {
    static let block = 512
    private static let piece = 64 * 1024
    /// What eleven octal digits can say.
    static let largestFile = 0o777_7777_7777

    struct Entry: Sendable {
        var name: String
        var file: URL
        var size: Int
        var modified: Int
    }

    let entries: [Entry]

    init(of folder: URL) throws {
        entries = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let file = folder.appending(path: name)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            let (size, modified) = (attributes[.size] as? Int ?? 0, attributes[.modificationDate] as? Date)
            guard size <= Self.largestFile else {
                throw CompanyFiles.Refused(folder: name, why: "\(name) is larger than a tar can hold")
            }
            return Entry(
                name: name, file: file, size: size,
                modified: Int(modified?.timeIntervalSince1970 ?? 0))
        }
    }

    /// Two empty blocks are the end.
    var size: Int { entries.reduce(2 * Self.block) { $0 + Self.block + $1.size + Self.padding($1.size) } }

    func write(_ send: ([UInt8]) async throws -> Void) async throws {
        for entry in entries {
            try await send(Self.header(entry))
            let handle = try FileHandle(forReadingFrom: entry.file)
            defer { try? handle.close() }
            var left = entry.size
            while left > 0 {
                // Written a moment ago, so it comes from memory.
                let bytes = try handle.read(upToCount: min(left, Self.piece)) ?? Data()
                guard !bytes.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
                try await send(Array(bytes))
                left -= bytes.count
            }
            try await send([UInt8](repeating: 0, count: Self.padding(entry.size)))
        }
        try await send([UInt8](repeating: 0, count: 2 * Self.block))
    }

    private static func padding(_ size: Int) -> Int { (block - size % block) % block }

    static func header(_ entry: Entry) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at start: Int) {
            for (index, byte) in text.utf8.enumerated() { header[start + index] = byte }
        }
        put(String(entry.name.prefix(100)), at: 0)
        put("0000600", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(entry.size, digits: 11), at: 124)
        put(octal(entry.modified, digits: 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        // Counted with blanks in its own place.
        put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
        return header
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(max(0, number), radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
