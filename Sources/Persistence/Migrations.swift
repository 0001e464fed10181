/// One step of the schema, numbered and never changed once it has landed.
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    public let statements: [String]

    public init(_ number: Int, _ name: String, _ statements: [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }
}
