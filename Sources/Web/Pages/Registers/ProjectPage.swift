import HTML
import Persistence
import Proresult
import Sync

/// One project: where its fields come from, its work types of both origins, its hours; closed and reopened here.
enum ProjectPage {
    static let routes: [Route] = [
        .get("/prosjekt/{id}", .office) { visit in
            let id: ProjectID = try visit.id()
            let (card, history) = try await visit.read { transaction in
                let card = try ProjectCard(id, in: transaction)
                return (card, try RecordHistory.of(card.project, in: transaction))
            }
            return .page(
                Frame.page(
                    visit, Text("Prosjekt \(card.project.number)", "Project \(card.project.number)"), in: .projects
                ) {
                    """
                    \(notice(visit, card.project))
                    \(facts(visit, card))
                    \(OriginTable.markup(visit, fields(visit, card, history)))
                    \(HoursPage.mayApprove(visit) ? moves(visit, card.project) : .nothing)
                    <h2>\(visit.text(Text("Prosjekt-arbeidsarter", "Work types of the project")))</h2>
                    \(workTypes(visit, card.workTypes))
                    \(OriginTable.changes(visit, history))
                    """
                })
        },
        .post("/prosjekt/{id}/avslutt", .leaders) { visit in
            let (id, now, actor): (ProjectID, Timestamp, Actor) = (try visit.id(), visit.now, try visit.actor)
            try await visit.write { _ = try Project.close(id, by: .user, name: actor.username, at: now, in: $0) }
            return .see("/prosjekt/\(id.text)", Text("Prosjektet er avslutta.", "The project is closed."))
        },
        .post("/prosjekt/{id}/gjenoppta", .leaders) { visit in
            let (id, now, actor): (ProjectID, Timestamp, Actor) = (try visit.id(), visit.now, try visit.actor)
            try await visit.write { _ = try Project.reopen(id, by: .user, name: actor.username, at: now, in: $0) }
            return .see("/prosjekt/\(id.text)", Text("Prosjektet er gjenopptatt.", "The project is reopened."))
        },
    ]

    static func state(_ visit: Visit, _ row: ProjectList.Row) -> Markup {
        let state =
            row.project.isActive
            ? Badge.markup(visit, Text("Aktiv", "Active"), .good)
            : Badge.markup(visit, Text("Avslutta", "Closed"), .over)
        let unlinked: Markup =
            row.isUnlinked ? " \(Badge.markup(visit, Text("Ikke fra Visma", "Not from Visma"), .waiting))" : .nothing
        let reopened: Markup =
            row.isReopenedByVisma ? " \(Badge.markup(visit, .reopenedByVisma, .waiting))" : .nothing
        return "\(state)\(unlinked)\(reopened)"
    }

    /// The import reopens what a person closed; without these words people take it for a fault.
    private static func notice(_ visit: Visit, _ project: Project) -> Markup {
        guard project.isActive, project.reopenedBy == .visma, let at = project.reopenedAt else { return .nothing }
        let time = visit.language.time(at)
        let told = Text(
            "Gjenopptatt av Visma-import \(time), fordi prosjektet er aktivt i Visma.",
            "Reopened by the import from Visma \(time), because the project is active in Visma.")
        return "<p class=\"notice waiting\">\(visit.text(told))</p>"
    }

    private static func facts(_ visit: Visit, _ card: ProjectCard) -> Markup {
        let project = card.project
        let number = project.erpID == nil ? nil : project.erpNumber ?? project.number
        return Facts.markup(
            visit,
            [
                (.status, state(visit, card.row)),
                (
                    Text("Kobling", "Link"),
                    OriginTable.link(visit, number: number, isGone: project.erpDeletedAt != nil)
                ),
                (Text("Timer ført", "Hours entered"), "\(visit.language.quantity(card.hours.counted.total))"),
            ])
    }

    private static func fields(
        _ visit: Visit, _ card: ProjectCard, _ history: RecordHistory
    ) -> [OriginTable.Row] {
        let project = card.project
        let customer: Markup = "\(card.row.customerName ?? "–")"
        let linked: Markup = project.customerID.map { "<a href=\"/kunder/\($0.text)\">\(customer)</a>" } ?? customer
        return [
            .init(Text("Navn", "Name"), "\(project.name)", history.field("name")),
            .init(Text("Kunde", "Customer"), linked, history.field("customer_id")),
            .init(
                Text("Prosjektansvarlig", "Manager"), "\(card.row.managerName ?? "–")",
                history.field("manager_worker_id")),
            .init(Text("Adresse", "Address"), "\(project.address ?? "–")", history.field("address")),
            .init(
                Text("Sted", "Place"),
                "\([project.postalCode, project.city].compactMap(\.self).joined(separator: " "))",
                history.field("postal_code", "city")),
            .init(
                Text("Startdato", "Start date"), "\(project.startDate.map(visit.language.date) ?? "–")",
                history.field("start_date")),
            .init(.status, state(visit, card.row), history.field("state")),
        ]
    }

    private static func moves(_ visit: Visit, _ project: Project) -> Markup {
        let address = "/prosjekt/\(project.id.text)"
        let button =
            project.isActive
            ? FormParts.button(
                visit, Text("Avslutt prosjektet", "Close the project"), action: address + "/avslutt", style: .danger)
            : FormParts.button(
                visit, Text("Gjenoppta prosjektet", "Reopen the project"), action: address + "/gjenoppta")
        return "<div class=\"actions-row\">\(button)</div>"
    }

    private static func workTypes(_ visit: Visit, _ workTypes: [ProjectWorkType]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Arbeidsart", "Work type")), .init(Text("Oppgave i Visma", "Visma task"), .code),
                .init(Text("Kommer fra", "Comes from")), .init(.status),
            ], caption: Text("Prosjekt-arbeidsarter", "Work types of the project"),
            empty: "<p>\(visit.text(.noWorkTypes))</p>")
        for workType in workTypes {
            table.add([
                "\(workType.name)", "\(workType.vismaTaskID ?? "–")",
                workType.origin == .visma
                    ? "Visma" : "Proresult <span class=\"soft\">\(visit.text(.neverToVisma))</span>",
                workType.isOpen
                    ? Badge.markup(visit, Text("Åpen", "Open"), .good)
                    : Badge.markup(visit, Text("Lukket", "Closed"), .over),
            ])
        }
        return table.markup(visit)
    }
}

extension Text {
    static let reopenedByVisma = Text("Gjenopptatt av Visma-import", "Reopened by the import")
}
