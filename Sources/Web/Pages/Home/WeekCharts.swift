import Foundation
import HTML
import Persistence
import Proresult
import Sync

/// Hours and value of each week, split into what was sent, waits and is stopped: as bars, and as the same figures in a
/// table for those who hear the page.
enum WeekCharts {
    static func markup(_ visit: Visit, _ weeks: [WeekFigures]) -> Markup {
        guard weeks.contains(where: { $0.hours.total != 0 || $0.value.total != 0 }) else { return .nothing }
        let hours = chart(visit, Text("Timer per uke", "Hours per week"), weeks, \.hours, id: "timer", money: false)
        let value =
            visit.seesRates
            ? chart(visit, Text("Kroner per uke", "Kroner per week"), weeks, \.value, id: "verdi", money: true)
            : .nothing
        return "<div class=\"columns charts\">\(hours)\(value)</div>"
    }

    private typealias Part = (label: Text, kind: String, part: KeyPath<WeekFigures.Split, Decimal>)
    private static var parts: [Part] {
        [
            (Text("Sendt", "Sent"), "sent", \.sent), (Text("Venter", "Waiting"), "waiting", \.waiting),
            (Text("Stoppet", "Stopped"), "stopped", \.stopped),
        ]
    }

    private static func chart(
        _ visit: Visit, _ title: Text, _ weeks: [WeekFigures], _ split: KeyPath<WeekFigures, WeekFigures.Split>,
        id: String, money: Bool
    ) -> Markup {
        let legend = parts.map {
            "<li><span class=\"key \($0.kind)\" aria-hidden=\"true\"></span>\(visit.text($0.label))</li>" as Markup
        }
        return Card.markup(
            "\(visit.text(title))",
            """
            <ul class="legend">\(legend)</ul>
            \(WeekBars(visit: visit, title: title, weeks: weeks, split: split, id: id, money: money).markup)
            <details><summary>\(visit.text(Text("Vis som tabell", "Show as a table")))</summary>
            \(table(visit, title, weeks, split, money: money))</details>
            """)
    }

    private static func table(
        _ visit: Visit, _ title: Text, _ weeks: [WeekFigures], _ split: KeyPath<WeekFigures, WeekFigures.Split>,
        money: Bool
    ) -> Markup {
        var table = DataTable(
            [.init(Text("Uke", "Week"), .code)] + parts.map { .init($0.label, .number) },
            caption: title, empty: .nothing)
        for week in weeks {
            table.add(
                ["\(week.number)"]
                    + parts.map { part in
                        let amount = week[keyPath: split][keyPath: part.part]
                        return "\(money ? visit.language.money(amount) : visit.language.quantity(amount))"
                    })
        }
        return table.markup(visit)
    }
}

/// The bars. Whole numbers of pixels are enough for the eye; the table has the figures.
private struct WeekBars {
    let visit: Visit
    let title: Text
    let weeks: [WeekFigures]
    let split: KeyPath<WeekFigures, WeekFigures.Split>
    let id: String
    let money: Bool

    private static let (width, height, left, top, bottom) = (560, 220, 92, 12, 30)
    private var room: Int { Self.height - Self.top - Self.bottom }

    var markup: Markup {
        let step = (Self.width - Self.left) / max(weeks.count, 1)
        let bars = weeks.enumerated().map { index, week in bar(week, x: Self.left + index * step, width: step) }
        let lines = (0...4).map { line(Decimal($0) * most / 4) }
        return """
            <svg class="bars" viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(visit.text(spoken))">
            <defs><pattern id="skravert-\(id)" width="6" height="6" patternUnits="userSpaceOnUse">\
            <rect class="stopped" width="6" height="6"/><path class="hatch" d="M0 6L6 0"/></pattern></defs>
            \(lines)\(bars)</svg>
            """
    }

    private var spoken: Text {
        let sums = weeks.map { $0[keyPath: split] }
        func sum(_ part: KeyPath<WeekFigures.Split, Decimal>) -> String {
            visit.language.quantity(sums.map { $0[keyPath: part] }.reduce(0, +))
        }
        return Text(
            "\(title.norwegian), \(weeks.count) uker: \(sum(\.sent)) sendt, \(sum(\.waiting)) venter, \(sum(\.stopped)) stoppet. Tallene står i tabellen under.",
            "\(title.english), \(weeks.count) weeks: \(sum(\.sent)) sent, \(sum(\.waiting)) waiting, \(sum(\.stopped)) stopped. The table below has the figures."
        )
    }

    /// The end of the scale: a round number that four lines divide well.
    private var most: Decimal {
        let highest: Decimal =
            weeks.map { week -> Decimal in
                let parts = week[keyPath: split]
                return [parts.sent, parts.waiting, parts.stopped].reduce(Decimal(0)) { $0 + max($1, 0) }
            }.max() ?? 0
        var power: Decimal = 4
        while true {
            for factor in [1, 2, 5] as [Decimal] where power * factor >= highest { return power * factor }
            power *= 10
        }
    }

    private func pixels(_ amount: Decimal) -> Int {
        var exact = max(amount, 0) * Decimal(room) / most
        var whole = Decimal()
        NSDecimalRound(&whole, &exact, 0, .plain)
        return NSDecimalNumber(decimal: whole).intValue
    }

    private func line(_ amount: Decimal) -> Markup {
        let y = Self.top + room - pixels(amount)
        return """
            <line class="grid" x1="\(Self.left)" x2="\(Self.width)" y1="\(y)" y2="\(y)"/>\
            <text class="scale" x="\(Self.left - 8)" y="\(y + 4)">\(visit.language.quantity(amount))</text>
            """
    }

    private func bar(_ week: WeekFigures, x: Int, width: Int) -> Markup {
        let parts = week[keyPath: split]
        var y = Self.top + room
        let inner = width * 6 / 10
        let rects = [(parts.sent, "sent"), (parts.waiting, "waiting"), (parts.stopped, "hatched")].map { amount, kind in
            let height = pixels(amount)
            y -= height
            let fill: Markup = kind == "hatched" ? " fill=\"url(#skravert-\(id))\"" : .nothing
            return height == 0
                ? .nothing
                : """
                <rect class="\(kind)" x="\(x + (width - inner) / 2)" y="\(y)" width="\(inner)" height="\(height)"\(fill)/>
                """ as Markup
        }
        return """
            <g>\(rects)<text class="week" x="\(x + width / 2)" y="\(Self.height - 10)">\
            \(visit.text(Text("uke", "w."))) \(week.number)</text></g>
            """
    }
}
