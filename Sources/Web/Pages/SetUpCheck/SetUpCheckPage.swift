import HTML
import Persistence
import Proresult
import Sync

/// Before the first import: what stands in both systems under the same number, and which of ours may be overwritten.
enum SetUpCheckPage {
    static let address = "/oppsett/visma-net/kontroll"

    static let routes: [Route] = [
        .get(address, .administrators) { visit in .page(try await page(visit)) },
        .get(address + "/utsnitt", .administrators, countsAsUse: false) { visit in
            let (report, isConnected) = try await visit.read(SetUpCheckPage.read)
            return .page(SetUpCheckState.markup(visit, report, isConnected: isConnected))
        },
        .post(address + "/start", .administrators) { visit in
            let person = try visit.actor.username
            try await visit.write { try SetUpCheck.request(by: person, in: $0) }
            return .see(address)
        },
        .post(address + "/avbryt", .administrators) { visit in
            try await visit.write { try SetUpCheck.cancel(in: $0) }
            return .see(address, Text("Kontrollen er stanset.", "The check was stopped."))
        },
        .post(address + "/dropp", .administrators) { visit in
            let person = try visit.actor.username
            try await visit.write { try SetUpCheck.drop(by: person, in: $0) }
            return .see(address, .checkGivenUp)
        },
        .post(address + "/tillat", .administrators, allow),
        .post(address + "/tillat-alle", .administrators, allowAll),
        .post(address + "/angre", .administrators, takeBack),
    ]

    private static func page(_ visit: Visit) async throws -> Markup {
        let choice = SetUpCheckChoice(visit.query)
        let (report, isConnected) = try await visit.read(Self.read)
        let rows = try await visit.read { transaction in
            try report.map { _ in
                try SetUpReport.rows(
                    choice.resource, choice.finding, page: choice.page, size: SetUpCheckTable.size, in: transaction)
            }
        }
        return Frame.page(
            visit, Text("Kontroll før første import", "Check before the first import"), in: .setUp
        ) {
            """
            <p>\(visit.text(.whyCheck))</p>
            <div\(report?.isUnderWay ?? false ? " data-poll=\"\(address)/utsnitt\"" as Markup : .nothing)>
            \(SetUpCheckState.markup(visit, report, isConnected: isConnected))
            </div>
            \(report.map { SetUpCheckTable.markup(visit, $0, rows ?? ([], 0), choice) } ?? .nothing)
            """
        }
    }

    private static func read(_ transaction: CompanyTransaction) throws -> (SetUpReport?, isConnected: Bool) {
        (
            try SetUpReport.read(in: transaction),
            try ConnectionStatus.read(in: transaction)?.state == .connected
        )
    }

    private static func allow(_ visit: Visit) async throws -> Answer {
        let (choice, person) = (SetUpCheckChoice(visit.form), try visit.actor.username)
        let numbers = visit.form.all("nummer")
        let count = try await visit.write {
            try ImportPermission.allow(choice.resource, numbers: numbers, by: person, in: $0)
        }
        return .see(choice.address, numbers.isEmpty ? .nothingTicked : .allowedToOverwrite(count))
    }

    private static func allowAll(_ visit: Visit) async throws -> Answer {
        let (choice, person) = (SetUpCheckChoice(visit.form), try visit.actor.username)
        // Different names are looked at one by one.
        guard let finding = choice.finding, finding != .otherName else { throw Refusal.notFound }
        let count = try await visit.write {
            try ImportPermission.allowAll(choice.resource, finding, by: person, in: $0)
        }
        return .see(choice.address, .allowedToOverwrite(count))
    }

    private static func takeBack(_ visit: Visit) async throws -> Answer {
        let (choice, person) = (SetUpCheckChoice(visit.form), try visit.actor.username)
        let numbers = visit.form.all("nummer")
        try await visit.write {
            try ImportPermission.takeBack(choice.resource, numbers: numbers, by: person, in: $0)
        }
        return .see(choice.address, numbers.isEmpty ? .nothingTicked : .permissionTakenBack)
    }
}

/// Which list, which finding and which page of it is looked at.
struct SetUpCheckChoice {
    var resource: ImportResource
    var finding: SetUpReport.Finding?
    var page: Int

    init(_ fields: Fields) {
        let wanted = ImportResource(rawValue: fields["liste"])
        resource = SetUpCheck.resources.first { $0 == wanted } ?? .customers
        finding = SetUpReport.Finding(rawValue: fields["funn"])
        page = max(Int(fields["side"]) ?? 1, 1)
    }

    var address: String { Self.address(resource, finding, page: page) }

    static func address(_ resource: ImportResource, _ finding: SetUpReport.Finding?, page: Int = 1) -> String {
        var fields = [(name: "liste", value: resource.rawValue)]
        if let finding { fields.append(("funn", finding.rawValue)) }
        if page > 1 { fields.append(("side", String(page))) }
        return SetUpCheckPage.address + Fields(fields).query
    }

    /// For the forms of the page, so that they lead back to it.
    var hidden: [(String, String)] {
        [("liste", resource.rawValue), ("funn", finding?.rawValue ?? ""), ("side", String(page))]
    }
}

extension SetUpReport {
    var isUnderWay: Bool { state == .requested || state == .running }
}

extension ImportResource {
    var title: Text {
        switch self {
        case .customers: Text("Kunder", "Customers")
        case .projects: Text("Prosjekt", "Projects")
        case .tasks: Text("Oppgaver", "Tasks")
        case .items: Text("Varer", "Items")
        }
    }
}
