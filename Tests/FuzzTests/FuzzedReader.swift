import Testing

/// Something that reads bytes from outside.
struct FuzzedReader: Sendable, CustomTestStringConvertible {
    var name: String
    /// Good examples, and what once was a finding.
    var corpus: [String]
    /// Reads, and tells whether what must hold for every input has held: what was taken in can be written and read
    /// again, what was left out is counted. Whatever is refused is refused by nil or an error.
    var holds: @Sendable ([UInt8]) throws -> Bool

    var testDescription: String { name }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
