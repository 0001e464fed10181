import Foundation
import HTML
import Persistence
import Proresult

/// A withdrawal in a list, the same in the office and on the telephone.
enum WithdrawalCells {
    /// The arrow out of the store or into it, with its word.
    static func kind(_ visit: Visit, _ row: WithdrawalRow) -> Markup {
        row.isReturn
            ? "<span class=\"nowrap\">\(Icon.broughtBack) \(visit.text(.broughtBack))</span>"
            : "<span class=\"nowrap\">\(Icon.takenOut) \(visit.text(.takenOut))</span>"
    }

    static func goods(_ visit: Visit, _ row: WithdrawalRow, at path: String) -> Markup {
        let line = row.withdrawal
        let number = row.itemNumber ?? visit.text(.freeTextItem)
        let extra: Markup =
            line.isExtraCost
            ? "<br><span class=\"soft\">\(visit.text(.extraCost))\(line.extraText.isEmpty ? "" : ": \(line.extraText)")</span>"
            : .nothing
        return "<a href=\"\(path)\(line.id.text)\">\(line.text)</a> <span class=\"soft\">\(number)</span>\(extra)"
    }

    /// With what came back of it.
    static func quantity(_ visit: Visit, _ row: WithdrawalRow) -> Markup {
        let quantity = visit.language.quantity
        let back: Markup =
            row.returned == 0
            ? .nothing
            : "<br><span class=\"soft\">\(visit.text(Text("returnert \(quantity(row.returned))", "returned \(quantity(row.returned))")))</span>"
        return "\(quantity(row.withdrawal.quantity)) \(row.withdrawal.unit)\(back)"
    }

    static func state(_ visit: Visit, _ line: Withdrawal) -> Markup {
        let (word, kind) = line.standing
        let reference = line.transferredReference.map { " <span class=\"soft\">\($0)</span>" as Markup } ?? .nothing
        return "\(Badge.markup(visit, word, kind))\(reference)"
    }

    static func toReturn(_ visit: Visit, _ row: WithdrawalRow, at path: String) -> Markup {
        guard row.leftToReturn > 0 else { return .nothing }
        let spoken = visit.text(Text("Returner \(row.withdrawal.text)", "Return \(row.withdrawal.text)"))
        return """
            <a class="button small" href="\(path)\(row.withdrawal.id.text)#retur" aria-label="\(spoken)">\(visit.text(.broughtBack))</a>
            """
    }
}

extension WithdrawalState {
    var badge: (Text, Badge.Kind) {
        switch self {
        case .registered: (Text("Registrert", "Registered"), .waiting)
        case .invoiced: (Text("Fakturert", "Invoiced"), .good)
        }
    }
}

extension Withdrawal {
    /// Held by a run: it must not be changed under it.
    var isOnItsWay: Bool { state == .registered && transferredRun != nil }

    var standing: (Text, Badge.Kind) {
        isOnItsWay ? (Text("Under overføring", "Being transferred"), .waiting) : state.badge
    }
}
