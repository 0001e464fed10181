/// A text that must not be printed: descriptions, mirrors and string interpolation show only a placeholder.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself. Ask for it only where it is sent or encrypted.
    public let revealed: String

    public init(_ text: String) { revealed = text }

    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
