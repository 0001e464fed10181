import HTML
import Persistence
import Proresult
import Sync

/// Exactly the lines that would go now, document by document, with their sums; "send" sends those and no others.
enum PreviewPage {
    static let routes: [Route] = [
        .get("/forhandsvisning", .bookkeeping) { visit in .page(try await page(visit, visit.query, said: nil)) },
        .post("/forhandsvisning", .bookkeeping, send),
    ]

    private static func send(_ visit: Visit) async throws -> Answer {
        let (job, period) = try wanted(visit.form)
        let (digest, person) = (visit.form["avtrykk"], try visit.actor.username)
        let answer = try await visit.write {
            try Preview.send(job, into: period, seen: digest, by: person, in: $0)
        }
        switch answer {
        case .requested: return .see("/", .starting(job))
        case .switchedOff: return .see("/", .jobIsOff(job))
        case .changed: return .again(try await page(visit, visit.form, said: .previewChanged))
        }
    }

    private static func wanted(_ fields: Fields) throws -> (JobName, period: String?) {
        guard let job = JobName(rawValue: fields["jobb"]), job.isExport else { throw Refusal.notFound }
        return (job, fields["periode"].isEmpty ? nil : fields["periode"])
    }

    private static func page(_ visit: Visit, _ fields: Fields, said: Text?) async throws -> Markup {
        let (job, period) = try wanted(fields)
        let (periods, preview): ([FinancialPeriod], Preview?) = try await visit.read { transaction in
            let periods = try ERPFacts.stored(in: transaction)?.periods ?? []
            do {
                return (periods, try Preview.read(job, into: period, in: transaction))
            } catch is Preview.FactsMissing {
                return (periods, nil)
            }
        }
        let title = Text("Forhåndsvisning: \(job.title.norwegian)", "Preview: \(job.title.english)")
        return Frame.page(visit, title, in: .transfer) {
            """
            \(said.map { "<p class=\"notice stop\" role=\"alert\">\(visit.text($0))</p>" } ?? .nothing)
            <form method="get" action="/forhandsvisning" class="actions-row">
            <input type="hidden" name="jobb" value="\(job.rawValue)">
            \(PeriodChoice.markup(visit, id: "periode", periods, chosen: period ?? ""))
            <button>\(visit.text(Text("Vis", "Show")))</button></form>
            \(preview.map { content(visit, $0) } ?? unread(visit))
            """
        }
    }

    private static func unread(_ visit: Visit) -> Markup {
        """
        <div class="empty"><p>\(visit.text(Preview.FactsMissing().text))</p>
        \(FormParts.button(
            visit, Text("Les fra Visma", "Read from Visma"), action: "/fakta",
            fields: [("til", visit.path + visit.query.query)], style: .primary))</div>
        """
    }

    private static func content(_ visit: Visit, _ preview: Preview) -> Markup {
        let held = visit.language.number(preview.held.count)
        let board = "/overforing" + BoardFilter(job: preview.job, standings: BoardFilter.stopped).fields.query
        let rest: Markup =
            preview.held.isEmpty
            ? .nothing
            : """
            <p class="soft">\(visit.text(Text("\(held) linjer går ikke nå.", "\(held) lines do not go now.")))
            <a href="\(board)">\(visit.text(Text("Se hvorfor", "See why")))</a></p>
            """
        guard !preview.documents.isEmpty else {
            return """
                <div class="empty"><p>\(visit.text(Text("Ingenting er klart til å sendes.", "Nothing is ready to be sent.")))</p>\(rest)</div>
                """
        }
        return """
            \(sendForm(visit, preview))\(rest)
            <div class="columns">\(accounts(visit, preview))\(projects(visit, preview))</div>
            \(preview.documents.map { document(visit, $0) })
            """
    }

    private static func sendForm(_ visit: Visit, _ preview: Preview) -> Markup {
        let (lines, documents) = (preview.lineCount, preview.documents.count)
        let label =
            lines == 1
            ? Text("Send denne linjen", "Send this line")
            : Text("Send disse \(lines) linjene", "Send these \(lines) lines")
        let whole = visit.language.money(preview.amount)
        let sum = Text(
            "\(documents) \(documents == 1 ? "dokument" : "dokumenter"), \(whole) kr i alt.",
            "\(documents) \(documents == 1 ? "document" : "documents"), NOK \(whole) in all.")
        let fields = [
            ("jobb", preview.job.rawValue), ("periode", preview.period ?? ""), ("avtrykk", preview.digest),
        ]
        return """
            <div class="actions-row">\(FormParts.button(visit, label, action: "/forhandsvisning", fields: fields, style: .primary))\
            <span>\(visit.text(sum))</span></div>
            """
    }

    private static func accounts(_ visit: Visit, _ preview: Preview) -> Markup {
        var table = DataTable(
            [.init(Text("Konto", "Account"), .code), .init(Text("Sum", "Sum"), .number)],
            caption: Text("Sum per konto", "Sum by account"), empty: .nothing)
        for (account, amount) in preview.amountByAccount {
            table.add(["\(account)", "\(visit.language.money(amount))"])
        }
        return Card.markup("\(visit.text(table.caption))", table.markup(visit))
    }

    private static func projects(_ visit: Visit, _ preview: Preview) -> Markup {
        var table = DataTable(
            [.init(Text("Prosjekt", "Project")), .init(Text("Sum", "Sum"), .number)],
            caption: Text("Sum per prosjekt", "Sum by project"), empty: .nothing)
        for (number, name, amount) in preview.amountByProject {
            table.add(["\(number) \(name)", "\(visit.language.money(amount))"])
        }
        return Card.markup("\(visit.text(table.caption))", table.markup(visit))
    }

    private static func document(_ visit: Visit, _ document: Preview.Document) -> Markup {
        let language = visit.language
        var table = DataTable(
            [
                .init(Text("Dato", "Date"), .code), .init(Text("Arbeider", "Worker")),
                .init(Text("Gjelder", "Matter")), .init(Text("Vare", "Item"), .code),
                .init(Text("Oppgave", "Task"), .code), .init(Text("Antall", "Quantity"), .number),
                .init(Text("Fakturerbart", "Billable"), .number), .init(Text("Pris", "Rate"), .number),
                .init(Text("Beløp", "Amount"), .number), .init(Text("Debit / kredit", "Debit / credit"), .code),
            ], caption: Text("Linjene i dokumentet", "The lines of the document"), empty: .nothing)
        for line in document.lines {
            let sent = line.sent
            table.add([
                "\(language.date(sent.date))", "\(line.workerName)", "\(line.matter)", "\(sent.item)", "\(sent.task)",
                "\(language.quantity(sent.quantity.value))",
                "\(sent.billableQuantity.map { language.quantity($0.value) } ?? "")",
                "\(language.money(sent.rate.value))", "\(language.money(sent.amount))",
                "\(sent.debitAccount) / \(sent.creditAccount)",
            ])
        }
        let period = language.period(document.period)
        let sum = language.money(document.amount)
        return """
            <h2>\(document.projectNumber) \(document.projectName) · \(period) · \(sum)</h2>
            \(table.markup(visit))
            """
    }
}
