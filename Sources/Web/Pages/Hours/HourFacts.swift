import HTML
import Persistence
import Proresult

/// What an entry says, and in words why it cannot be changed.
enum HourFacts {
    static func markup(_ visit: Visit, _ row: HourRow, showsWorker: Bool = false) -> Markup {
        let (entry, language) = (row.entry, visit.language)
        var facts: [(Text, Markup)] = [
            (.workDate, "\(language.date(entry.date))"),
            (.status, Badge.markup(visit, entry.state.text, entry.state.badge)),
        ]
        if showsWorker { facts.append((Text("Arbeider", "Worker"), "\(row.workerName)")) }
        facts += [
            (Text("Prosjekt", "Project"), "\(row.projectNumber) \(row.projectName)"),
            (
                Text("Arbeidsart", "Work type"),
                "\([row.vismaTaskID, row.workTypeName].compactMap(\.self).joined(separator: " "))"
            ), (.hoursTotal, "\(language.quantity(entry.total))\(OwnHourTable.overtime(visit, entry))"),
        ]
        if showsWorker { facts.append((.billable, "\(language.quantity(entry.billableHours))")) }
        if let from = entry.from, let to = entry.to {
            facts.append((Text("Fra og til", "From and to"), "\(from.description)–\(to.description)"))
        }
        if !entry.comment.isEmpty { facts.append((Text("Kommentar", "Comment"), "\(entry.comment)")) }
        if showsWorker, !entry.internalNote.isEmpty {
            facts.append((Text("Intern merknad", "Internal note"), "\(entry.internalNote)"))
        }
        if let reference = entry.transferredReference {
            facts.append((Text("Referanse i Visma", "Reference in Visma"), "\(reference)"))
        }
        let rejected: Markup =
            row.rejectionComment.map { comment in
                let told = Text(
                    "Avvist av \(row.rejectedBy ?? "?"): \(comment)", "Rejected by \(row.rejectedBy ?? "?"): \(comment)"
                )
                return "<p class=\"notice stop\">\(visit.text(told))</p>"
            } ?? .nothing
        return "\(rejected)\(Facts.markup(visit, facts))\(staysHere(visit, row))"
    }

    /// Hours that never go to Visma say so.
    private static func staysHere(_ visit: Visit, _ row: HourRow) -> Markup {
        let told: Text? =
            row.projectKind == .absence ? .absenceStaysHere : row.workTypeOrigin == .proresult ? .neverToVisma : nil
        return told.map { "<p class=\"soft\">\(visit.text($0))</p>" } ?? .nothing
    }

    static func locked(_ visit: Visit, _ entry: HourEntry) -> Markup {
        let told: Text =
            switch entry.state {
            case .transferred: .correctedByLeader
            case _ where entry.transferredRun != nil: .hoursOnTheirWay
            case _ where entry.reversesEntryID != nil: .reversalIsFixed
            default: .approvedIsFixed
            }
        return "<p class=\"notice waiting\">\(visit.text(told))</p>"
    }
}
