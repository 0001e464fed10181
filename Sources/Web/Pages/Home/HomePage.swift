import HTML
import Proresult

/// The start page of the office.
enum HomePage {
    static let routes: [Route] = [
        .get("/", .everybody) { visit in
            if try visit.person.user.role == .worker { return .see("/min/timer") }
            return .page(
                try Frame.page(visit, MenuItem.home.title, in: .home) {
                    "<p>\(try visit.person.company.name)</p>"
                })
        }
    ]
}
