/// The times on which safety rests. Longer is safer and slower; an operator may lengthen them, tests shorten them.
public struct SyncTimings: Sendable, Hashable {
    /// How long a claim lives without a sign of life.
    public var lease: Duration
    /// The claim's life while a POST is under way: longer than the ERP may take to answer.
    public var leaseForPost: Duration
    /// How long a request may take before nobody waits for it any more, and may still take effect on the other side.
    public var requestLimit: Duration
    /// How long after the last possible moment of sending a document may still turn up.
    public var settle: Duration
    /// How long a call that the ERP queued may still run (API.md 2.4).
    public var queuedLimit: Duration

    public init(
        lease: Duration = .seconds(60), leaseForPost: Duration = .seconds(120), requestLimit: Duration = .seconds(100),
        settle: Duration = .seconds(300), queuedLimit: Duration = .seconds(86_400)
    ) {
        self.lease = lease
        self.leaseForPost = leaseForPost
        self.requestLimit = requestLimit
        self.settle = settle
        self.queuedLimit = queuedLimit
    }
}
