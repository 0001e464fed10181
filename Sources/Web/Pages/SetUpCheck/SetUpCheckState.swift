import HTML
import Persistence
import Proresult
import Sync

/// How far the check is, what it found in figures, and the button for the next thing.
enum SetUpCheckState {
    static func markup(_ visit: Visit, _ report: SetUpReport?, isConnected: Bool) -> Markup {
        guard let report else {
            return Card.markup(
                "\(visit.text(Text("Ikke kontrollert ennå", "Not checked yet")))",
                """
                <p>\(visit.text(isConnected ? .noCheckYet : .checkNeedsConnection))</p>
                \(isConnected ? start(visit, Text("Start kontrollen", "Start the check"), .primary) : connect(visit))
                """)
        }
        let (word, kind) = badge(report.state)
        return Card.markup(
            "<span>\(visit.text(Text("Kontrollen", "The check")))</span> \(Badge.markup(visit, word, kind))",
            """
            <p class="soft">\(visit.text(.checkAsked(report.startedBy, visit.language.time(report.startedAt))))</p>
            \(trouble(visit, report))
            \(report.isUnderWay ? progress(visit, report) : .nothing)
            \(report.lists.isEmpty ? .nothing : figures(visit, report))
            \(report.isUnderWay ? underWay(visit) : over(visit, report, isConnected: isConnected))
            """)
    }

    private static func badge(_ state: SetUpReport.State) -> (Text, Badge.Kind) {
        switch state {
        case .requested: (Text("Starter straks", "About to start"), .waiting)
        case .running: (Text("Leser fra Visma", "Reading from Visma"), .waiting)
        case .done: (Text("Ferdig", "Done"), .good)
        case .failed: (Text("Kom ikke i mål", "Did not get through"), .stop)
        case .cancelled: (Text("Stanset", "Stopped"), .over)
        }
    }

    private static func trouble(_ visit: Visit, _ report: SetUpReport) -> Markup {
        guard report.state == .failed else { return .nothing }
        let original: Markup =
            report.error.map {
                """
                <details><summary>\(visit.text(Text("Opprinnelig melding", "Original message")))</summary>\
                <p class="soft">\($0)</p></details>
                """
            } ?? .nothing
        let needsPerson = report.fault == .reconnect || report.fault == .noRights
        return """
            <div class="notice stop"><p>\(visit.text(needsPerson ? .checkNeedsReconnect : .checkFailed))</p>\(original)</div>
            \(needsPerson ? connect(visit) : .nothing)
            """
    }

    private static func progress(_ visit: Visit, _ report: SetUpReport) -> Markup {
        let list = report.lists.last { !$0.isFinished } ?? report.lists.last
        let told = list.map { Text.checkReads($0, visit.language) } ?? .checkBegins
        return "<p class=\"progress\" role=\"status\">\(visit.text(told))</p>"
    }

    private static func figures(_ visit: Visit, _ report: SetUpReport) -> Markup {
        let findings: [SetUpReport.Finding] = [.otherName, .reopened, .overwritten, .same, .created]
        var table = DataTable(
            [.init(Text("Liste", "List"))] + findings.map { .init($0.shortText, .number) } + [
                .init(Text("Koblet før", "Linked"), .number), .init(Text("Tillatt", "Allowed"), .number),
                .init(Text("Venter på deg", "Waiting for you"), .number),
            ],
            caption: Text("Hva kontrollen fant", "What the check found"), empty: .nothing)
        for list in report.lists {
            let counts = findings.map { finding -> Markup in
                let count = list.findings[finding] ?? 0
                guard count > 0 else { return "0" }
                return """
                    <a href="\(SetUpCheckChoice.address(list.resource, finding))">\(visit.language.number(count))\
                    <span class="unseen"> \(visit.text(finding.text)), \(visit.text(list.resource.title))</span></a>
                    """
            }
            table.add(
                ["<a href=\"\(SetUpCheckChoice.address(list.resource, nil))\">\(visit.text(list.resource.title))</a>"]
                    + counts + [
                        "\(visit.language.number(list.linked))", "\(visit.language.number(list.allowed))",
                        "\(visit.language.number(list.waiting))",
                    ])
        }
        return table.markup(visit)
    }

    private static func underWay(_ visit: Visit) -> Markup {
        """
        <div class="actions-row">
        <a class="button" href="\(SetUpCheckPage.address)">\(visit.text(Text("Oppdater", "Refresh")))</a>
        \(FormParts.button(
            visit, Text("Stans kontrollen", "Stop the check"), action: SetUpCheckPage.address + "/avbryt",
            style: .danger))</div>
        """
    }

    private static func over(_ visit: Visit, _ report: SetUpReport, isConnected: Bool) -> Markup {
        let isDone = report.state == .done
        let waits = report.lists.reduce(0) { $0 + $1.waiting }
        let next: Markup = """
            <a class="button primary" href="/#fra-visma">\(visit.text(Text("Gå til første import", "Go to the first import")))</a>
            """
        return """
            \(isDone ? "<p>\(visit.text(.checkDone(waiting: visit.language.number(waits), none: waits == 0)))</p>" : .nothing)
            <div class="actions-row">\(isDone ? next : .nothing)
            \(isConnected ? start(visit, Text("Kontroller på nytt", "Check again"), isDone ? .ordinary : .primary) : connect(visit))
            \(FormParts.button(
                visit, Text("Dropp kontrollen", "Give the check up"), action: SetUpCheckPage.address + "/dropp",
                style: .danger))</div>
            <p class="soft">\(visit.text(.whatGivingUpDoes))</p>
            """
    }

    private static func start(_ visit: Visit, _ label: Text, _ style: ButtonStyle) -> Markup {
        FormParts.button(visit, label, action: SetUpCheckPage.address + "/start", style: style)
    }

    private static func connect(_ visit: Visit) -> Markup {
        """
        <a class="button primary" href="\(ConnectionPage.address)">\(visit.text(Text("Til tilkoblingen", "To the connection")))</a>
        """
    }
}

extension SetUpReport.Finding {
    /// For the heading of a narrow column.
    fileprivate var shortText: Text {
        self == .otherName ? Text("Ulikt navn", "Other name") : text
    }
}
