import Foundation

/// The texts of the settings before they are understood: flags win over the environment, that over the file.
struct ConfigurationValues {
    private struct Found {
        var text: String
        var source: String
    }

    private var found: [ConfigurationKey: Found] = [:]

    /// - Parameter flags: what was given on the command line.
    /// - Parameter file: a path; its keys must be known, since a misspelt one would be silently without effect.
    init(flags: [ConfigurationKey: String], environment: [String: String], file: String?) throws {
        if let file = file ?? environment["FERJE_CONFIG"] {
            for (key, text) in try Self.read(file) { found[key] = Found(text: text, source: file) }
        }
        for key in ConfigurationKey.allCases {
            guard let text = environment[key.rawValue], !text.isEmpty else { continue }
            found[key] = Found(text: text, source: "environment")
        }
        for (key, text) in flags { found[key] = Found(text: text, source: "command line") }
    }

    subscript(key: ConfigurationKey) -> String? { found[key]?.text }

    func has(_ key: ConfigurationKey) -> Bool { found[key] != nil }

    /// The value as `read` understands it; nil when the key is not set. Refuses what cannot be understood.
    func value<Value>(_ key: ConfigurationKey, _ read: (String) -> Value?) throws -> Value? {
        guard let entry = found[key] else { return nil }
        guard let value = read(entry.text) else {
            let shown = key.isSecret ? "the value" : "«\(entry.text)»"
            throw ConfigurationError(key, "\(shown) (\(entry.source)) cannot be used")
        }
        return value
    }

    func number(_ key: ConfigurationKey, _ range: ClosedRange<Int>) throws -> Int? {
        try value(key) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// `KEY=VALUE` lines; empty lines and those that begin with `#` are left out.
    static func read(_ path: String) throws -> [(ConfigurationKey, String)] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError(subject: path, "the configuration file cannot be read")
        }
        var values: [(ConfigurationKey, String)] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw ConfigurationError(subject: "\(path):\(number + 1)", "KEY=VALUE expected")
            }
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            guard let key = ConfigurationKey(rawValue: name) else {
                throw ConfigurationError(subject: "\(path):\(number + 1)", "there is no setting \(name)")
            }
            values.append((key, parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return values
    }
}
