import HTML
import Proresult
import Sync

/// The financial period that lines are put into. By date is the default; only open ones can be chosen, and those that
/// are shut are shown with why.
enum PeriodChoice {
    /// More than a year of either is of no use in a choice.
    private static let mostShown = 13

    static func markup(
        _ visit: Visit, id: String, _ periods: [FinancialPeriod], chosen: String = "", label: Text = .period
    ) -> Markup {
        let open = periods.filter(\.isOpen).prefix(mostShown)
        let shut = periods.filter { !$0.isOpen && $0.startDate <= (open.last ?? $0).startDate }.suffix(mostShown)
        let options = (open + shut).sorted { $1 < $0 }.map { period in
            let name = visit.language.period(period.id)
            guard let closed = period.closed else {
                let isChosen: Markup = period.id == chosen ? " selected" : .nothing
                return "<option value=\"\(period.id)\"\(isChosen)>\(name)</option>" as Markup
            }
            return "<option value=\"\" disabled>\(name) – \(visit.text(.shut(closed)))</option>"
        }
        return """
            <div class="field"><label for="\(id)">\(visit.text(label))</label>
            <select id="\(id)" name="periode"><option value="">\(visit.text(.periodByDate))</option>\(options)</select></div>
            """
    }
}
