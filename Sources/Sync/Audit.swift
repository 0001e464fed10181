import Persistence

extension CompanyTransaction {
    /// Every change of state leaves who or what did it, when, why, and what stood there before and after.
    public func audit(
        by actor: String, _ action: String, of subjectKind: String, _ subject: String, because reason: String = "",
        before: String? = nil, after: String? = nil
    ) throws {
        let prefix = "\(subjectKind):\(subject):"
        // One more than the largest number and not their count: old rows may have been deleted.
        try execute(
            """
            INSERT INTO audit (company_id, id, at, actor, action, subject_kind, subject_id, reason, before_digest,
                after_digest)
            SELECT \(company), CAST(\(prefix) AS TEXT) || CAST(coalesce(
                    max(CAST(substr(id, CAST(\(prefix.unicodeScalars.count + 1) AS INTEGER)) AS BIGINT)) + 1, 0) AS TEXT),
                \(now()), \(actor), \(action),
                CAST(\(subjectKind) AS TEXT), CAST(\(subject) AS TEXT), \(reason), CAST(\(before) AS TEXT),
                CAST(\(after) AS TEXT)
            FROM audit WHERE company_id = \(company) AND subject_kind = \(subjectKind) AND subject_id = \(subject)
            """)
    }

    /// That somebody asked for a record that is not there. Once an hour for a person and an address, so that nobody
    /// fills the trail by asking.
    public func auditMiss(of address: String, by actor: String) throws {
        let subject = "\(actor) \(address)"
        let recent = try first(
            """
            SELECT id FROM audit WHERE company_id = \(company) AND subject_kind = 'address' AND subject_id = \(subject)
                AND at > \(now() - .seconds(3600)) LIMIT 1
            """)
        guard recent == nil else { return }
        try audit(by: actor, "not found", of: "address", subject)
    }
}
