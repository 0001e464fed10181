/// One commit, as the judge sees it. Nothing is ever taken out of the ledger.
public struct LedgerEntry: Sendable, Codable, Equatable {
    public enum Event: String, Sendable, Codable { case created, changed, released, deleted, reversed }

    public var event: Event
    /// Milliseconds since the epoch, UTC, by the true clock.
    public var time: Int64
    public var tenantID: String
    /// Number of the request that did it; nil when an ERP user did.
    public var request: Int?
    public var clientID: String?
    /// As stored by this commit.
    public var document: StoredDocument

    public var refNbr: String { document.refNbr }
}

extension SandboxState {
    mutating func commit(
        _ document: StoredDocument, _ event: LedgerEntry.Event, _ tenantID: String, request: Int? = nil,
        clientID: String? = nil
    ) {
        let entry = LedgerEntry(
            event: event, time: clockNow(), tenantID: tenantID, request: request, clientID: clientID, document: document
        )
        apply(entry)
        storage?.append(entry)
    }

    /// Also how a ledger read from its file becomes the company's documents again.
    mutating func apply(_ entry: LedgerEntry) {
        ledger.append(entry)
        lastVersion = max(lastVersion, entry.document.version)
        change(entry.tenantID) { company in
            company.lastNumber = max(company.lastNumber, Int(entry.refNbr.dropFirst(2)) ?? 0)
            company.lastTranID = max(company.lastTranID, entry.document.lines.map(\.tranID).max() ?? 0)
            company.documents.removeAll { $0.refNbr == entry.refNbr && entry.event == .deleted }
            guard entry.event != .deleted else { return }
            if let index = company.documents.firstIndex(where: { $0.refNbr == entry.refNbr }) {
                company.documents[index] = entry.document
            } else {
                company.documents.append(entry.document)
            }
        }
    }
}
