import Foundation
import HTML
import Persistence
import Proresult
import Sync

/// One document: what it holds, how it went, and what a person can decide about it.
enum DocumentPage {
    static let routes: [Route] = [
        .get("/bilag/{id}", .office) { visit in .page(try await page(visit, problem: nil)) },
        .post("/bilag/{id}/avgjor", .bookkeeping, needsProof: true, decide),
        .post("/bilag/{id}/provigjen", .bookkeeping, retry),
    ]

    private struct Content: Sendable {
        var trail: ExportTrail
        var labels: [SourceRecord: RecordLabel]
        var refused: [SourceRecord]
        /// The references of the document that this one is a half of.
        var whole: DocumentReference?

        init(_ name: String, in transaction: CompanyTransaction) throws {
            guard let trail = try ExportTrail.of(name, in: transaction) else { throw Refusal.notFound }
            self.trail = trail
            labels = try RecordLabel.of(trail.lines.map(\.record), in: transaction)
            refused = try transaction.refusedRecords(of: trail.document.id)
            whole = try trail.splitFrom.flatMap { try transaction.document($0)?.reference }
        }
    }

    static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let name = try visit.parameter("id")
        let content = try await visit.read { try Content(name, in: $0) }
        let document = content.trail.document
        return Frame.page(
            visit, Text("Bilag \(document.reference)", "Document \(document.reference)"), in: .transfer
        ) {
            """
            \(SignInPages.trouble(visit, problem))
            \(facts(visit, content))
            \(DocumentDecision.markup(visit, document, refused: content.refused))
            <h2>\(visit.text(Text("Linjene", "The lines")))</h2>
            \(lines(visit, content))
            \(DocumentHistory.attempts(visit, content.trail))
            \(DocumentHistory.steps(visit, content.trail))
            <p><a href="/bilag">\(visit.text(Text("Alle bilag", "All documents")))</a></p>
            """
        }
    }

    private static func decide(_ visit: Visit) async throws -> Answer {
        let decision: ExportReview.Decision =
            switch visit.form["avgjorelse"] {
            case "bekreft": .confirm(number: visit.form["nummer"])
            case "trekk": .void
            case "send": .resend
            default: throw Refusal.badRequest(Text("Velg hva som skal gjøres.", "Choose what shall be done."))
            }
        let (name, person, why) = (try visit.parameter("id"), try visit.actor.username, visit.form["grunn"])
        do {
            let document = try await visit.write { transaction in
                guard let document = try ExportTrail.of(name, in: transaction)?.document else {
                    throw Refusal.notFound
                }
                try ExportReview.decide(
                    decision, on: document.reference.text, by: person, because: why, in: transaction)
                return document
            }
            return .see(document.address, .decided(decision))
        } catch let refused as ExportReview.Refused {
            return .again(try await page(visit, problem: .refused(refused)))
        }
    }

    private static func retry(_ visit: Visit) async throws -> Answer {
        let (name, person) = (try visit.parameter("id"), try visit.actor.username)
        let (document, count) = try await visit.write { transaction in
            let content = try Content(name, in: transaction)
            let document = content.trail.document
            return (
                document,
                try ExportReview.retryRefused(
                    document.kind, only: content.refused.map(\.id), by: person, in: transaction)
            )
        }
        return .see(document.address, .retried(document.kind, count))
    }

    private static func facts(_ visit: Visit, _ content: Content) -> Markup {
        let (document, language) = (content.trail.document, visit.language)
        let (word, kind) = document.state.badge
        var facts: [(Text, Markup)] = [
            (.status, Badge.markup(visit, word, kind)), (Text("Slag", "Kind"), "\(visit.text(document.kind.title))"),
            (Text("Prosjekt", "Project"), "\(document.project)"), (.period, "\(language.period(document.period))"),
            (Text("Nummer i Visma", "Number in Visma"), "\(document.erpNumber ?? "–")"),
            (Text("Referanse i beskrivelsen", "Reference in the description"), "\(document.reference.text)"),
            (Text("Laget", "Made"), "\(language.time(document.createdAt))"),
            (
                Text("Laget av kjøringen", "Made by the run"),
                "<a href=\"/kjorelogg/\(content.trail.run.text)\">\(visit.text(Text("Se kjøringen", "See the run")))</a>"
            ),
        ]
        if visit.seesRates {
            let amount = content.trail.lines.map(\.sent.amount).reduce(0, +)
            facts.append((Text("Beløp", "Amount"), "\(language.money(amount))"))
        }
        if let whole = content.whole {
            facts.append(
                (
                    Text("Del av det avviste", "Half of the refused"),
                    "<a href=\"/bilag/\(whole.text)\">\(whole.text)</a>"
                ))
        }
        return Facts.markup(visit, facts)
    }

    private static func lines(_ visit: Visit, _ content: Content) -> Markup {
        let language = visit.language
        var columns: [DataTable.Column] = [
            .init(Text("Dato", "Date"), .code), .init(Text("Arbeider", "Worker")),
            .init(Text("Gjelder", "Matter")), .init(Text("Vare", "Item"), .code),
            .init(Text("Oppgave", "Task"), .code), .init(Text("Antall", "Quantity"), .number),
        ]
        if visit.seesRates {
            columns += [.init(Text("Pris", "Rate"), .number), .init(Text("Beløp", "Amount"), .number)]
        }
        columns.append(.init(Text("Debit / kredit", "Debit / credit"), .code))
        var table = DataTable(
            columns, caption: Text("Linjene i dokumentet", "The lines of the document"),
            empty: "<p>\(visit.text(Text("Ingen linjer er kjent her.", "No lines are known here.")))</p>")
        for line in content.trail.lines {
            let (sent, label) = (line.sent, content.labels[line.record])
            let matter: Markup = "\(label?.matter ?? line.record.id)"
            let address = line.record.address
            let linked: Markup = RouteTable.serves(address) ? "<a href=\"\(address)\">\(matter)</a>" : matter
            let free: Markup =
                line.holdsRecord
                ? .nothing
                : " <a class=\"soft\" href=\"\(line.record.documentsAddress)\">\(visit.text(Text("fri igjen", "free again")))</a>"
            var cells: [Markup] = [
                "\(language.date(sent.date))", "\(label?.workerName ?? sent.employee)", "\(linked)\(free)",
                "\(sent.item)", "\(sent.task)", "\(language.quantity(sent.quantity.value))",
            ]
            if visit.seesRates {
                cells += ["\(language.money(sent.rate.value))", "\(language.money(sent.amount))"]
            }
            cells.append("\(sent.debitAccount) / \(sent.creditAccount)")
            table.add(cells)
        }
        return table.markup(visit)
    }
}
