import Foundation
import Persistence

/// What the ERP of a company was seen to honour. It decides how documents are sent there (`ExportMode`).
public struct ERPProbe: Sendable, Hashable {
    /// A document without lines is stored.
    public var emptyAccepted: Bool
    /// The ERP's own words where it was refused.
    public var refusal: String?
    /// It stays on hold when it is sent so. Nil, here and below: could not be seen.
    public var holdHonoured: Bool?
    /// A change with an older version is refused.
    public var versionEnforced: Bool?
    /// Characters that are kept of a document's text, at most as many as were tried.
    public var textLength: Int?
    /// How long until the list shows a new document; nil: an empty one is in no list.
    public var listedAfter: Duration?
    /// The largest page of each list, where its rows tell.
    public var pageSizes: [String: Int] = [:]
    /// The number of the empty document that stays behind in the ERP.
    public var leftBehind: String?

    public init(emptyAccepted: Bool) { self.emptyAccepted = emptyAccepted }

    /// All that the harder mode rests on.
    public var allowsShells: Bool { emptyAccepted && holdHonoured == true && versionEnforced == true }
}

/// A probe as it is kept.
public struct StoredProbe: Sendable, Hashable {
    public var probe: ERPProbe
    public var at: Timestamp
    public var by: String
    /// Why documents are sent the plain way since, although the probe has passed.
    public var fellBackBecause: String?

    public var mode: ExportMode { probe.allowsShells && fellBackBecause == nil ? .shell : .plain }
}

extension CompanyTransaction {
    /// Takes the place of an earlier one.
    public func store(_ probe: ERPProbe, by person: String) throws {
        func flag(_ seen: Bool?) -> Int? { seen.map { $0 ? 1 : 0 } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let pages = String(decoding: try encoder.encode(probe.pageSizes), as: UTF8.self)
        let listedAfter = probe.listedAfter.map { $0.components.seconds }
        try execute("DELETE FROM erp_probe WHERE company_id = \(company)")
        try execute(
            """
            INSERT INTO erp_probe (company_id, probed_at, probed_by, empty_accepted, refusal, hold_honoured,
                version_enforced, text_length, listed_after, page_sizes, left_behind)
            VALUES (\(company), \(now()), \(person), \(probe.emptyAccepted ? 1 : 0), \(probe.refusal),
                \(flag(probe.holdHonoured)), \(flag(probe.versionEnforced)), \(probe.textLength), \(listedAfter),
                \(pages), \(probe.leftBehind))
            """)
        try audit(
            by: person, "probed", of: "exports", company.text,
            because: probe.allowsShells ? ExportMode.shell.rawValue : ExportMode.plain.rawValue)
    }

    /// Back to the plain way. False when there was no probe.
    public func forgetProbe(by person: String) throws -> Bool {
        guard try execute("DELETE FROM erp_probe WHERE company_id = \(company)") == 1 else { return false }
        try audit(by: person, "probe forgotten", of: "exports", company.text)
        return true
    }

    public func storedProbe() throws -> StoredProbe? {
        let row = try first(
            """
            SELECT probed_at, probed_by, empty_accepted, refusal, hold_honoured, version_enforced, text_length,
                listed_after, page_sizes, left_behind, fell_back_because
            FROM erp_probe WHERE company_id = \(company)
            """)
        guard let row else { return nil }
        func flag(_ column: String) throws -> Bool? { try row.get(column, as: Int?.self).map { $0 == 1 } }
        var probe = ERPProbe(emptyAccepted: try flag("empty_accepted") == true)
        probe.refusal = try row.get("refusal")
        probe.holdHonoured = try flag("hold_honoured")
        probe.versionEnforced = try flag("version_enforced")
        probe.textLength = try row.get("text_length")
        probe.listedAfter = try row.get("listed_after", as: Int?.self).map { .seconds($0) }
        let pages: String = try row.get("page_sizes")
        probe.pageSizes = (try? JSONDecoder().decode([String: Int].self, from: Data(pages.utf8))) ?? [:]
        probe.leftBehind = try row.get("left_behind")
        return StoredProbe(
            probe: probe, at: try row.get("probed_at"), by: try row.get("probed_by"),
            fellBackBecause: try row.get("fell_back_because"))
    }
}
