import Persistence
import Proresult
import SeededShore

/// A page of the field system or of the accounting link.
enum Page: Hashable {
    case shore(ShoreReading)
    case desk(DeskReading)

    static let all = ShoreReading.allCases.map(Page.shore) + DeskReading.allCases.map(Page.desk)

    var name: String {
        switch self {
        case .shore(let reading): reading.rawValue
        case .desk(let reading): reading.rawValue
        }
    }

    func read(_ shore: SeededShore, in transaction: CompanyTransaction) throws {
        switch self {
        case .shore(let reading): _ = try reading.read(shore, in: transaction)
        case .desk(let reading): try reading.read(in: transaction)
        }
    }
}
