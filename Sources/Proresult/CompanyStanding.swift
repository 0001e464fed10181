import Persistence

/// Whether anything is done for a company.
public enum CompanyStanding: String, SQLConvertible, CaseIterable {
    case active
    /// No job runs until somebody resumes it. People register and approve as before.
    case paused
    /// Its rows are on their way in from another database and have not been compared yet; nobody comes in.
    case arriving
    /// Its rows are being copied into another database; nobody comes in and nothing runs.
    case leaving
    /// It lives in another database now. What is here is kept as it was; nobody comes in and nothing runs.
    case moved
    /// Its rows are being deleted.
    case deleting

    /// Whether people and programs come in.
    public var isOpen: Bool { self == .active || self == .paused }
}

extension ProresultSchema {
    static let companyState = Migration(
        51, "company state",
        [
            """
            ALTER TABLE company ADD COLUMN state TEXT NOT NULL DEFAULT 'active'
                CHECK (state IN ('active', 'paused', 'arriving', 'leaving', 'moved', 'deleting'))
            """,
            "ALTER TABLE company ADD COLUMN state_since BIGINT",
            "ALTER TABLE company ADD COLUMN state_because TEXT CHECK (state = 'active' OR state_because IS NOT NULL)",
        ])
}
