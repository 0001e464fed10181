import Foundation

/// The place of a bench's table in a document, between two marks.
public struct WrittenTable {
    private let name: String
    private let path: String

    public struct MarksMissing: Error {
        var path: String
        var name: String
    }

    /// Nil without `--write FILE` among the arguments.
    public init?(_ name: String, arguments: [String] = CommandLine.arguments) {
        guard let flag = arguments.firstIndex(of: "--write"), arguments.indices.contains(flag + 1) else { return nil }
        (self.name, path) = (name, arguments[flag + 1])
    }

    public func write(_ table: String) throws {
        var document = try String(contentsOfFile: path, encoding: .utf8)
        guard let from = document.range(of: "<!-- \(name): written by make bench-\(name) -->\n"),
            let to = document.range(of: "<!-- \(name): end -->", range: from.upperBound..<document.endIndex)
        else { throw MarksMissing(path: path, name: name) }
        document.replaceSubrange(from.upperBound..<to.lowerBound, with: "\n\(table)\n\n")
        try document.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
