import HTML
import Persistence
import Proresult

/// What the worker's own pages have in common: whose they are, and the way between them.
enum OwnPages {
    enum Place: String, CaseIterable {
        case hours = "/min/timer"
        case withdrawals = "/min/vareuttak"
        case overview = "/min"

        var title: Text {
            switch self {
            case .hours: .workerView
            case .withdrawals: Text("Vareuttak", "Item withdrawal")
            case .overview: Text("Min side", "My page")
            }
        }
    }

    /// The worker that the signed-in person is. Somebody who is none has nothing to change here.
    static func worker(_ visit: Visit) throws -> WorkerID {
        guard let worker = try visit.person.worker else { throw Refusal.notFound }
        return worker
    }

    /// A page of the worker's own; of a user who is no worker it says so.
    static func page(
        _ visit: Visit, _ title: Text, in place: Place, _ body: (WorkerID) async throws -> Markup
    ) async throws -> Markup {
        let content: Markup
        if let worker = try visit.person.worker {
            content = "\(tabs(visit, place))\(try await body(worker))"
        } else {
            content = "<p class=\"notice waiting\">\(visit.text(.noWorkerRecord))</p>"
        }
        return Frame.page(visit, title, kind: .worker) { content }
    }

    private static func tabs(_ visit: Visit, _ here: Place) -> Markup {
        let links = Place.allCases.map { place in
            let isHere: Markup = place == here ? " aria-current=\"page\"" : .nothing
            return "<a href=\"\(place.rawValue)\"\(isHere)>\(visit.text(place.title))</a>" as Markup
        }
        return "<nav class=\"tabs\" aria-label=\"\(visit.text(Text("Mine sider", "My pages")))\">\(links)</nav>"
    }
}
