import Persistence

extension CompanyTransaction {
    /// Every change of state leaves who or what did it, when, why, and what stood there before and after.
    public func audit(
        by actor: String, _ action: String, of subjectKind: String, _ subject: String, because reason: String = "",
        before: String? = nil, after: String? = nil
    ) throws {
        try execute(
            """
            INSERT INTO audit (company_id, id, at, actor, action, subject_kind, subject_id, reason, before_digest,
                after_digest)
            SELECT \(company), CAST(\("\(subjectKind):\(subject):") AS TEXT) || CAST(count(*) AS TEXT), \(now()), \(actor), \(action),
                CAST(\(subjectKind) AS TEXT), CAST(\(subject) AS TEXT), \(reason), CAST(\(before) AS TEXT),
                CAST(\(after) AS TEXT)
            FROM audit WHERE company_id = \(company) AND subject_kind = \(subjectKind) AND subject_id = \(subject)
            """)
    }
}
