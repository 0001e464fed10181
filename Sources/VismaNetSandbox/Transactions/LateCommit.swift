/// A document on its way: its caller has lost the connection, its commit has not happened yet (F05).
struct LateCommit: Sendable {
    /// Milliseconds since the epoch.
    var due: Int64
    var call: APICall
}

extension SandboxState {
    /// Does what became due by the clock since the last call.
    mutating func settle() {
        let now = clockNow()
        let due = late.filter { $0.due <= now }
        late.removeAll { $0.due <= now }
        for commit in due.sorted(by: { $0.due < $1.due }) {
            // What the rules refuse now is never stored; nobody is there to hear why.
            var call = commit.call
            call.fault = nil
            moment = commit.due
            _ = try? stored(call)
        }
        moment = nil
        runJobs(now)
    }
}
