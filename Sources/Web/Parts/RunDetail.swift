import HTML
import Proresult
import Sync

/// What a run says of a record: the fields that changed in the reader's words, anything else as it was said, folded.
enum RunDetail {
    static func markup(_ visit: Visit, _ happened: RunItem.Happened, _ detail: String) -> Markup {
        guard !detail.isEmpty else { return .nothing }
        if detail == ImportPermission.isWaiting {
            return "<a href=\"\(SetUpCheckPage.address)\">\(visit.text(.waitsForSetUpCheck))</a>"
        }
        if happened == .changed {
            return "\(detail.split(separator: "; ").map { change(visit, String($0)) }.joined(separator: "; "))"
        }
        let summary = visit.text(Text("Opprinnelig melding", "Original message"))
        return "<details><summary>\(summary)</summary><p class=\"soft\" lang=\"en\">\(detail)</p></details>"
    }

    /// `field: before → after`, or the link.
    private static func change(_ visit: Visit, _ words: String) -> String {
        guard let colon = words.firstRange(of: ": ") else { return visit.text(.field(words)) }
        return visit.text(.field(String(words[..<colon.lowerBound]))) + words[colon.lowerBound...]
    }
}
