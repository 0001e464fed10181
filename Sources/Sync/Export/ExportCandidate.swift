import Foundation
import Persistence
import Proresult

/// A record of ours that is not in the ERP yet: what would be sent for it, or why it cannot go.
public struct ExportCandidate: Sendable {
    public enum SourceKind: String, SQLConvertible { case hourEntry, withdrawal }

    /// The lines of one source, which always travel in one document.
    public struct Line: Sendable, Hashable {
        public enum Part: String, SQLConvertible { case ordinary, overtime50, overtime100, goods }
        public var part: Part
        public var quantity: Decimal
        public var billableQuantity: Decimal?
        public var rate: Decimal
        public var item: String
        public var task: String
        /// What the ERP's user reads, without the tag.
        public var text: String

        /// Kroner, rounded as the document will say it.
        public var amount: Decimal { (quantity * rate).roundedToOre }

        /// What takes a sent line back carries its price, item and task, whatever has changed since.
        func reversing(_ sent: ProjectTransaction.Line?) -> Line {
            guard let sent else { return self }
            var line = self
            (line.item, line.task, line.rate) = (sent.item, sent.task, sent.rate.value)
            return line
        }
    }

    public var kind: SourceKind
    public var id: String
    public var version: Int
    public var date: CalendarDate
    public var workerID: WorkerID
    public var workerName: String
    /// The worker's number in the ERP; empty when there is none.
    public var employee: String
    public var projectID: ProjectID
    public var projectNumber: String
    public var projectName: String
    /// What it is about: the name of the work type, or the text of what was taken out.
    public var matter: String
    public var itemID: ItemID?
    /// The record that this one takes back.
    public var originalID: String?
    /// Empty when there is no period to put the lines in.
    public var period: String
    public var lines: [Line]
    public var blockers: [Blocker]

    public var canGo: Bool { blockers.isEmpty }

    public var job: JobName { kind == .hourEntry ? .hours : .withdrawals }
    /// Hours, or the number of what was taken out; negative when it takes something back.
    public var quantity: Decimal { lines.map(\.quantity).reduce(0, +) }
    public var amount: Decimal { lines.map(\.amount).reduce(0, +) }
}
