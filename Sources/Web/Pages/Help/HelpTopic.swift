import Proresult

/// The pages of the help, in the order in which somebody new reads them.
enum HelpTopic: String, CaseIterable {
    case whole = "slik-henger-det-sammen"
    case imports = "importer"
    case hours = "timer"
    case withdrawals = "vareuttak"
    case transfer = "overforing"
    case periods = "perioder"
    case connection = "tilkobling"

    var address: String { "/hjelp/" + rawValue }

    var title: Text { content.title }

    var content: HelpContent {
        switch self {
        case .whole: .whole
        case .imports: .imports
        case .hours: .hours
        case .withdrawals: .withdrawals
        case .transfer: .transfer
        case .periods: .periods
        case .connection: .connection
        }
    }
}

/// What one page says: short, with the answer first.
struct HelpContent: Sendable {
    struct Part: Sendable {
        var heading: Text
        var paragraphs: [Text] = []
        /// Done in this order.
        var steps: [Text] = []
    }

    var title: Text
    var lead: Text
    var parts: [Part]
}
