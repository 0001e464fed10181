import Persistence
import Proresult

/// What would be sent is not what the person saw: nothing was sent.
public struct PreviewDiffers: Error, Sendable, Hashable {
    /// Records that have become ready since, that no longer are, and that would be sent otherwise.
    public var came: [String]
    public var went: [String]
    public var changed: [String]

    /// Nil when what is about to be sent is what was asked for.
    init?(_ expected: String, now records: [PreviewRecord], seen: [PreviewRecord]) {
        guard PreviewRecord.digest(of: records) != expected else { return nil }
        // A later request has taken the place of the one that this run was asked for.
        let seen = PreviewRecord.digest(of: seen) == expected ? seen : []
        let before = Dictionary(seen.map { ($0.id, $0) }) { first, _ in first }
        let now = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        came = records.filter { before[$0.id] == nil && !seen.isEmpty }.map(\.label)
        went = seen.filter { now[$0.id] == nil }.map(\.label)
        changed = records.filter { record in before[record.id].map { $0.digest != record.digest } ?? false }.map(
            \.label)
    }

    public var text: Text {
        Text(
            "Noe er endret siden forhåndsvisningen, og ingenting ble sendt.\(told(came, "Nye"))"
                + "\(told(went, "Borte"))\(told(changed, "Endret"))",
            "Something changed since the preview, and nothing was sent.\(told(came, "New"))"
                + "\(told(went, "Gone"))\(told(changed, "Changed"))")
    }

    /// For the run's story, line by line.
    func items(_ kind: ExportCandidate.SourceKind) -> [RunItem] {
        func told(_ labels: [String], _ what: String) -> [RunItem] {
            labels.map { RunItem(kind.rawValue, $0, .warned, "\(what) since the preview") }
        }
        return told(came, "came") + told(went, "went") + told(changed, "changed")
    }

    private static let mostTold = 5

    private func told(_ labels: [String], _ word: String) -> String {
        guard !labels.isEmpty else { return "" }
        let rest = labels.count > Self.mostTold ? " …" : ""
        return " \(word) (\(labels.count)): \(labels.prefix(Self.mostTold).joined(separator: "; "))\(rest)."
    }
}

extension Preview {
    /// What came of asking to have a preview sent.
    public enum Answer: Sendable {
        case requested
        case switchedOff
        /// It is no longer what the person saw: this is what it has become.
        case changed(Preview)
    }

    /// Asks for a run that sends exactly what the digest stands for: "send" on the preview. When something changes before
    /// the run collects, it sends nothing and tells what. Throws as `read`.
    public static func send(
        _ job: JobName, into period: String? = nil, seen digest: String, by person: String,
        in transaction: CompanyTransaction
    ) throws -> Answer {
        let preview = try read(job, into: period, in: transaction)
        guard preview.digest == digest else { return .changed(preview) }
        guard try transaction.requestRun(of: job, by: person, period: period, expecting: digest) else {
            return .switchedOff
        }
        try PreviewRecord.keep(preview.records, requestedOf: job, in: transaction)
        return .requested
    }
}
