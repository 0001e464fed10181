import Foundation
import Persistence
import Proresult

/// Everything of a company as files that need no Ferje to be read: each table as JSON and as CSV, and a list of them.
/// Secrets stay out.
public struct CompanyFiles: Sendable {
    public struct Refused: Error, Sendable, Hashable {
        public var folder: String
        public var why: String

        public init(folder: String, why: String) { (self.folder, self.why) = (folder, why) }
    }

    public struct Written: Encodable, Sendable, Hashable {
        public var rows: Int
        /// Of the rows as they stand in the database, secrets included: equal to that of a move.
        public var digest: String
    }

    struct Manifest: Encodable {
        var company: String
        var name: String
        var writtenAt: String
        var tables: [String: Written]
        var leftOut: [String]
    }

    let company: CompanyID
    let database: any SQLDatabase

    public init(company: CompanyID, in database: any SQLDatabase) {
        (self.company, self.database) = (company, database)
    }

    /// Into a new folder, or one that is empty.
    public func write(to folder: URL) async throws -> [String: Written] {
        try await database.refuseGrownSchema(beyond: SyncSchema.all)
        try Self.prepare(folder)
        return try await database.read(company: company) { transaction in
            guard let record = try Company.find(company, in: transaction.connection) else {
                throw ProresultError.notFound(.company, key: company.text)
            }
            var written: [String: Written] = [:]
            for table in CompanyTable.all where table.secrets != .all {
                written[table.name] = try Self.write(table, to: folder, in: transaction)
            }
            let manifest = Manifest(
                company: record.id.text, name: record.name, writtenAt: try transaction.now().inWords, tables: written,
                leftOut: CompanyTable.all.filter { $0.secrets == .all }.map(\.name))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let file = try OwnersFile(folder.appending(path: "manifest.json"))
            try file.write(String(decoding: try encoder.encode(manifest), as: UTF8.self) + "\n")
            try file.close()
            return written
        }
    }

    private static func prepare(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
                throw Refused(folder: folder.path, why: "it is not empty")
            }
        } catch let error as CocoaError {
            throw Refused(folder: folder.path, why: error.localizedDescription)
        }
    }

    private static func write(
        _ table: CompanyTable, to folder: URL, in transaction: CompanyTransaction
    ) throws -> Written {
        let secret: Set<String> = if case .columns(let columns) = table.secrets { columns } else { [] }
        let json = try OwnersFile(folder.appending(path: "\(table.name).json"))
        let csv = try OwnersFile(folder.appending(path: "\(table.name).csv"))
        var digests = CompanyRowDigests()
        var last: [SQLValue]?
        var isFirst = true
        try json.write("[")
        repeat {
            let page = try CompanyRows(table: table).page(after: last, in: transaction)
            digests.add(page)
            let shown = page.columns.indices.filter { !secret.contains(page.columns[$0]) }
            let columns = shown.map { page.columns[$0] }
            if isFirst, !columns.isEmpty { try csv.write("\u{FEFF}" + CSVWriting.text([columns])) }
            for row in page.rows {
                let cells = shown.map { Cell(page.columns[$0], row[$0]) }
                let members = zip(columns, cells).map { "\(Cell.quoted($0)):\($1.json)" }
                try json.write("\(isFirst ? "" : ",")\n{\(members.joined(separator: ","))}")
                isFirst = false
                try csv.write(CSVWriting.text([cells.map(\.csv)], numbersStay: true))
            }
            last = page.next
        } while last != nil
        try json.write("\n]\n")
        try json.close()
        try csv.close()
        return Written(rows: digests.rows.count, digest: digests.text)
    }
}

/// One value as people read it: an instant as a date and a time, all else as it is.
private struct Cell {
    let json: String
    let csv: String

    init(_ column: String, _ value: SQLValue) {
        switch value {
        case .null: (json, csv) = ("null", "")
        case .integer(let number) where (column == "at" || column.hasSuffix("_at")) && number > 0:
            let time = Timestamp(milliseconds: number).inWords
            (json, csv) = (Self.quoted(time), time)
        case .integer(let number): (json, csv) = (String(number), String(number))
        case .text(let text): (json, csv) = (Self.quoted(text), text)
        }
    }

    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}

extension Timestamp {
    fileprivate var inWords: String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

/// A new file that only its owner can read, written piece by piece.
private final class OwnersFile {
    private let handle: FileHandle
    private var waiting = Data()

    init(_ url: URL) throws {
        let file = open(url.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw CompanyFiles.Refused(folder: url.path, why: String(cString: strerror(errno)))
        }
        handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    }

    func write(_ text: String) throws {
        waiting.append(Data(text.utf8))
        if waiting.count > 1 << 16 { try flush() }
    }

    func close() throws {
        try flush()
        try handle.synchronize()
        try handle.close()
    }

    private func flush() throws {
        try handle.write(contentsOf: waiting)
        waiting.removeAll(keepingCapacity: true)
    }
}
