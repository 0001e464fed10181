/// When a fault strikes. All conditions that are given must hold; the first rule that strikes is the one applied.
public struct FaultRule: Sendable, Codable, Equatable {
    /// `"F02"` and so on in JSON.
    public var kind: FaultKind
    public var variant: String?
    /// `POST`; nil for every method.
    public var method: String?
    /// Part of the path, without regard to case; nil for every path.
    public var path: String?
    /// Only the nth matching call, from 1, since the rule was set.
    public var nth: Int?
    /// Every nth matching call.
    public var every: Int?
    /// Per hundred, by the seeded generator.
    public var percent: Int?
    /// How many times it still strikes; nil without end.
    public var remaining: Int?
    public var seconds: Int64?
    public var status: Int?
    public var size: Int?
    public var text: String?
    /// Matching calls so far; kept by the sandbox.
    public var seen: Int?

    public init(
        _ kind: FaultKind, variant: String? = nil, method: String? = nil, path: String? = nil, nth: Int? = nil,
        every: Int? = nil, percent: Int? = nil, remaining: Int? = nil, seconds: Int64? = nil, status: Int? = nil,
        size: Int? = nil, text: String? = nil
    ) {
        self.kind = kind
        self.variant = variant
        self.method = method
        self.path = path
        self.nth = nth
        self.every = every
        self.percent = percent
        self.remaining = remaining
        self.seconds = seconds
        self.status = status
        self.size = size
        self.text = text
    }

    func matches(_ call: SandboxCall) -> Bool {
        let called = call.path.lowercased()
        if kind.onlyTokenEndpoint && !called.hasSuffix("/connect/token") { return false }
        if let method, method.uppercased() != call.method.uppercased() { return false }
        if let path, !called.contains(path.lowercased()) { return false }
        return true
    }

    /// Counts the matching call and tells whether the fault strikes it.
    mutating func strikes(_ random: inout SeededGenerator) -> Bool {
        let count = (seen ?? 0) + 1
        seen = count
        if let remaining, remaining <= 0 { return false }
        if let nth, nth != count { return false }
        if let every, every < 1 || count % every != 0 { return false }
        if let percent, Int.random(in: 0..<100, using: &random) >= percent { return false }
        if let left = remaining { remaining = left - 1 }
        return true
    }
}
