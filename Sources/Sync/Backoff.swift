/// How long to wait after failures in a row.
public enum Backoff {
    /// 30 s, doubling to at most 30 min; the ERP's own hint wins, within one hour.
    public static func delay(afterFailures failures: Int, hint: Duration?) -> Duration {
        if let hint { return min(max(hint, .seconds(1)), .seconds(3600)) }
        let doublings = min(max(failures - 1, 0), 6)
        return min(.seconds(30 * (1 << doublings)), .seconds(1800))
    }
}

extension ERPError {
    /// The wait that the ERP itself asked for.
    public var retryAfter: Duration? {
        guard case .tryLater(let after) = consequence else { return nil }
        return after
    }
}
