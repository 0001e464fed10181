/// A call to the ERP that did not succeed, sorted by what happens next.
public struct ERPError: Error, Sendable, Hashable {
    public enum Consequence: Sendable, Hashable {
        /// The network, the ERP or its limits: the same call may succeed after a while.
        case tryLater(after: Duration?)
        /// A person must mend something: rights, the set-up, the record.
        case askPerson
        /// The sign-in is dead: this company's jobs stop until somebody connects again.
        case reconnect
        /// Ours: the ERP did not understand us, or we it.
        case bug
    }

    public var consequence: Consequence
    /// Plain words, with the ERP's own text where it gave one.
    public var message: String
    /// What was called, such as `GET /v1/customer`.
    public var request: String
    /// The stable word for it, where more is known than the consequence.
    public var fault: RunFault

    public init(_ consequence: Consequence, _ message: String, request: String, fault: RunFault? = nil) {
        self.consequence = consequence
        self.message = message
        self.request = request
        self.fault = fault ?? RunFault(consequence)
    }
}
