import Synchronization

/// What a person does with project transactions in the ERP's own windows: all of it lands in the ledger.
extension Sandbox {
    /// "Release": final from now on.
    public func release(_ refNbr: String, in tenantID: String) {
        touch(refNbr, in: tenantID, .released) { $0.status = "Released" }
    }

    /// Changes an unreleased document by hand.
    public func changeDocument(_ refNbr: String, in tenantID: String, _ body: (inout StoredDocument) -> Void) {
        touch(refNbr, in: tenantID, .changed, body)
    }

    public func deleteDocument(_ refNbr: String, in tenantID: String) {
        touch(refNbr, in: tenantID, .deleted) { _ in }
    }

    /// "Reverse": a new document with opposite signs. Returns its number.
    @discardableResult
    public func reverse(_ refNbr: String, in tenantID: String) -> String? {
        state.withLock { state in
            guard let company = state.companies.first(where: { $0.records.tenantID == tenantID }),
                var document = company.documents.first(where: { sameKey($0.refNbr, refNbr) })
            else { return nil }
            document.reverses = document.refNbr
            document.refNbr = state.nextNumber(company)
            document.status = "Balanced"
            document.created = state.now()
            document.lastModified = state.now()
            document.version = state.nextVersion()
            var tranID = state.nextTranID(company)
            document.lines = document.lines.map { line in
                var line = line
                line.quantity.negate()
                line.billableQuantity.negate()
                line.amount.negate()
                return state.numbered(line, &tranID)
            }
            state.commit(document, .reversed, tenantID)
            return document.refNbr
        }
    }

    private func touch(
        _ refNbr: String, in tenantID: String, _ event: LedgerEntry.Event, _ body: (inout StoredDocument) -> Void
    ) {
        state.withLock { state in
            guard let company = state.companies.first(where: { $0.records.tenantID == tenantID }),
                var document = company.documents.first(where: { sameKey($0.refNbr, refNbr) })
            else { return }
            body(&document)
            document.version = state.nextVersion()
            document.lastModified = state.now()
            for index in document.lines.indices { document.lines[index].lastModified = state.now() }
            state.commit(document, event, tenantID)
        }
    }
}
